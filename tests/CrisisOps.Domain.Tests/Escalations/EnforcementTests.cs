using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class EnforcementTests
{
    private static readonly EnforcementReport _removed = new(EnforcementAction.RemoveContent, Done: true, "ENF-1");
    private static readonly EnforcementReport _terminated = new(EnforcementAction.TerminateAccount, Done: true);

    private static RecordEnforcement Record(params EnforcementReport[] results) => new(results);

    /// <summary>A removal order, decided: the clock of one hour runs.</summary>
    private static Case Ordered() => Investigations.Of(Investigations.Order)
        .When(Investigations.Removal with { Verdict = Verdict.Comply }).ShouldBeAccepted()
        .When(new ApproveDecision(), Case.LegalCounsel).ShouldBeAccepted();

    [Fact]
    public void Results_are_kept_by_action_with_ids_by_position()
    {
        var done = Investigations.Decided().When(Record(_terminated, _removed)).ShouldBeAccepted();

        done.Recorded<EnforcementExecuted>().Results.Select(r => (r.ActionId, r.Action)).ShouldBe(
            [("DEC-2027-000101-1/2", EnforcementAction.TerminateAccount), ("DEC-2027-000101-1/1", EnforcementAction.RemoveContent)]);
        done.State.Decision!.AllDone.ShouldBeTrue();
        done.State.State.ShouldBe(EscalationState.Decided);
    }

    [Fact]
    public void What_is_done_and_what_failed_are_two_events()
    {
        var mixed = Investigations.Decided().When(Record(_removed, _terminated with { Done = false, Failure = "account service down" })).ShouldBeAccepted();

        mixed.History[^2].Event.ShouldBeOfType<EnforcementExecuted>().Results.ShouldHaveSingleItem();
        mixed.Recorded<EnforcementFailed>().Results.ShouldHaveSingleItem().Failure.ShouldBe("account service down");
        mixed.State.Decision!.Pending.ShouldBe([EnforcementAction.TerminateAccount]);

        mixed.When(Record(_terminated)).ShouldBeAccepted().State.Decision!.Results.Count.ShouldBe(2);
        mixed.State.Decision!.AllDone.ShouldBeTrue();
    }

    [Fact]
    public void The_legal_clock_is_met_when_the_last_action_happened_though_learned_later()
    {
        var ordered = Ordered().After(TimeSpan.FromMinutes(30)).When(Record(_removed with { At = Case.Start.AddMinutes(20) })).ShouldBeAccepted();
        ordered.Clock(ClockKind.Legal).MetAt.ShouldBeNull();

        ordered.After(TimeSpan.FromMinutes(50)).When(Record(_terminated with { At = Case.Start.AddMinutes(50) })).ShouldBeAccepted();

        ordered.Clock(ClockKind.Legal).MetAt.ShouldBe(Case.Start.AddMinutes(50));
        ordered.Clock(ClockKind.Legal).LearnedAt.ShouldBe(Case.Start.AddMinutes(80));
    }

    [Fact]
    public void Enforcement_does_not_meet_a_legal_clock_of_telling_somebody()
    {
        var decided = Investigations.Of(r => Investigations.Order(r) with { LegalBasis = "DSA-Art18" })
            .When(Investigations.Removal).When(new ApproveDecision(), Case.DutyLead).When(Record(_removed, _terminated)).ShouldBeAccepted();
        decided.Clock(ClockKind.Legal).MetAt.ShouldBeNull();

        decided.When(new ReferToLawEnforcement("ThreatToLife", "Europol", "LEA-77")).ShouldBeAccepted().Clock(ClockKind.Legal).MetAt.ShouldBe(decided.Now);
    }

    [Fact]
    public void When_it_happened_defaults_to_when_it_occurred()
    {
        var occurred = Case.Start.AddMinutes(-2);
        Investigations.Decided().When(Record(_removed) with { OccurredAt = occurred }).Recorded<EnforcementExecuted>().Results[0].At.ShouldBe(occurred);
    }

    [Fact]
    public void Results_are_refused_that_are_missing_twice_undecided_done_already_or_ahead()
    {
        var decided = Investigations.Decided();
        decided.When(new RecordEnforcement(null!)).ShouldBeRefusedBy("results-given");
        decided.When(Record()).ShouldBeRefusedBy("results-given");
        decided.When(Record([null!])).ShouldBeRefusedBy("results-given");
        decided.When(Record(_removed, _removed)).ShouldBeRefusedBy("action-once");
        decided.When(Record(_removed with { Action = EnforcementAction.Demote })).ShouldBeRefusedBy("action-decided");
        decided.When(Record(_removed with { At = decided.Now.AddSeconds(1) })).ShouldBeRefusedBy("happened-already");
        decided.When(Record(_removed)).ShouldBeAccepted().When(Record(_removed)).ShouldBeRefusedBy("action-not-done-yet");
        Investigations.Proposed().When(Record(_removed)).ShouldBeRefused(RefusalKind.IllegalTransition);
    }

    [Fact]
    public void A_referral_to_law_enforcement_is_told_to_core_only()
    {
        var decided = Investigations.Started()
            .When(Investigations.Removal with { Actions = [EnforcementAction.RemoveContent, EnforcementAction.ReferToLawEnforcement] })
            .When(new ApproveDecision(), Case.DutyLead).ShouldBeAccepted();
        var referral = new EnforcementReport(EnforcementAction.ReferToLawEnforcement, Done: false);

        decided.When(Record(referral)).ShouldBeAccepted().Told()!.Others.ShouldBeEmpty();
        decided.When(Record(referral with { Done = true })).ShouldBeAccepted().Told()!.Others.ShouldBeEmpty();
        decided.When(new CorrectEnforcement("DEC-2027-000101-1/2", false, "it did not arrive")).ShouldBeAccepted().Told()!.Others.ShouldBeEmpty();
    }

    [Fact]
    public void The_sample_reports_what_is_left_to_do()
    {
        var decided = Investigations.Decided().When(Record(_removed));
        var sample = RecordEnforcement.Samples(decided.State, Contexts.Of(decided)).Single();
        sample.Results.Select(r => r.Action).ShouldBe([EnforcementAction.TerminateAccount]);
        decided.When(sample).ShouldBeAccepted();
    }

    [Fact]
    public void A_correction_makes_the_legal_clock_owed_again_or_met_at_the_right_instant()
    {
        var ordered = Ordered().After(TimeSpan.FromMinutes(30)).When(Record(_removed, _terminated)).ShouldBeAccepted();

        ordered.When(new CorrectEnforcement("DEC-2027-000101-1/1", false, "a copy is up")).ShouldBeAccepted();
        ordered.Clock(ClockKind.Legal).Running.ShouldBeTrue();
        ordered.State.Decision!.Pending.ShouldBe([EnforcementAction.RemoveContent]);

        ordered.After(TimeSpan.FromMinutes(10)).When(new CorrectEnforcement("DEC-2027-000101-1/1", true, "it is down", At: Case.Start.AddMinutes(35))).ShouldBeAccepted();
        ordered.Clock(ClockKind.Legal).MetAt.ShouldBe(Case.Start.AddMinutes(35));
        ordered.Recorded<EnforcementCorrected>().Result.ExternalRef.ShouldBe("ENF-1");
    }

    [Fact]
    public void Only_recorded_actions_are_corrected_and_not_into_the_future()
    {
        var done = Investigations.Decided().When(Record(_removed));
        done.When(new CorrectEnforcement("DEC-2027-000101-1/2", true, "done")).ShouldBeRefusedBy("action-recorded");
        done.When(new CorrectEnforcement(null!, true, "done")).ShouldBeRefusedBy("action-recorded");
        done.When(new CorrectEnforcement("DEC-2027-000101-1/1", true, "done", At: done.Now.AddMinutes(1))).ShouldBeRefusedBy("happened-already");
        Investigations.Proposed().When(new CorrectEnforcement("DEC-2027-000101-1/1", true, "done")).ShouldBeRefused(RefusalKind.IllegalTransition);
    }
}
