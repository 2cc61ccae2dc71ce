using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Subscriptions;

/// <summary>The subscriber wants it: they are told from now on. Nobody says so for them; the link in the message that asks does the same.</summary>
public sealed record ConfirmSubscription : Command, ISubscriptionCommand<ConfirmSubscription>
{
    public static CommandRule<Subscription> Rule { get; } = SubscriptionGivers.Rule("confirm", SubscriptionGivers.SubscribersAndRules, SubscriptionState.Pending);

    public static Ruling Decide(ConfirmSubscription command, Subscription state, DecisionContext context) => context.Caller.Is(Role.System)
        ? Ruling.Accept(new SubscriptionConfirmed("with the link that was sent there"))
        : SubscriberGuard.Own(state, context.Caller) ?? Ruling.Accept(new SubscriptionConfirmed("by the subscriber"));

    public static IEnumerable<ConfirmSubscription> Samples(Subscription state, DecisionContext context) => [new()];
}

/// <param name="How">What shows that its subscriber wants it.</param>
public sealed record SubscriptionConfirmed(string How) : ISubscriptionEvent
{
    public Subscription Apply(Subscription state, Stamp stamp) => state with { Stage = SubscriptionState.Active, ConfirmedAt = stamp.RecordedAt };

    public Entry Say(Subscription before, Subscription after, Stamp stamp) => new Entry(EntryKind.Ack, "Confirmed", How).ToCrossFunctional().ToPartner("Confirmed");
}
