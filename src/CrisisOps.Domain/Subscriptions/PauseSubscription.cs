using CrisisOps.Domain.Contacts;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Subscriptions;

/// <summary>Its subscriber is told nothing under it for a while. Pausing again moves the end.</summary>
/// <param name="Until">When it goes on by itself, at most a year ahead; absent means when somebody resumes it.</param>
public sealed record PauseSubscription(DateTimeOffset? Until = null, string? Reason = null) : Command, ISubscriptionCommand<PauseSubscription>
{
    private static readonly TimeSpan _longest = TimeSpan.FromDays(366);

    public static CommandRule<Subscription> Rule { get; } = SubscriptionGivers.Rule("pause", SubscriptionGivers.Subscribers, SubscriptionState.Active, SubscriptionState.Paused);

    public static Ruling Decide(PauseSubscription command, Subscription state, DecisionContext context)
    {
        if ((SubscriberGuard.Kept(state, context.Caller) ?? AddressTextGuard.Check(command.Reason)) is { } refused)
        {
            return refused;
        }

        return command.Until <= context.Now || command.Until - context.Now > _longest
            ? Ruling.Refuse("pause-ahead", $"until lies ahead, at most {_longest.TotalDays:0} days from now; to end it for good, remove it.", "remove")
            : Ruling.Accept(new SubscriptionPaused(command.Until, command.Reason, state.Pauses + 1));
    }

    public static IEnumerable<PauseSubscription> Samples(Subscription state, DecisionContext context) => [new(context.Now.AddDays(7), "on leave")];
}

/// <param name="Until">UTC; null when it has no end.</param>
/// <param name="Generation">Counts the pauses, so that an older timer does nothing.</param>
public sealed record SubscriptionPaused(DateTimeOffset? Until, string? Reason, int Generation) : ISubscriptionEvent
{
    public Subscription Apply(Subscription state, Stamp stamp) => state with { Stage = SubscriptionState.Paused, PausedUntil = Until, Pauses = Generation };

    public Entry Say(Subscription before, Subscription after, Stamp stamp)
    {
        var headline = Until is { } until ? FormattableString.Invariant($"Paused until {until:yyyy-MM-dd HH:mm}Z") : "Paused";
        return new Entry(EntryKind.StateChange, headline, Reason).ToCrossFunctional().ToPartner(headline);
    }
}
