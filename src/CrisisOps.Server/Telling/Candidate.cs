using System.Collections.Immutable;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Partners;
using CrisisOps.Domain.Shared;
using CrisisOps.Domain.Subscriptions;

namespace CrisisOps.Server.Telling;

/// <summary>Somebody who may have to be told, and because of what.</summary>
/// <param name="Name">The person, team or partner, as people name them.</param>
/// <param name="Contact">Null for a partner, and for somebody of whom nobody knows how to reach them.</param>
/// <param name="Because">In words, for whoever asks why.</param>
public sealed record Candidate(string Name, BookedContact? Contact, Partner? Partner, string Because, Audience Audience, Tlp MaxTlp, IReadOnlyList<Channel> Channels)
{
    /// <summary>How whoever is told because of a duty is reached when the duty list says nothing else.</summary>
    internal static readonly ImmutableList<Channel> Written = [Channel.Email, Channel.Chat];

    public Subscription? Subscription { get; init; }

    /// <summary>From the declaration, if something says so.</summary>
    public TimeSpan? Within { get; init; }

    /// <summary>At least this often while it lasts.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>The key that its deliveries carry; the name where there is none.</summary>
    public string Recipient => Contact?.Contact.Key ?? Partner?.Key ?? Name;

    public Cadence Cadence => Subscription?.Cadence ?? Cadence.Immediate;

    /// <summary>Where they are reached; null when nobody knows.</summary>
    public Reach? Reach => Contact is not null ? Reach.Of(Contact.Contact, Channels) : Partner is not null ? Reach.Of(Partner, Channels) : null;

    public static Candidate Of(BookedSubscription booked) => new(
        booked.Contact?.Contact.Ref ?? booked.Partner?.Name ?? booked.Subscription.Subscriber, booked.Contact, booked.Partner, $"subscription {booked.Subscription.Key}",
        booked.Subscription.Audience, booked.Subscription.MaxTlp, booked.Subscription.Channels)
    {
        Subscription = booked.Subscription,
    };

    /// <param name="channels">As the duty list has them; none means in writing.</param>
    public static Candidate OnDuty(string person, Book book, string because, Audience audience, IEnumerable<string> channels) => new(
        person, book.ByRef.GetValueOrDefault(person), null, because, audience, Tlp.RED,
        [.. channels.Select(c => Enum.TryParse<Channel>(c, ignoreCase: true, out var channel) ? channel : Channel.Other), .. Written]);
}
