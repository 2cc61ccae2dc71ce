using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>What a proposed decision must carry (domain §2.1, §9.4).</summary>
internal static class DecisionGuards
{
    private static readonly EnforcementAction[] _restricting =
    [
        EnforcementAction.RemoveContent, EnforcementAction.DisableAccess, EnforcementAction.GeoRestrict, EnforcementAction.Demote,
        EnforcementAction.AgeRestrict, EnforcementAction.InteractionRestrict, EnforcementAction.WarningScreen, EnforcementAction.FeatureLimit,
        EnforcementAction.SuspendAccount, EnforcementAction.TerminateAccount, EnforcementAction.Demonetise, EnforcementAction.DelistProduct,
        EnforcementAction.HashAndBlock,
    ];

    private static readonly EnforcementAction[] _restoring = [EnforcementAction.NoAction, EnforcementAction.RestoreContent, EnforcementAction.ReinstateAccount];

    /// <summary>Actions that restrict content or people; they carry a human-rights note.</summary>
    public static bool Restricts(IEnumerable<EnforcementAction> actions) => actions.Any(_restricting.Contains);

    /// <summary>Actions that are allowed by the verdict.</summary>
    public static Ruling? VerdictFits(Verdict verdict, IReadOnlyList<EnforcementAction> actions, Escalation state) => verdict switch
    {
        Verdict.Violation when actions.All(a => a == EnforcementAction.NoAction) =>
            Ruling.Refuse("actions-fit-verdict", "A violation is acted upon: name at least one action, or decide NoViolation."),
        Verdict.NoViolation when actions.Except(_restoring).Any() =>
            Ruling.Refuse("actions-fit-verdict", "Without a violation content is restored or left alone; nothing else."),
        Verdict.RefuseToComply when Restricts(actions) =>
            Ruling.Refuse("actions-fit-verdict", "A refused order restricts nothing; if our own rules are broken, the verdict is Violation."),
        Verdict.Comply or Verdict.PartiallyComply or Verdict.RefuseToComply when !LegalOrders.Concerns(state) =>
            Ruling.Refuse("order-to-comply-with", "There is no legal order on this case: flag it LegalOrder, or decide on our own rules.", "reclassify"),
        _ => null,
    };

    /// <summary>What a decision on this case has to say beside its verdict.</summary>
    public static Ruling? Reasoned(ProposeDecision command, Escalation state, IReadOnlyList<EnforcementAction> actions)
    {
        if (string.IsNullOrWhiteSpace(command.Rule) || string.IsNullOrWhiteSpace(command.Rationale))
        {
            return Ruling.Refuse("rule-and-rationale-given", "Cite the rule and say why it applies.");
        }

        if (Restricts(actions) && string.IsNullOrWhiteSpace(command.HumanRightsNote))
        {
            return Ruling.Refuse("human-rights-note", "A restriction of content carries a humanRightsNote: necessary, proportionate, and to what end.");
        }

        return state.Has(Flag.GreyArea) && (command.OptionsWeighed ?? []).Count(o => !string.IsNullOrWhiteSpace(o)) < 2
            ? Ruling.Refuse("options-weighed", "A decision in a grey area names at least two optionsWeighed.")
            : null;
    }
}

/// <summary>Cases in which an authority demands something.</summary>
internal static class LegalOrders
{
    public static bool Concerns(Escalation state) => state.Has(Flag.LegalOrder) || RaiseEscalation.Governmental.Contains(state.Source);
}

/// <summary>Where a decision holds: region codes, or the whole platform.</summary>
internal static class TerritorialScope
{
    public const string Global = "Global";

    /// <summary>The world: by name, by its code of UN M.49, or as every region.</summary>
    public static bool IsGlobal(IEnumerable<string> scope) =>
        scope.Any(s => string.Equals(s, Global, StringComparison.OrdinalIgnoreCase) || s is "001" or "*");

    /// <summary>What was named, else the default: a local-law action is limited to the regions of the case (domain §1, duty 6).</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<string>? named, Verdict verdict, Escalation state)
    {
        string[] scope = [.. (named ?? []).Where(s => !string.IsNullOrWhiteSpace(s)).Distinct(StringComparer.Ordinal)];
        var local = state.PolicyArea == PolicyArea.LocalLaw || verdict is Verdict.Comply or Verdict.PartiallyComply;
        return scope.Length > 0 ? scope : local && state.Regions.Count > 0 ? state.Regions : [Global];
    }
}

/// <summary>Names of actions for a timeline.</summary>
internal static class ActionNames
{
    public static string All(IReadOnlyCollection<EnforcementAction> actions) => actions.Count == 0 ? "no action" : string.Join(", ", actions);

    /// <summary>Outside Core nothing is said of law enforcement (domain §4).</summary>
    public static string Public(IEnumerable<EnforcementAction> actions) => All([.. actions.Where(a => a != EnforcementAction.ReferToLawEnforcement)]);
}
