using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using CrisisOps.Domain.Subscriptions;
using Shouldly;
using static CrisisOps.Domain.Tests.Harness.RandomWalks;

namespace CrisisOps.Domain.Tests.Subscriptions;

/// <summary>Whatever people do in whatever order, a subscription stays one: domain §2.7 for random sequences of all commands.</summary>
public class RandomSubscriptionTests
{
    private static readonly Dictionary<SubscriptionState, SubscriptionState[]> _legal = new()
    {
        [SubscriptionState.None] = [SubscriptionState.Pending],
        [SubscriptionState.Pending] = [SubscriptionState.Active, SubscriptionState.Removed],
        [SubscriptionState.Active] = [SubscriptionState.Paused, SubscriptionState.Disabled, SubscriptionState.Removed],
        [SubscriptionState.Paused] = [SubscriptionState.Active, SubscriptionState.Disabled, SubscriptionState.Removed],
        [SubscriptionState.Disabled] = [SubscriptionState.Active, SubscriptionState.Removed],
        [SubscriptionState.Removed] = [],
    };

    [Fact]
    public void No_sequence_of_commands_breaks_a_subscription() => Check<Subscription, SubscriptionCase>(() => new RandomSubscription(), Sound);

    [Fact]
    public void Random_sequences_reach_every_event()
    {
        var seen = new HashSet<Type>();
        for (var seed = 0; seed < 300; seed++)
        {
            var sequence = new RandomSubscription();
            sequence.Begin(seed);
            for (var step = 0; step < 20; step++)
            {
                sequence.Step((seed * 1000) + step);
            }

            seen.UnionWith(sequence.Case.History.Select(h => h.Event.GetType()));
        }

        typeof(Subscription).Assembly.GetTypes().Where(t => t is { IsClass: true } && t.IsAssignableTo(typeof(ISubscriptionEvent))).Except(seen).Select(t => t.Name).ShouldBeEmpty();
    }

    [Fact]
    public void Every_command_shows_a_body_in_the_documentation()
    {
        RandomSubscription.Commands.Distinct().Count().ShouldBe(RandomSubscription.Commands.Count());
        RandomSubscription.Documentation(Subscription.None, new SubscriptionCase().Context).ShouldAllBe(d => !d.Timer && d.Bodies > 0);
    }

    private static void Sound(object @event, Subscription before, Subscription after, Stamp stamp)
    {
        var name = @event.GetType().Name;
        Hold(after.Version == stamp.Version, $"versions have no gaps: {after.Version}, not {stamp.Version}");
        Hold(before.Stage == after.Stage || _legal[before.Stage].Contains(after.Stage), $"{name} moved {before.Stage} to {after.Stage}");
        Hold(after.Stage is SubscriptionState.Pending or SubscriptionState.Removed || after.ConfirmedAt is not null, "nobody is told who has not said yes");
        Hold(before.Stage == SubscriptionState.None || (before.Subscriber == after.Subscriber && before.Person == after.Person && before.Slot == after.Slot), "it stays whose it is");
        Hold(after.MaxTlp <= Ceilings.Of(after.Audience), "no text above what the audience reads");
        Hold(!after.Subscriber.StartsWith("PRT-", StringComparison.Ordinal) || after.Audience == Audience.Public, "a partner is told by alerts, and what is public");
        Hold(after.Audience != Audience.Partner && !after.Channels.Contains(Channel.Phone) && Distinct(after.Channels), "channels that a machine sends by, each once");
        Hold(after.QuietHours is not { } quiet || (LocalTime.Zone(quiet.Tz) is not null && quiet.From != quiet.To), "quiet hours that can be reckoned with");
        Hold(after.PausedUntil is null || after.Stage == SubscriptionState.Paused, "only a pause has an end");
        Hold(after.Deadlines.All(d => d.DueAt == after.PausedUntil && d.Generation == after.Pauses), "the clock is that of the newest pause");
        Hold(@event is not SubscriptionResumed || before.Stage != SubscriptionState.Disabled || stamp.Actor is "pm-01" or "admin-01", "what was disabled a manager takes up again");
        Hold(stamp.Actor != SubscriptionCase.Other.Id, "nobody meddles with what is somebody else's");
        var told = ((ISubscriptionEvent)@event).Tell(before, after, stamp)!;
        Hold(!told.Others.ContainsKey(Audience.Public) && !told.Others.ContainsKey(Audience.Executive), "it is nobody else's business");
    }
}
