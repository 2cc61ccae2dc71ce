using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <param name="PolicyVersion">The version in force when it was proposed.</param>
/// <param name="UnansweredConsults">Questions still open when it was proposed.</param>
/// <param name="LocalLaw">Made under local law or a legal order and limited to regions; four eyes see it.</param>
/// <param name="PolicyGap">No policy fits: opens a policy-gap recommendation.</param>
/// <param name="AcknowledgementOverride">Why it was proposed without the acknowledged updates; null when they were.</param>
public sealed record DecisionProposed(
    string DecisionKey,
    Verdict Verdict,
    string Rule,
    string PolicyVersion,
    IReadOnlyList<EnforcementAction> Actions,
    IReadOnlyList<string> TerritorialScope,
    string Rationale,
    IReadOnlyList<Function> Consulted,
    IReadOnlyList<string> OptionsWeighed,
    string? Dissent,
    string? HumanRightsNote,
    IReadOnlyList<string> EvidenceRefs,
    IReadOnlyList<string> UnansweredConsults,
    bool LocalLaw,
    bool PolicyGap,
    string? AcknowledgementOverride) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state with
    {
        Stage = EscalationState.DecisionProposed,
        DecisionCount = state.DecisionCount + 1,
        Evidence = state.Evidence.Shelve(EvidenceRefs),
        Flags = PolicyGap && !state.Has(Flag.Novel) ? state.Flags.Add(Flag.Novel) : state.Flags,
        Decision = new CaseDecision(
            DecisionKey, Verdict, Rule, PolicyVersion, Actions, TerritorialScope, Rationale, Consulted, OptionsWeighed, Dissent,
            HumanRightsNote, UnansweredConsults, stamp.Actor)
        { LocalLaw = LocalLaw },
    };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp)
    {
        var where = string.Join(" ", TerritorialScope);
        string?[] core =
        [
            Rationale, $"{Rule}, policy {PolicyVersion}", Consulted.Count > 0 ? $"Consulted: {string.Join(", ", Consulted)}" : null,
            UnansweredConsults.Count > 0 ? $"Unanswered: {string.Join(", ", UnansweredConsults)}" : null,
            OptionsWeighed.Count > 0 ? $"Weighed: {string.Join("; ", OptionsWeighed)}" : null, Dissent is null ? null : $"Dissent: {Dissent}",
            HumanRightsNote is null ? null : $"Human rights: {HumanRightsNote}", PolicyGap ? "No policy fits: opens a policy-gap recommendation" : null,
            AcknowledgementOverride is null ? null : $"Without acknowledged policy updates: {AcknowledgementOverride}",
        ];
        // Reasons under local law or on an order can quote counsel: they stay with Core.
        var facts = LocalLaw || LegalOrders.Concerns(after) ? $"{Rule}, policy {PolicyVersion}" : $"{Rationale}\n{Rule}, policy {PolicyVersion}";
        return new Entry(EntryKind.Decision, $"{DecisionKey} proposed: {Verdict}; {ActionNames.All(Actions)} ({where})", string.Join("\n", core.Where(c => c is not null)))
            .ToCrossFunctional($"Decision proposed: {Verdict}; {ActionNames.Public(Actions)} ({where})", facts)
            .ToExecutive($"Decision proposed: {Verdict}; waiting for approval");
    }
}
