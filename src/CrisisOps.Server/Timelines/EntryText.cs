using System.Buffers;
using System.Text;
using System.Text.Json;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Timelines;

/// <summary>
/// Makes the text of an entry for each audience, when the row is written: what an audience may not read is not in its text,
/// so no query and no client can leak it. Texts are JSON objects, handed out as they are.
/// </summary>
public static class EntryText
{
    [ThreadStatic] private static ArrayBufferWriter<byte>? _buffer;

    /// <summary>The text is that of core; stored once.</summary>
    public const string SameAsCore = "";

    /// <summary>The text of an audience; null when it does not see the entry.</summary>
    public static string? For(Audience audience, PendingEvent @event)
    {
        var entry = @event.Entry!;
        if (audience == Audience.Core)
        {
            return Write(@event, audience, entry.Headline, entry.Body);
        }

        if (!entry.Others.TryGetValue(audience, out var text))
        {
            return null;
        }

        return audience == Audience.CrossFunctional && !FromReporter(@event) && text.Headline == entry.Headline && text.Body == entry.Body
            ? SameAsCore
            : Write(@event, audience, text.Headline, text.Body);
    }

    /// <summary>What stands in the place of a corrected entry outside Core: the new text, and that it was corrected.</summary>
    public static string Replacement(PendingEvent correction) =>
        Write(correction, Audience.CrossFunctional, correction.Entry!.ReplacementText!, $"corrected at {correction.Stamp.RecordedAt:HH:mm}Z");

    private static string Write(PendingEvent @event, Audience audience, string headline, string? body)
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(512);
        buffer.ResetWrittenCount();
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Hosting.Json.Stored.Encoder, SkipValidation = true });
        json.WriteStartObject();
        WriteIdentity(json, @event, audience);
        json.WriteString("occurredAt"u8, @event.Stamp.OccurredAt.UtcDateTime);
        json.WriteString("recordedAt"u8, @event.Stamp.RecordedAt.UtcDateTime);
        json.WriteString("kind"u8, @event.Entry!.Kind.ToString());
        json.WriteString("headline"u8, headline);
        if (body is not null)
        {
            json.WriteString("body"u8, body);
        }

        WriteActor(json, @event, audience);
        json.WriteString("tlp"u8, TlpNames.Of(@event.Tlp));
        if (@event.Entry.Supersedes is { } supersedes)
        {
            json.WriteString("supersedes"u8, $"{@event.Key}@{supersedes}");
        }

        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Partners and the public get ids without versions: a gap would tell them how much they do not see.</summary>
    private static void WriteIdentity(Utf8JsonWriter json, PendingEvent @event, Audience audience)
    {
        if (audience is Audience.Partner or Audience.Public)
        {
            json.WriteString("entryId"u8, @event.Id);
            json.WriteString("stream"u8, @event.Key);
            return;
        }

        json.WriteString("entryId"u8, $"{@event.Key}@{@event.Stamp.Version}");
        json.WriteString("stream"u8, @event.Key);
        json.WriteNumber("version"u8, @event.Stamp.Version);
    }

    /// <summary>Names of colleagues stay with Core and the consulted functions; the reporter's identity stays with Core.</summary>
    private static void WriteActor(Utf8JsonWriter json, PendingEvent @event, Audience audience)
    {
        if (audience == Audience.Core || (audience == Audience.CrossFunctional && !FromReporter(@event)))
        {
            json.WriteString("actor"u8, @event.Stamp.Actor);
            json.WriteString("role"u8, RoleNames.Of(@event.Stamp.Role));
        }
    }

    private static bool FromReporter(PendingEvent @event) => @event.Stamp.ActorType is ActorType.Partner or ActorType.Integration;
}
