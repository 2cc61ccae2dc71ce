using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>
/// Proposes what to do, with rule, actions, scope and reasons (domain §2.1, §9.4). It needs a finding or evidence, and a
/// proposer who acknowledged the mandatory policy updates of the area, or says why not. Questions still open do not hold it up.
/// </summary>
/// <param name="Rule">The rule it rests on, for example <c>Community Rules s.3</c>. The policy version is pinned by the server.</param>
/// <param name="TerritorialScope">Region codes, or <c>Global</c>. Absent: the regions of the case under local law, else Global.</param>
/// <param name="Consulted">Functions asked outside this case; those that answered here are added.</param>
/// <param name="HumanRightsNote">Needed when content or people are restricted.</param>
/// <param name="OptionsWeighed">At least two in a grey area.</param>
/// <param name="Novel">No policy fits: opens a policy-gap recommendation.</param>
/// <param name="AcknowledgementOverride">Why the proposer decides without having acknowledged the updates of this area; logged.</param>
public sealed record ProposeDecision(
    Verdict Verdict,
    string Rule,
    string Rationale,
    IReadOnlyList<EnforcementAction>? Actions = null,
    IReadOnlyList<string>? TerritorialScope = null,
    IReadOnlyList<Function>? Consulted = null,
    IReadOnlyList<string>? OptionsWeighed = null,
    string? Dissent = null,
    string? HumanRightsNote = null,
    IReadOnlyList<string>? EvidenceRefs = null,
    bool Novel = false,
    string? AcknowledgementOverride = null) : Command, IEscalationCommand<ProposeDecision>, INamesPeople
{
    static CommandRule<Escalation> ICommand<Escalation, ProposeDecision>.Rule { get; } =
        Givers.Rule("propose-decision", Givers.Specialists, EscalationState.Investigating);

    public IEnumerable<string> People(string caller) => [caller];

    public static Ruling Decide(ProposeDecision command, Escalation state, DecisionContext context)
    {
        if (state.PolicyArea == PolicyArea.Undetermined)
        {
            return Ruling.Refuse("policy-area-determined", "Settle the policy area first; a decision is made under one.", "reclassify", "take-interim-action");
        }

        var evidence = EvidenceShelf.Named(command.EvidenceRefs);
        if (state.Findings == 0 && state.Evidence.IsEmpty && evidence.Count == 0)
        {
            return Ruling.Refuse("finding-or-evidence", "A decision rests on a finding or on evidence; name evidenceRefs, or record a finding first.", "record-finding", "attach-evidence");
        }

        var acknowledged = context.Self?.AcknowledgedAreas.Contains(state.PolicyArea) == true;
        if (!acknowledged && string.IsNullOrWhiteSpace(command.AcknowledgementOverride))
        {
            return Ruling.Refuse(
                RefusalKind.PolicyNotAcknowledged, "policy-acknowledged",
                $"You are not known to have acknowledged every mandatory update for {state.PolicyArea}; do so, or say in acknowledgementOverride why it can not wait.",
                "take-interim-action");
        }

        EnforcementAction[] actions = [.. (command.Actions ?? []).Distinct()];
        var scope = Escalations.TerritorialScope.Of(command.TerritorialScope, command.Verdict, state);
        var global = Escalations.TerritorialScope.IsGlobal(scope);
        if ((DecisionGuards.VerdictFits(command.Verdict, actions, state) ?? DecisionGuards.Reasoned(command, state, actions)) is { } refused)
        {
            return refused;
        }

        if (state.PolicyArea == PolicyArea.LocalLaw && global && actions.Any(a => a != EnforcementAction.NoAction))
        {
            return Ruling.Refuse("local-law-geo-limited", "An action under local law holds only where that law does: name the regions in territorialScope.");
        }

        return Ruling.Accept(new DecisionProposed(
            $"DEC-{context.Key.Replace("ESC-", "", StringComparison.Ordinal)}-{state.DecisionCount + 1}",
            command.Verdict, command.Rule, context.Rules.PolicyVersion(state.PolicyArea), actions, scope, command.Rationale,
            [.. (command.Consulted ?? []).Concat(state.Consults.Where(c => c.State == ConsultState.Answered && c.Function is not null).Select(c => c.Function!.Value)).Distinct()],
            [.. (command.OptionsWeighed ?? []).Where(o => !string.IsNullOrWhiteSpace(o))], command.Dissent, command.HumanRightsNote, evidence,
            [.. state.OpenConsults.Select(c => c.ConsultId)],
            LocalLaw: state.PolicyArea == PolicyArea.LocalLaw || (LegalOrders.Concerns(state) && !global),
            PolicyGap: command.Novel, acknowledged ? null : command.AcknowledgementOverride));
    }

    public static IEnumerable<ProposeDecision> Samples(Escalation state, DecisionContext context)
    {
        var local = state.PolicyArea == PolicyArea.LocalLaw;
        yield return new(
            Verdict.Violation, "Community Rules s.3 Dangerous organisations and individuals", "Perpetrator-produced video of an attack.",
            [local ? EnforcementAction.GeoRestrict : EnforcementAction.RemoveContent],
            local && !Escalations.TerritorialScope.IsGlobal(state.Regions) && state.Regions.Count > 0 ? state.Regions : local ? ["XN"] : [Escalations.TerritorialScope.Global],
            OptionsWeighed: ["warning screen", "removal"], HumanRightsNote: "Necessary and proportionate: incites further attacks.",
            EvidenceRefs: state.Evidence is [var known, ..] ? [known.EvidenceRef] : ["EVD-1"],
            AcknowledgementOverride: context.Self?.AcknowledgedAreas.Contains(state.PolicyArea) == true ? null : "attack in progress");
    }
}
