using System.Collections.Immutable;
using CrisisOps.Domain.Crises;

namespace CrisisOps.Server.Deliveries;

/// <summary>One way to reach somebody: a client of a real protocol. Adding one is adding a file with a class of it.</summary>
public interface IChannel
{
    Channel Kind { get; }

    /// <summary>
    /// Statuses of failures that are of the channel and not of the address: the one server through which all of it goes is away. None for a channel
    /// that has no such server.
    /// </summary>
    IReadOnlyList<string> OwnFaults => [];

    /// <summary>Sends once. What the other side or the network does is an outcome, never an exception; only a cancellation of ours throws.</summary>
    Task<AttemptOutcome> Send(OutgoingMessage message, CancellationToken cancellation);
}

/// <summary>What goes out, byte for byte as its hash was recorded.</summary>
/// <param name="MessageId">The same across attempts: the receiver knows a repeat by it.</param>
/// <param name="Address">An URL, an e-mail address, whatever the channel reaches.</param>
/// <param name="Subject">One line, where the channel has one.</param>
/// <param name="Secrets">Those in force, the newest first; empty where the channel signs nothing.</param>
/// <param name="Now">The instant of this attempt, by the server's clock.</param>
public sealed record OutgoingMessage(string MessageId, string Address, string Subject, string ContentType, ReadOnlyMemory<byte> Body, ImmutableArray<byte[]> Secrets, DateTimeOffset Now)
{
    /// <summary>Where its receiver ends the subscription under which it comes, by a GET and a button or by a POST at once; null when it comes under none.</summary>
    public Uri? Unsubscribe { get; init; }

    /// <summary>Message-ID of the mail that this answers, without its angle brackets; null when it answers none.</summary>
    public string? InReplyTo { get; init; }
}

/// <summary>What became of an attempt.</summary>
public enum AttemptResult
{
    /// <summary>The other side has taken it: 2xx, or an SMTP accept. No acknowledgement: that is a person's or a system's word.</summary>
    Delivered,

    /// <summary>To be tried again.</summary>
    Failed,

    /// <summary>The other side asks for less: nothing goes to this address until then.</summary>
    Throttled,

    /// <summary>The address is no more: nothing is sent there again until somebody looks at it.</summary>
    Gone,
}

/// <param name="Status">In a word, for the record: <c>200</c>, <c>SMTP 451</c>, <c>timeout</c>. Never what the other side wrote.</param>
/// <param name="RetryAfter">Not before then, if the other side said so.</param>
public sealed record AttemptOutcome(AttemptResult Result, string Status, DateTimeOffset? RetryAfter = null);
