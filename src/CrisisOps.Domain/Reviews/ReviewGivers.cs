using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Reviews;

/// <summary>Who gives which command on a review: everybody who served writes, its owner leads it, a duty lead approves (domain §9.6).</summary>
internal static class ReviewGivers
{
    /// <summary>Whoever may hold a role in a crisis writes its review.</summary>
    public static readonly IReadOnlyList<Role> Staff = CrisisGivers.Staff;

    /// <summary>Staff, and the rules that act for them.</summary>
    public static readonly IReadOnlyList<Role> StaffAndRules = [.. Staff, Role.System];

    public static readonly IReadOnlyList<Role> Leads = [Role.DutyLead];

    /// <summary>A duty lead by hand, the rule of domain §3, P17, otherwise.</summary>
    public static readonly IReadOnlyList<Role> LeadsAndRules = [Role.DutyLead, Role.System];

    public static readonly IReadOnlyList<Role> Rules = [Role.System];

    public static CommandRule<PostIncidentReview> Rule(string name, IReadOnlyList<Role> roles, params ReviewState[] from) =>
        new(name, roles, state => from.Contains(state.Stage));

    /// <summary>Null when the caller leads this review: its owner, or a duty lead.</summary>
    public static Ruling? Owner(PostIncidentReview state, DecisionContext context) =>
        state.Owner == context.Caller.Id || context.Caller.IsAny(LeadsAndRules)
            ? null
            : new Ruling.Refused(new Refusal(RefusalKind.Forbidden, "review-owner", $"This is given by {state.Owner}, who owns the review, or by a duty lead.")
            {
                Roles = [Role.DutyLead],
            });
}
