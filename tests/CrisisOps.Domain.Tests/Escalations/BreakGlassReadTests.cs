using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class BreakGlassReadTests
{
    private static readonly BreakGlassRead _read = new("the owner sleeps");

    [Fact]
    public void Breaking_the_glass_is_recorded_with_who_and_why_for_an_hour()
    {
        var broken = Case.Triaged().When(_read, Case.DutyLead).ShouldBeAccepted();

        broken.State.GlassBreaks.ShouldHaveSingleItem().ShouldBe(new GlassBreak("lead-01", "the owner sleeps", Case.Start.AddHours(1), 1));
        broken.Deadlines.ShouldHaveSingleItem().ShouldBe(new Deadline("BreakGlassEnd", "lead-01", 1, Case.Start.AddHours(1)));
        broken.Told()!.Headline.ShouldContain("lead-01");
        broken.Told()!.Body.ShouldBe("the owner sleeps");
        broken.Told()!.Others.ShouldBeEmpty();
    }

    [Fact]
    public void It_is_given_without_sight_of_the_case() => BreakGlassRead.Rule.Unsighted.ShouldBeTrue();

    [Fact]
    public void A_specialist_does_not_break_glass() => Case.Triaged().When(_read).ShouldBeRefused(RefusalKind.Forbidden);

    [Fact]
    public void Glass_is_broken_once_at_a_time() => Case.Triaged().When(_read, Case.DutyLead).When(_read, Case.DutyLead).ShouldBeRefusedBy("glass-whole");

    [Fact]
    public void The_person_ends_it_sooner_and_the_next_one_has_a_timer_of_its_own()
    {
        var ended = Case.Triaged().When(_read, Case.DutyLead).When(new EndBreakGlass("lead-01"), Case.DutyLead).ShouldBeAccepted();
        ended.State.GlassBreaks.ShouldBeEmpty();
        ended.Told()!.Others.ShouldBeEmpty();

        ended.When(_read, Case.DutyLead).Deadlines.ShouldHaveSingleItem().Generation.ShouldBe(2);
    }

    [Fact]
    public void The_timer_ends_it_at_its_time() =>
        Case.Triaged().When(_read, Case.DutyLead).After(TimeSpan.FromHours(1)).When(new EndBreakGlass("lead-01", 1), Caller.System).ShouldBeAccepted()
            .DeadlineKinds.ShouldBeEmpty();

    [Fact]
    public void A_stale_timer_does_nothing()
    {
        var broken = Case.Triaged().When(_read, Case.DutyLead);

        broken.When(new EndBreakGlass("lead-01", 1), Caller.System).ShouldBeRefusedBy("deadline-current");
        broken.When(new EndBreakGlass("lead-02", 1), Caller.System).ShouldBeRefusedBy("deadline-current");
        broken.After(TimeSpan.FromHours(2)).When(new EndBreakGlass("lead-01", 7), Caller.System).ShouldBeRefusedBy("deadline-current");
    }

    [Fact]
    public void Nobody_ends_the_read_of_another() =>
        Case.Triaged().When(_read, Case.DutyLead).When(new EndBreakGlass("lead-01"), Case.Person("lead-02", Role.DutyLead)).ShouldBeRefusedBy("own-break-glass");

    [Fact]
    public void There_must_be_a_read_to_end() => Case.Triaged().When(new EndBreakGlass("lead-01"), Case.DutyLead).ShouldBeRefusedBy("glass-broken");
}
