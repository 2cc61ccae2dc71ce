using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Crises;

/// <summary>Updates that can still be taken back.</summary>
public class HeldUpdateTests
{
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);
    private static readonly PostCrisisUpdate _update = new("11 injured (unconfirmed)", "Video removed.", "Legal advice.", SendAfter: _minute);
    private static readonly PostCrisisUpdate _public = new("We are aware of the attack.", Audiences: [new(Audience.Public)], DraftedBy: "pio-01", SendAfter: _minute);

    private static CrisisCase Held(Func<PostCrisisUpdate, PostCrisisUpdate>? with = null) =>
        CrisisCase.Commanded(CommandRole.PublicInformationOfficer, CommandRole.Deputy).When(with is null ? _update : with(_update), CrisisCase.Specialist).ShouldBeAccepted();

    private static CrisisCase Released(CrisisCase given) => given.After(_minute).When(new ReleaseHeldUpdate("HU-1"), Caller.System).ShouldBeAccepted();

    [Fact]
    public void An_update_that_is_held_back_is_told_to_core_and_to_nobody_else()
    {
        var held = Held();

        (held.Recorded<CrisisUpdateHeld>().HeldId, held.Recorded<CrisisUpdateHeld>().ReleaseAt).ShouldBe(("HU-1", held.Now + _minute));
        (held.Told().Headline, held.Told().Body, held.Told().Others.Count).ShouldBe(("HU-1 goes out at 14:04:01Z: 11 injured (unconfirmed)", "held back for Core, CrossFunctional", 0));
        held.State.Updates.ShouldBeEmpty();
        held.State.LastUpdateAt.ShouldBeNull();
        held.Of(CrisisDeadlines.HeldUpdateDue).ShouldHaveSingleItem().ShouldBe(new Deadline(CrisisDeadlines.HeldUpdateDue, "HU-1", 1, held.Now + _minute, "spec-04"));
    }

    [Fact]
    public void Its_release_posts_it_as_of_then_for_whoever_wrote_it()
    {
        var released = Released(Held(u => u with { AckRequiredWithin = TimeSpan.FromMinutes(10), NextUpdateAt = CrisisCase.Start.AddMinutes(20) }));

        var posted = released.Recorded<CrisisUpdatePosted>();
        (posted.UpdateId, posted.HeldId, posted.PostedBy, posted.Tlp, posted.Promised).ShouldBe(("U-1", "HU-1", "spec-04", Tlp.AMBER, true));
        posted.AckDueAt.ShouldBe(released.Now.AddMinutes(10));
        released.Told().Body!.ShouldContain("posted by spec-04, held back as HU-1");
        released.Told().Others[Audience.CrossFunctional].Headline.ShouldBe("U-1: 11 injured (unconfirmed)");
        released.Told().Others[Audience.CrossFunctional].Body!.ShouldNotContain("spec-04");
        (released.State.LastUpdateAt, released.State.PromisedUpdate!.Generation).ShouldBe((released.Now, 1));
        released.Of(CrisisDeadlines.HeldUpdateDue).ShouldBeEmpty();
        released.State.HeldUpdates.ShouldHaveSingleItem().PostedAs.ShouldBe("U-1");
    }

    [Fact]
    public void Its_number_and_its_next_update_are_those_of_the_release()
    {
        var given = Held().When(_update with { SendAfter = null }, CrisisCase.Specialist).ShouldBeAccepted().When(CrisisCase.Report, CrisisCase.Commander).ShouldBeAccepted();

        var posted = Released(given).Recorded<CrisisUpdatePosted>();

        posted.UpdateId.ShouldBe("U-2");
        (posted.NextUpdateAt, posted.Promised).ShouldBe((given.State.NextSitRepDue, false));
    }

    [Fact]
    public void A_promise_that_passed_before_a_late_release_is_none()
    {
        var given = Held(u => u with { NextUpdateAt = CrisisCase.Start.AddMinutes(5) }).After(TimeSpan.FromMinutes(9));
        var posted = Released(given).Recorded<CrisisUpdatePosted>();
        (posted.NextUpdateAt, posted.Promised).ShouldBe((given.State.NextSitRepDue, false));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(121)]
    [InlineData(int.MaxValue)]
    public void It_is_held_back_for_two_minutes_at_most(int seconds)
    {
        var wait = TimeSpan.FromSeconds(seconds);
        var given = CrisisCase.Commanded(CommandRole.PublicInformationOfficer).When(new DraftPublicUpdate("We are aware."), CrisisCase.Press);
        given.When(_update with { SendAfter = wait }, CrisisCase.Specialist).ShouldBeRefusedBy("send-after");
        given.When(_update with { SendAfter = TimeSpan.MaxValue, NextUpdateAt = given.Now.AddMinutes(1) }, CrisisCase.Specialist).ShouldBeRefusedBy("send-after");
        given.When(new ApprovePublicUpdate("PD-1", wait), CrisisCase.Commander).ShouldBeRefusedBy("send-after");
        given.When(new ReleaseHoldingLine(1, wait), CrisisCase.Commander).ShouldBeRefusedBy("send-after");
        given.When(_update with { SendAfter = TimeSpan.FromMinutes(2) }, CrisisCase.Specialist).ShouldBeAccepted();
    }

    [Fact]
    public void Whatever_keeps_an_update_from_being_posted_keeps_it_from_being_held_back()
    {
        var given = CrisisCase.Commanded(CommandRole.PublicInformationOfficer).When(new MaskTerm("Breivald"), CrisisCase.Commander);
        given.When(_update with { Condition = "" }, CrisisCase.Specialist).ShouldBeRefusedBy("condition-given");
        given.When(_update with { Audiences = [new(Audience.Executive)] }, CrisisCase.Specialist).ShouldBeRefusedBy("crisis-role");
        given.When(_public with { DraftedBy = null }, CrisisCase.Commander).ShouldBeRefusedBy("public-draft");
        given.When(_public with { Condition = "Breivald was arrested." }, CrisisCase.Commander).ShouldBeRefusedBy("masked-term");
        given.When(_update with { NextUpdateAt = given.Now + _minute }, CrisisCase.Specialist).ShouldBeRefusedBy("next-update-ahead");
    }

    [Fact]
    public void Whoever_wrote_it_or_the_command_withdraws_it_once()
    {
        Held().When(new WithdrawUpdate("HU-1"), CrisisCase.Press).ShouldBeRefusedBy("crisis-role");
        Held().When(new WithdrawUpdate("HU-9"), CrisisCase.Press).ShouldBeRefusedBy("crisis-role");
        Held().When(new WithdrawUpdate("HU-9"), CrisisCase.Commander).ShouldBeRefusedBy("update-held");
        Held().When(new WithdrawUpdate("HU-1"), CrisisCase.Deputy).ShouldBeAccepted();
        var withdrawn = Held().When(new WithdrawUpdate("HU-1", "names a victim"), CrisisCase.Specialist).ShouldBeAccepted();

        (withdrawn.Told().Headline, withdrawn.Told().Body, withdrawn.Told().Others.Count).ShouldBe(("HU-1 was withdrawn; it did not go out", "names a victim", 0));
        withdrawn.Of(CrisisDeadlines.HeldUpdateDue).ShouldBeEmpty();
        withdrawn.When(new WithdrawUpdate("HU-1"), CrisisCase.Specialist).ShouldBeRefusedBy("update-held");
        withdrawn.After(_minute).When(new ReleaseHeldUpdate("HU-1"), Caller.System).ShouldBeRefusedBy("deadline-current");
        withdrawn.State.Updates.ShouldBeEmpty();
        withdrawn.When(_update, CrisisCase.Specialist).ShouldBeAccepted().Recorded<CrisisUpdateHeld>().HeldId.ShouldBe("HU-2");
    }

    [Fact]
    public void What_went_out_is_corrected_and_what_did_not_is_withdrawn()
    {
        var correction = new CorrectCrisisUpdate("HU-1", "not confirmed", "Injured people.");
        Held().When(correction, CrisisCase.Specialist).ShouldBeRefusedBy("update-current").Instead().ShouldBe(["withdraw-update"]);
        Held().When(correction, CrisisCase.Planner).ShouldBeRefusedBy("update-current").Instead().ShouldBeEmpty();

        var released = Released(Held());
        released.When(new WithdrawUpdate("HU-1"), CrisisCase.Specialist).ShouldBeRefusedBy("update-held").Instead().ShouldBe(["correct-update"]);
        released.When(new WithdrawUpdate("U-1"), CrisisCase.Specialist).ShouldBeRefusedBy("update-held").Instead().ShouldBe(["correct-update"]);
        released.When(correction with { UpdateId = "U-1" }, CrisisCase.Specialist).ShouldBeAccepted();
    }

    [Fact]
    public void It_goes_out_at_its_time_and_once()
    {
        var held = Held().When(new ReleaseHeldUpdate("HU-1"), Caller.System).ShouldBeRefusedBy("deadline-current");
        Released(held).When(new ReleaseHeldUpdate("HU-1"), Caller.System).ShouldBeRefusedBy("deadline-current");
        held.When(new ReleaseHeldUpdate("HU-2"), Caller.System).ShouldBeRefusedBy("deadline-current");
    }

    [Fact]
    public void A_public_statement_that_names_what_was_masked_meanwhile_does_not_go_out()
    {
        var given = CrisisCase.Commanded(CommandRole.PublicInformationOfficer).When(_public with { Condition = "Breivald was arrested." }, CrisisCase.Commander).ShouldBeAccepted()
            .When(new MaskTerm("Breivald"), CrisisCase.Commander).ShouldBeAccepted();

        Released(given).Recorded<CrisisUpdateWithdrawn>().Reason.ShouldBe("it holds a term that is never told to the public");
        given.State.Updates.ShouldBeEmpty();
    }

    [Fact]
    public void When_the_crisis_has_ended_it_does_not_go_out()
    {
        Released(Held().When(new AnnulDeclaration("an old video"), CrisisCase.Commander)).Recorded<CrisisUpdateWithdrawn>().Reason.ShouldBe("the crisis ended");

        // A public correction may follow an annulment, but what was held back before it is none.
        var drafted = CrisisCase.Commanded(CommandRole.PublicInformationOfficer).When(new DraftPublicUpdate("We are aware."), CrisisCase.Press);
        drafted.When(new ApprovePublicUpdate("PD-1", _minute), CrisisCase.Commander).ShouldBeAccepted().After(TimeSpan.FromSeconds(1));
        Released(drafted.When(new AnnulDeclaration("an old video"), CrisisCase.Commander)).Recorded<CrisisUpdateWithdrawn>();
    }

    [Fact]
    public void A_draft_whose_statement_was_withdrawn_waits_for_its_approval_again()
    {
        var given = CrisisCase.Commanded(CommandRole.PublicInformationOfficer).When(new DraftPublicUpdate("We are aware."), CrisisCase.Press);
        given.When(new ApprovePublicUpdate("PD-1", _minute), CrisisCase.Commander).ShouldBeAccepted();
        given.When(new ApprovePublicUpdate("PD-1"), CrisisCase.Commander).ShouldBeRefusedBy("draft-open");
        given.When(new WithdrawUpdate("HU-1"), CrisisCase.Commander).ShouldBeAccepted();
        given.When(new ApprovePublicUpdate("PD-1", _minute), CrisisCase.Commander).ShouldBeAccepted();

        given.After(_minute).When(new ReleaseHeldUpdate("HU-2"), Caller.System).ShouldBeAccepted();

        var posted = given.Recorded<CrisisUpdatePosted>();
        (posted.DraftId, posted.DraftedBy, posted.ApprovedBy, posted.PostedBy).ShouldBe(("PD-1", "pio-01", "ic-01", "ic-01"));
        (given.Told().ReleasedAs, given.Told().Others[Audience.Public].Headline).ShouldBe((Tlp.CLEAR, "We are aware."));
        given.When(new ApprovePublicUpdate("PD-1"), CrisisCase.Commander).ShouldBeRefusedBy("draft-open");
    }

    [Fact]
    public void A_holding_line_can_be_taken_back_too()
    {
        var given = CrisisCase.Commanded().When(new ReleaseHoldingLine(SendAfter: _minute), CrisisCase.Commander).ShouldBeAccepted();
        given.Told().Others.ShouldBeEmpty();
        Released(given).State.Updates.ShouldHaveSingleItem().ReviewOwed.ShouldBeTrue();
    }
}

internal static class Refusals
{
    /// <summary>What the last refusal says can be done instead.</summary>
    public static IEnumerable<string> Instead(this CrisisCase given) => ((Ruling.Refused)given.Last).Refusal.Instead;
}
