using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>
/// Which decisions owe the people they restrict a Statement of Reasons (Regulation (EU) 2022/2065 Art. 17, domain §6.2). Whether
/// one is queued is a fact of the decision stream, kept in the directory until then.
/// </summary>
internal static class StatementOfReasons
{
    public const string Kind = "statement-of-reasons";

    private static readonly HashSet<string> _eea = new(
        [
            "EEA", "EU", "150",
            "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE",
            "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
        ],
        StringComparer.OrdinalIgnoreCase);

    private static readonly EnforcementAction[] _unrestricting =
    [
        EnforcementAction.NoAction, EnforcementAction.RestoreContent, EnforcementAction.ReinstateAccount, EnforcementAction.PreserveData,
        EnforcementAction.ReferToLawEnforcement,
    ];

    /// <summary>A restriction that reaches the EEA, and not on an authority's order (Art. 17(5)).</summary>
    public static bool Required(Escalation state) =>
        state.Decision is { Verdict: Verdict.Violation or Verdict.Comply or Verdict.PartiallyComply } decision
        && state.Source is not (Source.GovernmentOrder or Source.CourtOrder)
        && decision.Actions.Except(_unrestricting).Any()
        && ReachesEea(decision.TerritorialScope);

    /// <summary>A scope that names no region is the whole platform.</summary>
    private static bool ReachesEea(IReadOnlyList<string> scope) =>
        scope.Count == 0 || TerritorialScope.IsGlobal(scope) || Regions.WithParents(scope).Any(_eea.Contains);
}
