using CrisisOps.Domain.Contacts;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Subscriptions;

/// <summary>Ends it for good; the link in each of its messages does the same. Whoever wants to be told again asks anew.</summary>
public sealed record RemoveSubscription(string? Reason = null) : Command, ISubscriptionCommand<RemoveSubscription>
{
    public static CommandRule<Subscription> Rule { get; } = SubscriptionGivers.WhileOpen("remove", SubscriptionGivers.SubscribersAndRules);

    public static Ruling Decide(RemoveSubscription command, Subscription state, DecisionContext context) =>
        SubscriberGuard.Kept(state, context.Caller) ?? AddressTextGuard.Check(command.Reason) ?? Ruling.Accept(new SubscriptionRemoved(command.Reason));

    public static IEnumerable<RemoveSubscription> Samples(Subscription state, DecisionContext context) => [new("no longer needed")];
}

public sealed record SubscriptionRemoved(string? Reason) : ISubscriptionEvent
{
    public Subscription Apply(Subscription state, Stamp stamp) => state with { Stage = SubscriptionState.Removed, PausedUntil = null, EndedAt = stamp.RecordedAt };

    public Entry Say(Subscription before, Subscription after, Stamp stamp) => new Entry(EntryKind.StateChange, "Removed", Reason).ToCrossFunctional().ToPartner("Removed");
}
