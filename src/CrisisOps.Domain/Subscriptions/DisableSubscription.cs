using CrisisOps.Domain.Contacts;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Subscriptions;

/// <summary>Nothing is told under it until a manager resumes it, for example because nothing arrives. A rule does it too.</summary>
public sealed record DisableSubscription(string Reason) : Command, ISubscriptionCommand<DisableSubscription>
{
    public static CommandRule<Subscription> Rule { get; } = SubscriptionGivers.Rule("disable", SubscriptionGivers.ManagersAndRules, SubscriptionState.Active, SubscriptionState.Paused);

    public static Ruling Decide(DisableSubscription command, Subscription state, DecisionContext context) =>
        AddressTextGuard.Check(command.Reason, "reason-given", "Say in reason why nothing is told under it.") ?? Ruling.Accept(new SubscriptionDisabled(command.Reason));

    public static IEnumerable<DisableSubscription> Samples(Subscription state, DecisionContext context) => [new("Nothing has arrived there for a week.")];
}

public sealed record SubscriptionDisabled(string Reason) : ISubscriptionEvent
{
    public Subscription Apply(Subscription state, Stamp stamp) => state with { Stage = SubscriptionState.Disabled, DisabledReason = Reason, PausedUntil = null };

    public Entry Say(Subscription before, Subscription after, Stamp stamp) => new Entry(EntryKind.StateChange, "Disabled", Reason).ToCrossFunctional().ToPartner("Disabled");
}
