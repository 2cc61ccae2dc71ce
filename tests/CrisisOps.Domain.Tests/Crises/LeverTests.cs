using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Crises;

public class LeverTests
{
    private static readonly ActivateLever _restriction =
        new(LeverKind.LiveStreamRestriction, "XN", TimeSpan.FromHours(24), "lo-02", "Stops the live video; ends by itself.");

    private static CrisisCase Active() => CrisisCase.Commanded(CommandRole.Deputy, CommandRole.LiaisonOfficer).When(_restriction, CrisisCase.Commander).ShouldBeAccepted();

    [Fact]
    public void The_commander_approves_a_lever_that_somebody_else_owns()
    {
        var active = Active();
        var activated = active.Recorded<LeverActivated>();
        (activated.LeverId, activated.Owner, activated.Approver, activated.ReviewOwed).ShouldBe(("LEV-1", "lo-02", "ic-01", false));
        active.Of(CrisisDeadlines.LeverExpiry).ShouldHaveSingleItem().ShouldBe(new Deadline("LeverExpiry", "LEV-1", 1, CrisisCase.Start.AddHours(24), "lo-02")
        {
            Warns = new Warnings(CrisisCase.Start.AddHours(18)), // three quarters of its run
        });
    }

    [Fact]
    public void Alone_it_is_two_hours_at_most_and_a_review_is_owed()
    {
        var alone = _restriction with { Owner = null };
        var given = CrisisCase.Commanded();
        given.When(alone, CrisisCase.Commander).ShouldBeRefusedBy("lever-second-person");
        given.When(alone with { Owner = "ic-01" }, CrisisCase.Commander).ShouldBeRefusedBy("lever-second-person");
        given.When(alone with { Ttl = TimeSpan.FromHours(2) }, CrisisCase.Commander).ShouldBeAccepted();
        (given.State.Levers[0].Approver, given.State.Levers[0].ReviewOwed).ShouldBe((null, true));
    }

    [Fact]
    public void There_is_no_lever_without_an_end()
    {
        var given = CrisisCase.Commanded();
        given.When(_restriction with { Ttl = TimeSpan.Zero }, CrisisCase.Commander).ShouldBeRefusedBy("lever-ttl");
        given.When(_restriction with { Ttl = TimeSpan.FromDays(-1) }, CrisisCase.Commander).ShouldBeRefusedBy("lever-ttl");
        given.When(_restriction with { Ttl = TimeSpan.FromDays(14) + TimeSpan.FromSeconds(1) }, CrisisCase.Commander).ShouldBeRefusedBy("lever-ttl");
        given.When(_restriction with { Ttl = TimeSpan.MaxValue }, CrisisCase.Commander).ShouldBeRefusedBy("lever-ttl");
        given.When(_restriction with { Ttl = TimeSpan.FromDays(14) }, CrisisCase.Commander).ShouldBeAccepted();
    }

    [Fact]
    public void A_restriction_says_where_and_why_and_its_owner_is_known()
    {
        var given = CrisisCase.Commanded();
        given.When(_restriction with { RightsNote = null }, CrisisCase.Commander).ShouldBeRefusedBy("rights-note");
        given.When(_restriction with { Scope = "" }, CrisisCase.Commander).ShouldBeRefusedBy("lever-scope");
        given.When(_restriction with { Owner = "nobody" }, CrisisCase.Commander).ShouldBeRefusedBy("person-known");
        given.When(_restriction with { Kind = LeverKind.AuthoritativeInfoPanel, RightsNote = null }, CrisisCase.Commander).ShouldBeAccepted();
    }

    [Fact]
    public void An_extension_is_approved_by_somebody_else_and_counts_from_now()
    {
        var active = Active().After(TimeSpan.FromHours(20));
        var longer = new ExtendLever("LEV-1", TimeSpan.FromHours(24), "still needed");
        active.When(longer with { Ttl = TimeSpan.FromHours(3) }, CrisisCase.Commander).ShouldBeRefusedBy("lever-longer");
        active.When(longer with { Ttl = TimeSpan.FromDays(15) }, CrisisCase.Commander).ShouldBeRefusedBy("lever-ttl");
        active.When(longer with { LeverId = "LEV-9" }, CrisisCase.Commander).ShouldBeRefusedBy("lever-active");
        active.When(longer, CrisisCase.Deputy).ShouldBeAccepted();
        var lever = active.State.Levers[0];
        (lever.Approver, lever.Generation, lever.ExpiresAt).ShouldBe(("dep-01", 2, CrisisCase.Start.AddHours(44)));

        // The timer of the first end does nothing.
        active.After(TimeSpan.FromHours(4)).When(new ExpireLever("LEV-1", 1), Caller.System).ShouldBeRefusedBy("deadline-current");
    }

    [Fact]
    public void Whoever_owns_a_lever_does_not_extend_it()
    {
        var given = CrisisCase.Commanded(CommandRole.Deputy).When(_restriction with { Owner = null, Ttl = TimeSpan.FromHours(2) }, CrisisCase.Commander);
        var longer = new ExtendLever("LEV-1", TimeSpan.FromHours(4), "still needed");
        given.When(longer, CrisisCase.Commander).ShouldBeRefusedBy("lever-second-person");
        given.When(longer, CrisisCase.Deputy).ShouldBeAccepted().State.Levers[0].ReviewOwed.ShouldBeFalse();
    }

    [Fact]
    public void A_lever_ends_at_its_time_and_everybody_is_told()
    {
        var active = Active();
        active.When(new ExpireLever("LEV-1", 1), Caller.System).ShouldBeRefusedBy("deadline-current");
        active.After(TimeSpan.FromHours(24)).When(new ExpireLever("LEV-1", 1), Caller.System).ShouldBeAccepted().State.Levers[0].State.ShouldBe(LeverState.Expired);
        active.Told().Others.ShouldContainKey(Audience.CrossFunctional);
        active.Of(CrisisDeadlines.LeverExpiry).ShouldBeEmpty();
        active.When(new ExpireLever("LEV-1", 1), Caller.System).ShouldBeRefusedBy("deadline-current");
    }

    [Fact]
    public void A_lever_is_turned_off_once_by_command_or_its_owner()
    {
        var active = Active().When(new DeactivateLever("LEV-1", "done"), CrisisCase.Liaison).ShouldBeAccepted();
        active.State.Levers[0].State.ShouldBe(LeverState.Deactivated);
        active.When(new DeactivateLever("LEV-1", "done"), CrisisCase.Commander).ShouldBeRefusedBy("lever-active");
        active.When(new DeactivateLever("LEV-7", "done"), CrisisCase.Commander).ShouldBeRefusedBy("lever-active");
    }
}
