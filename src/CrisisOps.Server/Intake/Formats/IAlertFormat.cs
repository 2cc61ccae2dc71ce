using System.Globalization;
using System.Security.Cryptography;
using CrisisOps.Domain.Intake;

namespace CrisisOps.Server.Intake.Formats;

/// <summary>
/// A format in which alerts come in: where it is posted to, how it is read, how it is answered. One file for each; found by what it implements.
/// Who sends, how much, and what becomes of it is the same for all, and is not known here.
/// </summary>
public interface IAlertFormat
{
    AlertFormat Format { get; }

    /// <summary>Where it is posted to, for example <c>/v1/alerts/cap</c>.</summary>
    string Path { get; }

    /// <summary>The content types it takes, without parameters, in lower case.</summary>
    IReadOnlyList<string> ContentTypes { get; }

    /// <summary>The longest body, bytes; a longer one is 413.</summary>
    int MostBytes { get; }

    /// <summary>Whether a key may stand in the body, so that the body of somebody without one in the headers is read at all.</summary>
    bool KeyInBody => false;

    /// <summary>The key, for a format that carries it in its body; null when it stands in a header.</summary>
    string? KeyIn(AlertRequest request) => null;

    /// <summary>
    /// Reads what was sent. What the format's specification refuses is a fault, and with it nothing of the same alert is stored; the other alerts
    /// of a request that may hold several count. Never throws for what somebody can send.
    /// </summary>
    ReadAlerts Read(AlertRequest request);

    /// <summary>The answer once all that could be read is stored durably.</summary>
    IResult Answer(AlertRequest request, IReadOnlyList<AlertAnswer> answers);

    /// <summary>
    /// How the format says that nothing of a request is taken: no such key, too fast, too long, no such format at all. Null when it says it as
    /// the rest of this API does. What else belongs to the answer, such as <c>Retry-After</c>, is set by whoever refuses.
    /// </summary>
    IResult? Refusal(int status, string what) => null;
}

/// <summary>A request as a format sees it.</summary>
/// <param name="ContentType">Without parameters, in lower case.</param>
/// <param name="ReceivedAt">By our clock.</param>
public sealed record AlertRequest(string ContentType, IHeaderDictionary Headers, ReadOnlyMemory<byte> Body, DateTimeOffset ReceivedAt = default)
{
    /// <summary>
    /// The external reference in a format whose messages have none: a hash of what was sent. Unless the message says when it was true, the hash
    /// holds for one hour of our clock: a client that tries again does so at once, and what is found again the next day is sent in the same words
    /// and is no repetition.
    /// </summary>
    public string ByBytes(bool dated)
    {
        var hash = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Body.Span))}";
        return dated ? hash : string.Create(CultureInfo.InvariantCulture, $"{hash}@{ReceivedAt.UtcDateTime:yyyy-MM-dd'T'HH}");
    }
}

/// <summary>What was read, in the order of the request.</summary>
/// <param name="Alerts">Where there may be very many, each is read when it is asked for, so that others can pass meanwhile; ask once.</param>
/// <param name="Refused">The whole request is refused with this: it is no such format at all. Null when its alerts could be looked at one by one.</param>
public sealed record ReadAlerts(IReadOnlyCollection<ReadAlert> Alerts, FormatFault? Refused = null);

/// <summary>An alert, or what was wrong with it: one of the two.</summary>
/// <param name="Line">Of the body, from 1; the position in a format without lines.</param>
/// <param name="Raw">The bytes of this alert alone, of which the hash is kept.</param>
public sealed record ReadAlert(int Line, ReadOnlyMemory<byte> Raw, IncomingAlert? Alert, FormatFault? Fault = null);

/// <param name="Member">The member that is wrong, as the format names it; empty for the whole.</param>
/// <param name="What">What is wrong, and what would be right: a sentence without any of what was sent.</param>
/// <param name="Status">400 when it can not be read at all, 422 when it can and is wrong, 413 when it is too long.</param>
public sealed record FormatFault(string Member, string What, int Status = 422);

/// <summary>What became of one alert, as its sender may know it: never what it was folded into (domain §9.5).</summary>
/// <param name="Alert">What was read, if it is kept and came alone; null otherwise.</param>
/// <param name="Receipt">The id under which it is kept; null when it was not.</param>
public readonly record struct AlertAnswer(int Line, IncomingAlert? Alert, Guid? Receipt, FormatFault? Fault);
