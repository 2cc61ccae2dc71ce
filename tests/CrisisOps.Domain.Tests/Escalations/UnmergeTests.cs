using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class UnmergeTests
{
    private static readonly Unmerge _unmerge = new("a different attack");

    [Fact]
    public void An_unmerge_goes_back_to_the_stage_before_and_the_clocks_are_due_when_they_were()
    {
        var merged = Merged(Case.Triaged(Severity.SEV2));
        var due = merged.Clock(ClockKind.Resolve).DueAt;
        var generation = merged.Clock(ClockKind.Resolve).Generation;

        merged.After(TimeSpan.FromMinutes(30)).When(_unmerge, Case.DutyLead).ShouldBeAccepted();

        merged.Recorded<EscalationUnmerged>().From.ShouldBe("ESC-2027-000102");
        merged.State.State.ShouldBe(EscalationState.Triaged);
        merged.State.MergedInto.ShouldBeNull();
        merged.Clock(ClockKind.Resolve).Running.ShouldBeTrue();
        merged.Clock(ClockKind.Resolve).DueAt.ShouldBe(due);
        merged.Clock(ClockKind.Resolve).Generation.ShouldBeGreaterThan(generation);
        merged.State.NextUpdateDue.ShouldBe(merged.Clock(ClockKind.Update).DueAt);
        merged.Told()!.Others.ShouldNotContainKey(Audience.Partner);
    }

    [Fact]
    public void Only_the_clocks_that_the_merge_stopped_run_again()
    {
        var merged = Merged(Case.Triaged(Severity.SEV2)).When(_unmerge, Case.DutyLead).ShouldBeAccepted();

        merged.Clock(ClockKind.Acknowledge).Running.ShouldBeFalse();
        merged.Clock(ClockKind.Triage).Running.ShouldBeFalse();
    }

    [Fact]
    public void A_question_that_expired_meanwhile_leaves_no_clock_standing_still()
    {
        var asked = Case.Raised(r => r with { Requester = new Requester("PRT-001") })
            .When(new Triage(Severity.SEV2, PolicyArea.Spam, ["XN"], DuplicateSearchDone: true))
            .When(new RequestInput("When was this filmed?", Case.Start.AddMinutes(20), FromRequester: true)).ShouldBeAccepted();

        Merged(asked).After(TimeSpan.FromMinutes(20)).When(new ExpireInputRequest("CON-1"), Caller.System).ShouldBeAccepted()
            .When(_unmerge, Case.DutyLead).ShouldBeAccepted();

        asked.State.Clocks.ShouldAllBe(c => !c.Running || c.PausedAt == null);
    }

    [Fact]
    public void A_specialist_does_not_unmerge() => Merged(Case.Triaged()).When(_unmerge).ShouldBeRefused(RefusalKind.Forbidden);

    [Fact]
    public void Only_a_merged_case_is_unmerged() => Case.Triaged().When(_unmerge, Case.DutyLead).ShouldBeRefused(RefusalKind.IllegalTransition);

    private static Case Merged(Case at) => at
        .Knowing(c => c with { Streams = c.Streams.SetItem("ESC-2027-000102", Case.Triaged().State with { Key = "ESC-2027-000102" }) })
        .When(new Merge("ESC-2027-000102")).ShouldBeAccepted();
}
