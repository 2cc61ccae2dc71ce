using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

/// <summary>
/// The eleven steps of ESC-2027-000101 on the election weekend in Norland (domain §7, #8–12, 21, 25, 27, 28, 31, 47): a live-streamed
/// attack, from a partner's report to the resolved case.
/// </summary>
public class NorlandE101Tests
{
    private static readonly Caller _civicWatch = Case.Partner;
    private static readonly Caller _expert = Case.PolicyExpert;

    /// <summary>The whole story; each step at its instant of 15 May 2027.</summary>
    internal static Case Played()
    {
        var e101 = new Case()
            .Knowing(Case.Facts("spec-04", PolicyArea.DangerousOrgsAndIndividuals))
            .Knowing(Case.Facts("policy-sme-02", PolicyArea.DangerousOrgsAndIndividuals));

        // #8: happened at 13:52, learned at 13:55:10.
        e101.When(
            new RaiseEscalation("Live video of an attack", Source.TrustedPartner, Surface.Live, Region: ["XN"], ProposedSeverity: Severity.SEV1, ThreatToLife: true)
            {
                OccurredAt = At("13:52:00"),
            },
            _civicWatch).ShouldBeAccepted();
        // #9
        Step(e101, "13:56:00").When(new AcknowledgeReceipt(), Caller.System).ShouldBeAccepted();
        // #10
        Step(e101, "13:57:20")
            .When(new Triage(Severity.SEV1, PolicyArea.DangerousOrgsAndIndividuals, ["XN"], DuplicateSearchDone: true, TvecCode.TVEC1)).ShouldBeAccepted();
        // #11
        Step(e101, "13:58:00").When(new Assign("spec-04")).ShouldBeAccepted();
        // #12
        Step(e101, "14:00:30").When(new StartInvestigation("perpetrator-produced live video")).ShouldBeAccepted();
        // #21
        e101.Knowing(c => c with { Streams = c.Streams.SetItem("CR-2027-0007", Crisis.None with { Key = "CR-2027-0007", Stage = CrisisState.Active }) });
        Step(e101, "14:08:00").When(new LinkToCrisis("CR-2027-0007", ByRule: true), Caller.System).ShouldBeAccepted();
        // #25
        Step(e101, "14:09:00").When(new ProposeDecision(
            Verdict.Violation, "Agora Community Rules s.3 Dangerous organisations and individuals", "Perpetrator-produced video of an attack.",
            [EnforcementAction.RemoveContent, EnforcementAction.TerminateAccount, EnforcementAction.HashAndBlock], ["Global"],
            HumanRightsNote: "Incites further attacks; nothing less removes the danger.", EvidenceRefs: ["EVD-1"])).ShouldBeAccepted();
        // #27
        Step(e101, "14:11:00").When(new ApproveDecision(), _expert).ShouldBeAccepted();
        // #28
        Step(e101, "14:12:00").When(new RecordEnforcement(
        [
            new(EnforcementAction.RemoveContent, Done: true), new(EnforcementAction.TerminateAccount, Done: true),
            new(EnforcementAction.HashAndBlock, Done: true, "3 hashes to OpenHash Exchange"),
        ])).ShouldBeAccepted();
        // #31
        Step(e101, "14:16:00").When(new RespondToRequester("requester-outcome", DisclosureLevel.Outcome, "We acted on your report.")).ShouldBeAccepted();
        // #47
        e101.Knowing(c => c with { Facts = c.Facts.SetItem($"statement-of-reasons/{e101.State.Decision!.DecisionKey}", "queued") });
        return Step(e101, "15:10:00").When(new Resolve(Outcome.ViolationActioned)).ShouldBeAccepted();
    }

    [Fact]
    public void The_eleven_steps_are_the_eleven_events_of_the_scenario_without_a_refusal()
    {
        var e101 = Played();

        e101.History.Select(h => h.Event.GetType()).ShouldBe(
        [
            typeof(EscalationRaised), typeof(ReceiptAcknowledged), typeof(EscalationTriaged), typeof(EscalationAssigned), typeof(InvestigationStarted),
            typeof(EscalationLinkedToCrisis), typeof(DecisionProposed), typeof(DecisionApproved), typeof(EnforcementExecuted), typeof(RequesterResponded), typeof(EscalationResolved),
        ]);
        e101.History.Select(h => h.After.Stage).ShouldBe(
        [
            EscalationState.Received, EscalationState.Received, EscalationState.Triaged, EscalationState.Assigned, EscalationState.Investigating,
            EscalationState.Investigating, EscalationState.DecisionProposed, EscalationState.Decided, EscalationState.Decided, EscalationState.Decided, EscalationState.Resolved,
        ]);
        e101.State.Outcome.ShouldBe(Outcome.ViolationActioned);
        e101.State.Version.ShouldBe(11);
    }

    [Fact]
    public void It_happened_at_13_52_and_was_learned_at_13_55()
    {
        var e101 = Played();
        e101.State.OccurredAt.ShouldBe(At("13:52:00"));
        e101.State.RaisedAt.ShouldBe(At("13:55:10"));
    }

    [Fact]
    public void Its_clocks_are_due_and_met_as_the_scenario_says()
    {
        var e101 = Played();
        e101.Clock(ClockKind.Acknowledge).ShouldBe(e101.Clock(ClockKind.Acknowledge) with { DueAt = At("14:00:10"), MetAt = At("13:56:00") });
        e101.Clock(ClockKind.Triage).ShouldBe(e101.Clock(ClockKind.Triage) with { DueAt = At("14:10:10"), MetAt = At("13:57:20") });
        e101.Clock(ClockKind.FirstResponse).ShouldBe(e101.Clock(ClockKind.FirstResponse) with { DueAt = At("14:25:10"), MetAt = At("14:16:00") });
        e101.Clock(ClockKind.Resolve).ShouldBe(e101.Clock(ClockKind.Resolve) with { DueAt = At("17:55:10"), MetAt = At("15:10:00") });
        e101.Clock(ClockKind.ThreatToLifeReferral).DueAt.ShouldBe(At("14:12:20"));
    }

    [Fact]
    public void No_clock_is_met_after_it_was_due() => Played().State.Clocks.ShouldAllBe(c => c.MetAt == null || c.MetAt <= c.DueAt);

    [Fact]
    public void The_crisis_has_a_cadence_of_its_own_so_no_update_of_the_case_is_overdue_before_its_end()
    {
        var e101 = Played();
        e101.Clock(ClockKind.Update).ShouldSatisfyAllConditions(c => c.Result.ShouldBe(ClockResult.Stopped), c => c.StoppedAt.ShouldBe(At("14:08:00")), c => c.DueAt.ShouldBe(At("14:25:10")));
        e101.State.CrisisKey.ShouldBe("CR-2027-0007");
    }

    [Fact]
    public void From_the_first_signal_to_the_removal_it_takes_16_minutes_and_50_seconds_from_the_raise()
    {
        var e101 = Played();
        var removed = e101.State.Decision!.Results.Single(r => r.Action == EnforcementAction.RemoveContent).At;
        (removed - e101.State.RaisedAt).ShouldBe(new TimeSpan(0, 16, 50));
    }

    [Fact]
    public void Four_eyes_saw_the_decision()
    {
        var decision = Played().State.Decision!;
        decision.ProposedBy.ShouldBe("spec-04");
        decision.ApprovedBy.ShouldBe("policy-sme-02");
        decision.PolicyVersion.ShouldBe("2027-01");
        decision.AllDone.ShouldBeTrue();
    }

    [Fact]
    public void The_partner_reads_its_receipt_and_the_outcome_and_nothing_of_the_case()
    {
        var told = Played().History
            .Select(h => ((IEscalationEvent)h.Event).Tell(h.Before, h.After, h.Stamp)?.Others.GetValueOrDefault(Audience.Partner)?.Headline)
            .OfType<string>();
        told.ShouldBe(["We have received your report", "We confirm the receipt of your report", "Your report is being looked at", "Answer to your report: action taken"]);
    }

    private static Case Step(Case e101, string time) => e101.After(At(time) - e101.Now);

    private static DateTimeOffset At(string time) => DateTimeOffset.ParseExact($"2027-05-15T{time}Z", "yyyy-MM-ddTHH:mm:ssK", null);
}
