using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Recommendations;

/// <summary>Who gives which command on a recommendation: staff drafts, a duty lead decides, its owner does the work, analysts measure.</summary>
internal static class RecommendationGivers
{
    /// <summary>Whoever may hold a role in a crisis.</summary>
    public static readonly IReadOnlyList<Role> Staff = CrisisGivers.Staff;

    /// <summary>Staff, and the rules that open one by themselves (a missed legal deadline, a case that no policy fits).</summary>
    public static readonly IReadOnlyList<Role> StaffAndRules = [.. Staff, Role.System];

    /// <summary>Whoever may own the work: staff, and analysts for what is theirs to change.</summary>
    public static readonly IReadOnlyList<Role> Owners = [.. Staff, Role.Analyst];

    public static readonly IReadOnlyList<Role> Leads = [Role.DutyLead];

    /// <summary>Who measures whether it helped.</summary>
    public static readonly IReadOnlyList<Role> Verifiers = [Role.Analyst, Role.DutyLead];

    public static readonly IReadOnlyList<Role> Timers = [Role.System];

    public static CommandRule<ImprovementRecommendation> Rule(string name, IReadOnlyList<Role> roles, params RecommendationState[] from) =>
        new(name, roles, state => from.Contains(state.Stage));

    /// <summary>Null when the caller owns this recommendation, or leads whoever does.</summary>
    public static Ruling? Owner(ImprovementRecommendation state, DecisionContext context) =>
        state.Owner == context.Caller.Id || context.Caller.Is(Role.DutyLead)
            ? null
            : new Ruling.Refused(new Refusal(RefusalKind.Forbidden, "recommendation-owner", $"This is given by {state.Owner ?? "its owner (nobody yet)"}, or by a duty lead.")
            {
                Roles = [Role.DutyLead],
            });
}
