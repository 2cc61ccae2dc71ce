using CrisisOps.Domain.Contacts;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Subscriptions;

/// <summary>
/// Who gives which command on a subscription: its subscriber, managers for them, and the rules. The roles say who may have one at all; that it
/// is one's own is looked at by <see cref="SubscriberGuard"/>.
/// </summary>
internal static class SubscriptionGivers
{
    /// <summary>They look after those of others too: who keeps the contacts.</summary>
    public static readonly IReadOnlyList<Role> Managers = OwnContactGuard.Keepers;

    /// <summary>Managers, and the rules that see that nothing can be told any more.</summary>
    public static readonly IReadOnlyList<Role> ManagersAndRules = [.. Managers, Role.System];

    /// <summary>Everybody who works here. An integration is told nothing: it reads.</summary>
    public static readonly IReadOnlyList<Role> People =
    [
        Role.PartnerManager, Role.DutyLead, Role.Admin, Role.Specialist, Role.PolicyExpert, Role.LegalCounsel, Role.Communications, Role.ElectionLead, Role.Executive, Role.Analyst,
    ];

    /// <summary>People, and the partner whose it is.</summary>
    public static readonly IReadOnlyList<Role> Subscribers = [.. People, Role.Partner];

    /// <summary>Subscribers, and the rules: links in messages, and timers.</summary>
    public static readonly IReadOnlyList<Role> SubscribersAndRules = [.. Subscribers, Role.System];

    public static CommandRule<Subscription> Rule(string name, IReadOnlyList<Role> roles, params SubscriptionState[] from) =>
        new(name, roles, state => from.Contains(state.Stage));

    /// <summary>Legal from the request until it is removed.</summary>
    public static CommandRule<Subscription> WhileOpen(string name, IReadOnlyList<Role> roles) => new(name, roles, state => state.Open);
}
