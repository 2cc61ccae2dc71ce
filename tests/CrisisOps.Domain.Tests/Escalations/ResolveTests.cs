using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class ResolveTests
{
    private static readonly Resolve _resolve = new(Outcome.ViolationActioned, "removed everywhere");

    [Fact]
    public void Resolving_meets_its_clock_and_ends_the_others()
    {
        var resolved = Queued(Done(Investigations.Decided())).After(TimeSpan.FromHours(1)).When(_resolve).ShouldBeAccepted();

        resolved.State.State.ShouldBe(EscalationState.Resolved);
        resolved.State.Outcome.ShouldBe(Outcome.ViolationActioned);
        resolved.State.ResolvedAt.ShouldBe(resolved.Now);
        resolved.Clock(ClockKind.Resolve).MetAt.ShouldBe(resolved.Now);
        resolved.Clock(ClockKind.Update).StoppedAt.ShouldBe(resolved.Now);
        resolved.State.Clocks.ShouldAllBe(c => !c.Running);
        resolved.State.NextUpdateDue.ShouldBeNull();
        resolved.Told()!.Others.ShouldNotContainKey(Audience.Partner);
    }

    [Fact]
    public void Every_action_of_the_decision_must_be_done()
    {
        var decided = Investigations.Decided().When(_resolve).ShouldBeRefusedBy("actions-done");

        decided.When(new RecordEnforcement([new(EnforcementAction.RemoveContent, Done: true), new(EnforcementAction.TerminateAccount, Done: false)])).ShouldBeAccepted()
            .When(_resolve).ShouldBeRefusedBy("actions-done");
    }

    [Fact]
    public void Without_a_violation_there_is_nothing_to_do() =>
        Decided(Investigations.Started(), new(Verdict.NoViolation, "s.3", "satire", EvidenceRefs: ["EVD-1"]))
            .When(new Resolve(Outcome.NoViolation)).ShouldBeAccepted();

    [Fact]
    public void The_requester_must_be_answered()
    {
        var decided = Queued(Done(Decided(Investigations.Of(r => r with { Requester = new Requester("PRT-001") }), Investigations.Removal)))
            .When(_resolve).ShouldBeRefusedBy("requester-answered");

        decided.When(new RespondToRequester("requester-outcome", DisclosureLevel.Outcome, "Done")).ShouldBeAccepted().When(_resolve).ShouldBeAccepted();
    }

    [Fact]
    public void A_restriction_in_the_eea_needs_its_statement_of_reasons()
    {
        var refused = Done(Investigations.Decided()).When(_resolve).ShouldBeRefusedBy("statement-of-reasons-queued");
        refused.Last.ShouldBeOfType<Ruling.Refused>().Refusal.Detail.ShouldContain("PUT /v1/directory/facts/statement-of-reasons/DEC-2027-000101-1");

        _resolve.Facts(refused.State).ShouldBe([("statement-of-reasons", "DEC-2027-000101-1")]);
    }

    [Theory]
    [InlineData("Global", true)]
    [InlineData("001", true)]
    [InlineData("EEA", true)]
    [InlineData("DE-BY", true)]
    [InlineData("XN", false)]
    [InlineData("US", false)]
    [InlineData(null, true)]
    public void The_scope_says_whether_a_statement_is_owed(string? scope, bool owed)
    {
        var state = Done(Investigations.Decided()).State;
        StatementOfReasons(state with { Decision = state.Decision! with { TerritorialScope = scope is null ? [] : [scope] } }).ShouldBe(owed);
    }

    [Theory]
    [InlineData(Source.GovernmentOrder, false)]
    [InlineData(Source.CourtOrder, false)]
    [InlineData(Source.GovernmentRequest, true)]
    public void An_order_of_an_authority_owes_no_statement(Source source, bool owed) =>
        StatementOfReasons(Investigations.Decided().State with { Source = source }).ShouldBe(owed);

    [Fact]
    public void An_action_that_restricts_nobody_owes_no_statement()
    {
        var state = Investigations.Decided().State;
        StatementOfReasons(state with { Decision = state.Decision! with { Actions = [EnforcementAction.RestoreContent, EnforcementAction.PreserveData] } }).ShouldBeFalse();
    }

    [Fact]
    public void An_order_is_met_when_it_was_carried_out_not_when_the_case_ended()
    {
        var comply = new ProposeDecision(Verdict.Comply, "EU-TCO Art. 3", "ordered", [EnforcementAction.DisableAccess], ["EEA"], HumanRightsNote: "ordered", EvidenceRefs: ["EVD-4"]);
        var resolved = Decided(Investigations.Of(Investigations.Order), comply)
            .After(TimeSpan.FromMinutes(32)).When(new RecordEnforcement([new(EnforcementAction.DisableAccess, Done: true)])).ShouldBeAccepted()
            .When(new RespondToRequester("authority", DisclosureLevel.Outcome, "Removed")).ShouldBeAccepted()
            .After(TimeSpan.FromMinutes(9)).When(new Resolve(Outcome.Complied)).ShouldBeAccepted();

        resolved.Clock(ClockKind.Legal).MetAt.ShouldBe(Case.Start.AddMinutes(32));
    }

    [Fact]
    public void The_authority_is_told_of_a_threat_to_life_before_the_case_ends() =>
        Queued(Done(Decided(Investigations.Of(r => r with { LegalBasis = "DSA-Art18" }), Investigations.Removal))).When(_resolve).ShouldBeRefusedBy("authority-informed");

    [Fact]
    public void A_case_without_a_decision_is_not_resolved() =>
        Resolve.Decide(_resolve, Investigations.Decided().State with { Decision = null }, Contexts.Of(Case.Raised())).ShouldBeOfType<Ruling.Refused>()
            .Refusal.Guard.ShouldBe("decision-made");

    [Fact]
    public void An_open_case_is_decided_first() => Investigations.Started().When(_resolve).ShouldBeRefused(RefusalKind.IllegalTransition);

    private static bool StatementOfReasons(Escalation state) => _resolve.Facts(state).Any();

    private static Case Decided(Case started, ProposeDecision decision) =>
        started.When(decision).ShouldBeAccepted().When(new ApproveDecision(), Case.DutyLead).ShouldBeAccepted();

    private static Case Done(Case decided) => decided
        .When(new RecordEnforcement([.. decided.State.Decision!.Actions.Select(a => new EnforcementReport(a, Done: true))])).ShouldBeAccepted();

    private static Case Queued(Case decided) =>
        decided.Knowing(c => c with { Facts = c.Facts.SetItem($"statement-of-reasons/{decided.State.Decision!.DecisionKey}", "queued") });
}
