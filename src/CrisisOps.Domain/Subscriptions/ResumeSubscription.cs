using CrisisOps.Domain.Contacts;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Subscriptions;

/// <summary>Its subscriber is told again: after a pause, by hand or at its end, or after it was disabled, by a manager.</summary>
/// <param name="Note">What settled it.</param>
/// <param name="Generation">Which pause the timer belongs to; people leave it out.</param>
public sealed record ResumeSubscription(string? Note = null, int? Generation = null) : Command, ISubscriptionCommand<ResumeSubscription>
{
    public static CommandRule<Subscription> Rule { get; } = SubscriptionGivers.Rule("resume", SubscriptionGivers.SubscribersAndRules, SubscriptionState.Paused, SubscriptionState.Disabled);

    public static Ruling Decide(ResumeSubscription command, Subscription state, DecisionContext context)
    {
        if ((SubscriberGuard.Kept(state, context.Caller) ?? AddressTextGuard.Check(command.Note)) is { } refused)
        {
            return refused;
        }

        var timer = context.Caller.Is(Role.System);
        var current = state.Stage == SubscriptionState.Paused && (command.Generation ?? state.Pauses) == state.Pauses;
        if ((timer && !(current && state.PausedUntil <= context.Now)) || (command.Generation is not null && !current))
        {
            return Ruling.Refuse("deadline-current", "This subscription was paused anew, is not paused any more, or the end of its pause has not come.");
        }

        return state.Stage == SubscriptionState.Disabled && !context.Caller.IsAny(SubscriptionGivers.Managers)
            ? new Ruling.Refused(new Refusal(RefusalKind.Forbidden, "enabled-by-manager", "It was disabled; a partner manager, a duty lead or an admin takes it up again, once the reason is settled.") { Roles = [.. SubscriptionGivers.Managers] })
            : Ruling.Accept(new SubscriptionResumed(command.Note));
    }

    public static IEnumerable<ResumeSubscription> Samples(Subscription state, DecisionContext context) => [new("back from leave")];
}

public sealed record SubscriptionResumed(string? Note) : ISubscriptionEvent
{
    public Subscription Apply(Subscription state, Stamp stamp) => state with { Stage = SubscriptionState.Active, PausedUntil = null, DisabledReason = null };

    public Entry Say(Subscription before, Subscription after, Stamp stamp) =>
        new Entry(stamp.ActorType == ActorType.System ? EntryKind.Clock : EntryKind.StateChange, "Resumed", Note).ToCrossFunctional().ToPartner("Resumed");
}
