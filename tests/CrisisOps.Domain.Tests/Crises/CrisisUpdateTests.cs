using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Crises;

public class CrisisUpdateTests
{
    private static readonly PostCrisisUpdate _update = new("11 injured (unconfirmed)", "Video removed.", "Legal advice.");
    private static readonly PostCrisisUpdate _public = new("We are aware of the attack.", Audiences: [new(Audience.Public)], DraftedBy: "pio-01");

    private static CrisisCase Posted(Func<PostCrisisUpdate, PostCrisisUpdate>? with = null) =>
        CrisisCase.Commanded(CommandRole.PublicInformationOfficer).When(with is null ? _update : with(_update), CrisisCase.Specialist).ShouldBeAccepted();

    [Fact]
    public void An_update_needs_its_condition_only_and_goes_to_core_and_functions()
    {
        var posted = CrisisCase.Commanded().When(new PostCrisisUpdate("Quiet."), CrisisCase.Specialist).ShouldBeAccepted();
        (posted.Recorded<CrisisUpdatePosted>().UpdateId, posted.Recorded<CrisisUpdatePosted>().Tlp).ShouldBe(("U-1", Tlp.AMBER));
        posted.Recorded<CrisisUpdatePosted>().NextUpdateAt.ShouldBe(posted.State.NextSitRepDue);
        posted.Told().Others.Keys.ShouldBe([Audience.CrossFunctional]);
        posted.Of(CrisisDeadlines.CrisisUpdateDue).ShouldBeEmpty();
        posted.When(new PostCrisisUpdate(""), CrisisCase.Specialist).ShouldBeRefusedBy("condition-given");
    }

    [Fact]
    public void Each_audience_reads_its_own_text()
    {
        var told = CrisisCase.Commanded()
            .When(_update with { Audiences = [new(Audience.CrossFunctional), new(Audience.Executive, "Under control.")] }, CrisisCase.Commander).ShouldBeAccepted().Told();
        told.Others[Audience.CrossFunctional].Headline.ShouldBe("U-1: 11 injured (unconfirmed)");
        told.Others[Audience.Executive].Headline.ShouldBe("U-1: Under control.");
        told.Others.ShouldNotContainKey(Audience.Partner);
    }

    [Fact]
    public void Executives_are_told_by_command_and_partners_by_an_alert()
    {
        var given = CrisisCase.Commanded();
        given.When(_update with { Audiences = [new(Audience.Executive)] }, CrisisCase.Specialist).ShouldBeRefusedBy("crisis-role");
        given.When(_update with { Audiences = [new(Audience.Partner)] }, CrisisCase.Commander).ShouldBeRefusedBy("partners-by-alert");
    }

    [Fact]
    public void A_public_statement_is_drafted_by_one_and_given_by_the_commander()
    {
        var given = CrisisCase.Commanded(CommandRole.PublicInformationOfficer, CommandRole.Deputy);
        given.When(_public, CrisisCase.Press).ShouldBeRefusedBy("crisis-role");
        given.When(_public, CrisisCase.Deputy).ShouldBeRefusedBy("crisis-role");
        given.When(_public with { DraftedBy = null }, CrisisCase.Commander).ShouldBeRefusedBy("public-draft");
        given.When(_public with { DraftedBy = "spec-04" }, CrisisCase.Commander).ShouldBeRefusedBy("public-draft");
        given.When(_public with { Audiences = [new(Audience.Public), new(Audience.Executive)] }, CrisisCase.Commander).ShouldBeRefusedBy("public-alone");
        given.When(_public, CrisisCase.Commander).ShouldBeAccepted();

        var posted = given.Recorded<CrisisUpdatePosted>();
        (posted.Tlp, posted.DraftedBy, posted.ApprovedBy).ShouldBe((Tlp.CLEAR, "pio-01", "ic-01"));
        given.Told().ReleasedAs.ShouldBe(Tlp.CLEAR);
        given.Told().Others.Single().ShouldBe(new(Audience.Public, new AudienceText("We are aware of the attack.", null)));
    }

    [Fact]
    public void A_draft_is_for_core_until_the_commander_approves_it_once()
    {
        var given = CrisisCase.Commanded(CommandRole.PublicInformationOfficer);
        given.When(new DraftPublicUpdate(" "), CrisisCase.Press).ShouldBeRefusedBy("text-given");
        given.When(new DraftPublicUpdate("We are aware."), CrisisCase.Press).ShouldBeAccepted().Told().Others.ShouldBeEmpty();
        given.When(new ApprovePublicUpdate("PD-2"), CrisisCase.Commander).ShouldBeRefusedBy("draft-open");
        given.When(new ApprovePublicUpdate("PD-1"), CrisisCase.Commander).ShouldBeAccepted().Recorded<CrisisUpdatePosted>().DraftedBy.ShouldBe("pio-01");
        given.When(new ApprovePublicUpdate("PD-1"), CrisisCase.Commander).ShouldBeRefusedBy("draft-open");
    }

    [Fact]
    public void Nobody_approves_a_draft_of_their_own()
    {
        var press = CrisisCase.Person("ic-01", Role.Communications);
        CrisisCase.Commanded().When(new DraftPublicUpdate("We are aware."), press).When(new ApprovePublicUpdate("PD-1"), CrisisCase.Commander).ShouldBeRefusedBy("public-draft");
    }

    [Fact]
    public void A_holding_line_is_released_by_the_commander_alone_and_reviewed_later()
    {
        var given = CrisisCase.Commanded();
        given.When(new ReleaseHoldingLine(0), CrisisCase.Commander).ShouldBeRefusedBy("holding-line-known");
        given.When(new ReleaseHoldingLine(2), CrisisCase.Commander).ShouldBeRefusedBy("holding-line-known");
        given.When(new ReleaseHoldingLine(), CrisisCase.Commander).ShouldBeAccepted().State.Updates[0].ReviewOwed.ShouldBeTrue();
        given.Told().Others[Audience.Public].Headline.ShouldBe(CrisisRules.Default.HoldingLines[0]);
    }

    [Fact]
    public void A_correction_replaces_the_text_outside_core()
    {
        var corrected = Posted().When(new CorrectCrisisUpdate("U-1", "credibility 3", "Injured people; how many is not confirmed."), CrisisCase.Specialist).ShouldBeAccepted();

        var posted = corrected.History[^2].Stamp.Version;
        (corrected.Recorded<CrisisUpdateCorrected>().UpdateId, corrected.Recorded<CrisisUpdateCorrected>().Supersedes).ShouldBe(("U-1r1", "U-1"));
        (corrected.Told().Supersedes, corrected.Told().ReplacementText).ShouldBe((posted, "U-1r1: Injured people; how many is not confirmed."));
        corrected.Told().Others[Audience.CrossFunctional].Body.ShouldBeNull();
        (corrected.State.Updates.Count, corrected.State.Updates[0].UpdateId).ShouldBe((1, "U-1r1"));
    }

    [Fact]
    public void The_newest_revision_is_corrected()
    {
        var correction = new CorrectCrisisUpdate("U-1", "wrong", "right");
        var corrected = Posted().When(correction, CrisisCase.Specialist);
        corrected.When(correction, CrisisCase.Specialist).ShouldBeRefusedBy("update-current");
        corrected.When(correction with { UpdateId = "U-7" }, CrisisCase.Specialist).ShouldBeRefusedBy("update-current");
        corrected.When(correction with { UpdateId = "U-1r1", Reason = "" }, CrisisCase.Specialist).ShouldBeRefusedBy("condition-given");
        corrected.When(correction with { UpdateId = "U-1r1" }, CrisisCase.Specialist).ShouldBeAccepted().Recorded<CrisisUpdateCorrected>().UpdateId.ShouldBe("U-1r2");
        corrected.Told().Supersedes.ShouldBe(corrected.State.Version - 1);
    }

    [Fact]
    public void A_public_statement_is_corrected_the_way_it_was_given()
    {
        var given = CrisisCase.Commanded(CommandRole.PublicInformationOfficer).When(_public, CrisisCase.Commander);
        var correction = new CorrectCrisisUpdate("U-1", "wrong town", "We are aware of an attack.");
        given.When(correction, CrisisCase.Specialist).ShouldBeRefusedBy("crisis-role");
        given.When(correction, CrisisCase.Commander).ShouldBeRefusedBy("public-draft");
        given.When(correction with { DraftedBy = "pio-01" }, CrisisCase.Commander).ShouldBeAccepted().Told().Others[Audience.Public].Headline.ShouldBe("We are aware of an attack.");
    }

    [Fact]
    public void A_promised_update_is_due_and_kept_by_an_update_or_a_report()
    {
        Posted(u => u with { NextUpdateAt = CrisisCase.Start.AddMinutes(20) }).When(_update, CrisisCase.Specialist).Of(CrisisDeadlines.CrisisUpdateDue).ShouldBeEmpty();
        Posted(u => u with { NextUpdateAt = CrisisCase.Start.AddMinutes(20) }).When(CrisisCase.Report, CrisisCase.Commander).State.PromisedUpdate.ShouldBeNull();
        Posted(u => u with { NextUpdateAt = CrisisCase.Start.AddMinutes(20) }).When(_update with { Audiences = [new(Audience.Core)] }, CrisisCase.Specialist)
            .Of(CrisisDeadlines.CrisisUpdateDue).ShouldHaveSingleItem().Owner.ShouldBe("ic-01");
        Posted().When(_update with { NextUpdateAt = CrisisCase.Start }, CrisisCase.Specialist).ShouldBeRefusedBy("next-update-ahead");
    }

    [Fact]
    public void A_broken_promise_is_marked_once()
    {
        var promised = Posted(u => u with { NextUpdateAt = CrisisCase.Start.AddMinutes(20) });
        promised.When(new MarkUpdateOverdue(1), Caller.System).ShouldBeRefusedBy("deadline-current");
        promised.After(TimeSpan.FromMinutes(21)).When(new MarkUpdateOverdue(2), Caller.System).ShouldBeRefusedBy("deadline-current");
        promised.When(new MarkUpdateOverdue(1), Caller.System).ShouldBeAccepted().Of(CrisisDeadlines.CrisisUpdateDue).ShouldHaveSingleItem().Missed.ShouldBeTrue();
        promised.When(new MarkUpdateOverdue(1), Caller.System).ShouldBeRefusedBy("deadline-current");
    }

    [Fact]
    public void Somebody_acknowledges_in_time_or_it_is_overdue()
    {
        static PostCrisisUpdate Asked(PostCrisisUpdate u) => u with { AckRequiredWithin = TimeSpan.FromMinutes(10) };
        var read = Posted(Asked).When(new AcknowledgeUpdate("U-1"), CrisisCase.Person("exec-01", Role.Executive)).ShouldBeAccepted();
        read.Of(CrisisDeadlines.CrisisUpdateAck).ShouldBeEmpty();
        read.When(new AcknowledgeUpdate("U-1"), CrisisCase.Person("exec-01", Role.Executive)).ShouldBeRefusedBy("acknowledged-once");
        read.When(new AcknowledgeUpdate("U-4"), CrisisCase.Specialist).ShouldBeRefusedBy("update-known");

        var silent = Posted(Asked);
        silent.When(new MarkUpdateAckOverdue("U-1"), Caller.System).ShouldBeRefusedBy("deadline-current");
        silent.After(TimeSpan.FromMinutes(10)).When(new MarkUpdateAckOverdue("U-1"), Caller.System).ShouldBeAccepted();
        silent.Of(CrisisDeadlines.CrisisUpdateAck).ShouldHaveSingleItem().Missed.ShouldBeTrue();
        silent.When(new MarkUpdateAckOverdue("U-1"), Caller.System).ShouldBeRefusedBy("deadline-current");
        Posted().When(_update with { AckRequiredWithin = TimeSpan.Zero }, CrisisCase.Specialist).ShouldBeRefusedBy("ack-within");
    }
}
