using System.Collections.Immutable;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Partners;

/// <summary>An organisation outside that reports to us or is told by us, folded from its events. Its key is a number: <c>PRT-001</c>.</summary>
public sealed record Partner
{
    public static readonly Partner None = new();

    public string Key { get; init; } = "";
    public long Version { get; init; }
    public PartnerState Stage { get; init; }

    /// <summary>Held by no other partner that is not offboarded.</summary>
    public string Name { get; init; } = "";
    public PartnerType Type { get; init; }

    /// <summary>ISO 3166 codes of where it works; none means everywhere.</summary>
    public ImmutableList<string> Regions { get; init; } = [];

    /// <summary>BCP 47 tags of the languages it reads.</summary>
    public ImmutableList<string> Languages { get; init; } = [];

    /// <summary>What it knows about, in its own words.</summary>
    public ImmutableList<string> Expertise { get; init; } = [];
    public ImmutableList<PartnerContact> Contacts { get; init; } = [];

    /// <summary>The most secret text it may be sent: GREEN at first, AMBER at most.</summary>
    public Tlp TlpClearance { get; init; } = Tlp.GREEN;

    /// <summary>The agreement it was vetted by; null until then.</summary>
    public string? AgreementRef { get; init; }

    /// <summary>When it was vetted, UTC; null until then.</summary>
    public DateTimeOffset? VerifiedAt { get; init; }

    /// <summary>All there ever were, in the order of their ids.</summary>
    public ImmutableList<Endpoint> Endpoints { get; init; } = [];

    /// <summary>The newest count; null until there is one.</summary>
    public NoticePrecision? Precision { get; init; }
    public string ProposedBy { get; init; } = "";
    public DateTimeOffset ProposedAt { get; init; }

    /// <summary>When it was offboarded, UTC; null while it was not.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The secrecy of this file, which is not what the partner itself may be sent.</summary>
    public Tlp Tlp { get; init; } = Tlp.AMBER;

    /// <summary>On the list: proposed, and not offboarded.</summary>
    public bool Open => Stage is not (PartnerState.None or PartnerState.Offboarded);

    /// <summary>The one fold: the aggregation, the write path and the replay all call it.</summary>
    public static Partner Fold(Partner state, object @event, Stamp stamp) =>
        ((IPartnerEvent)@event).Apply(state, stamp) with { Version = stamp.Version };

    /// <summary>The endpoint of this id; null when there is none, or it was removed.</summary>
    public Endpoint? EndpointOf(string? endpointId) => Endpoints.Find(e => e.EndpointId == endpointId && !e.Removed);

    /// <summary>The same with another form of one endpoint.</summary>
    internal Partner With(string endpointId, Func<Endpoint, Endpoint> change) =>
        this with { Endpoints = [.. Endpoints.Select(e => e.EndpointId == endpointId ? change(e) : e)] };
}

/// <summary>An event of the partner stream. None of them is told to the partner itself, and none says an address.</summary>
public interface IPartnerEvent : IStreamEvent<Partner>
{
    /// <summary>What the timeline says of it; there is no event without an entry.</summary>
    Entry Say(Partner before, Partner after, Stamp stamp);

    Entry? IStreamEvent<Partner>.Tell(Partner before, Partner after, Stamp stamp) => Say(before, after, stamp);
}

/// <summary>A command on the partner stream.</summary>
public interface IPartnerCommand<TSelf> : ICommand<Partner, TSelf>
    where TSelf : Command, IPartnerCommand<TSelf>;
