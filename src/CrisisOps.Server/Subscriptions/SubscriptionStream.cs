using CrisisOps.Domain.Shared;
using CrisisOps.Domain.Subscriptions;
using CrisisOps.Server.Access;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Subscriptions;

/// <summary>Subscriptions, as the lanes and the routes know them.</summary>
public sealed class SubscriptionStream : CardStream<Subscription>
{
    public override string Prefix => "SUB";

    public override string Plural => "subscriptions";

    public override bool InBook => true;

    public override IReadOnlyList<string> CrossFunctional { get; } =
    [
        "key", "version", "state", "subscriber", "person", "scope", "audience", "maxTlp", "channels", "cadence", "quietHours", "ackRequired", "pausedUntil", "disabledReason", "tlp",
        "requestedBy", "requestedAt", "confirmedAt", "endedAt",
    ];

    /// <summary>What a partner reads of its own, too: it learns no name of ours.</summary>
    public override IReadOnlyList<string> Executive { get; } =
        ["key", "version", "state", "subscriber", "scope", "audience", "maxTlp", "channels", "cadence", "quietHours", "ackRequired", "pausedUntil"];

    public override IReadOnlyList<string> Card { get; } =
        ["key", "version", "state", "subscriber", "person", "scope", "audience", "maxTlp", "channels", "cadence", "pausedUntil", "disabledReason", "tlp", "requestedAt", "endedAt"];

    public override KindExample Example => new("SUB-000001", "SubscriptionRequested", "Active", "SubscriptionPaused", "Paused");

    public override IReadOnlyList<string> States { get; } = [.. Enum.GetNames<SubscriptionState>().Skip(1)];

    public override object None(string key) => Subscription.None with { Key = key };

    public override object Fold(object state, object @event, Stamp stamp) => Subscription.Fold((Subscription)state, @event, stamp);

    public override string StateName(object state) => ((Subscription)state).Stage.ToString();

    public override Tlp TlpOf(object state) => ((Subscription)state).Tlp;

    /// <summary>None: it belongs to somebody, not to a place. Of which regions it tells is its scope.</summary>
    public override IReadOnlyCollection<string> RegionsOf(object state) => [];

    public override IEnumerable<Deadline> Deadlines(object state) => ((Subscription)state).Deadlines;

    /// <summary>A person reads their own whole, whatever they are cleared for, a partner what it is told; else those read it who look after it.</summary>
    public override SightFacts SightOf(object state)
    {
        var subscription = (Subscription)state;
        var partner = subscription.Subscriber.StartsWith("PRT-", StringComparison.Ordinal) ? subscription.Subscriber : null;
        string[] self = subscription.Person is { } person ? [person] : [];
        return new SightFacts(subscription.Tlp, [], self, [], self, [], [Role.PartnerManager, Role.Admin], partner, Specialists: null);
    }

    public override bool Open(object state) => ((Subscription)state).Open;

    public override bool Exercise(object state) => false;

    public override DateTimeOffset OpenedAt(object state) => ((Subscription)state).RequestedAt;

    public override string Words(object state) => state is Subscription subscription ? $"{subscription.Key} {subscription.Subscriber} {subscription.Person}" : "";

    /// <summary>Its place among those of its subscriber.</summary>
    public override IEnumerable<(string Kind, string Id)> Claims(object state) =>
        state is Subscription { Open: true } subscription ? [(SubscriptionSlots.Fact, SubscriptionSlots.Id(subscription.Subscriber, subscription.Slot))] : [];

    /// <summary>Numbered through, whatever the year: <c>SUB-000001</c>.</summary>
    public override string KeyPrefix(Command command, DateTimeOffset now) => Prefix;
}
