using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Subscriptions;

/// <summary>What somebody wants to be told, and how, folded from its events. Its key is a number: <c>SUB-000001</c>.</summary>
public sealed record Subscription
{
    /// <summary>The kind of the deadline at which a pause ends by itself.</summary>
    public const string PauseEnd = "SubscriptionPauseEnd";

    public static readonly Subscription None = new();

    public string Key { get; init; } = "";
    public long Version { get; init; }
    public SubscriptionState Stage { get; init; }

    /// <summary>Key of the contact or of the partner.</summary>
    public string Subscriber { get; init; } = "";

    /// <summary>Whose it is, by the id of their token; null when the subscriber is a team or a partner.</summary>
    public string? Person { get; init; }

    /// <summary>Its place among the open ones of its subscriber: 1 to <see cref="SubscriptionSlots.Most"/>, held by no other.</summary>
    public int Slot { get; init; }
    public SubscriptionScope Scope { get; init; } = new();

    /// <summary>As whom they are told; nobody is told as more than they may read as.</summary>
    public Audience Audience { get; init; } = Audience.CrossFunctional;

    /// <summary>The most secret text that goes out under it; never above what its subscriber may read.</summary>
    public Tlp MaxTlp { get; init; } = Tlp.AMBER;

    /// <summary>How they are reached, the first that can be used; none means their inbox.</summary>
    public ImmutableList<Channel> Channels { get; init; } = [];
    public Cadence Cadence { get; init; }

    /// <summary>Null when there are none.</summary>
    public QuietHours? QuietHours { get; init; }

    /// <summary>Each message asks to be acknowledged.</summary>
    public bool AckRequired { get; init; }

    /// <summary>While it is paused: when it goes on by itself, UTC; null when somebody has to say so.</summary>
    public DateTimeOffset? PausedUntil { get; init; }

    /// <summary>How often it was paused or its pause was moved, so that an older timer does nothing.</summary>
    public int Pauses { get; init; }

    /// <summary>Why it was disabled; null while it was not.</summary>
    public string? DisabledReason { get; init; }
    public string RequestedBy { get; init; } = "";
    public DateTimeOffset RequestedAt { get; init; }
    public DateTimeOffset? ConfirmedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The secrecy of this file.</summary>
    public Tlp Tlp { get; init; } = Tlp.AMBER;

    /// <summary>What its subscriber is told, and how, in one piece.</summary>
    [JsonIgnore] public SubscriptionTerms Terms => new(Scope, Audience, MaxTlp, Channels, Cadence, QuietHours, AckRequired);

    [JsonIgnore] public bool Open => Stage is not (SubscriptionState.None or SubscriptionState.Removed);

    /// <summary>The one fold: the aggregation, the write path and the replay all call it.</summary>
    public static Subscription Fold(Subscription state, object @event, Stamp stamp) =>
        ((ISubscriptionEvent)@event).Apply(state, stamp) with { Version = stamp.Version };

    /// <summary>The end of a pause that ends by itself; what stands here is due, what vanished is settled.</summary>
    [JsonIgnore]
    public IEnumerable<Deadline> Deadlines =>
        this is { Stage: SubscriptionState.Paused, PausedUntil: { } until } ? [new Deadline(PauseEnd, "", Pauses, until)] : [];

    /// <summary>Whether its subscriber is told now.</summary>
    public bool TellsAt(DateTimeOffset now) => Stage == SubscriptionState.Active || (Stage == SubscriptionState.Paused && PausedUntil <= now);

    /// <summary>The same with other terms.</summary>
    internal Subscription With(SubscriptionTerms terms) => this with
    {
        Scope = terms.Scope,
        Audience = terms.Audience,
        MaxTlp = terms.MaxTlp,
        Channels = terms.Channels,
        Cadence = terms.Cadence,
        QuietHours = terms.QuietHours,
        AckRequired = terms.AckRequired,
    };
}

/// <summary>An event of the subscription stream.</summary>
public interface ISubscriptionEvent : IStreamEvent<Subscription>
{
    /// <summary>What the timeline says of it; there is no event without an entry.</summary>
    Entry Say(Subscription before, Subscription after, Stamp stamp);

    Entry? IStreamEvent<Subscription>.Tell(Subscription before, Subscription after, Stamp stamp) => Say(before, after, stamp);
}

/// <summary>A command on the subscription stream.</summary>
public interface ISubscriptionCommand<TSelf> : ICommand<Subscription, TSelf>
    where TSelf : Command, ISubscriptionCommand<TSelf>;
