using System.Text.Json;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Streams;
using CrisisOps.Server.Timelines;
using Npgsql;

namespace CrisisOps.Server.Telling;

/// <summary>What an audience reads of an entry.</summary>
public sealed record EntryWords(string Headline, string? Body)
{
    public string All => Body is null ? Headline : $"{Headline}\n{Body}";
}

/// <summary>An entry of the timeline that is told: the very texts that readers of the timeline get, made when the event was written.</summary>
/// <param name="Cause">The same for the same event, however often it is heard.</param>
/// <param name="Author">The id of its actor: they know it already.</param>
/// <param name="Amended">It was corrected or redacted since; then what it said is told to nobody any more.</param>
public sealed record NewsEntry(
    string Cause, string Stream, long Version, string EventType, News News, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, string Author, Tlp Tlp, bool Amended,
    IReadOnlyDictionary<Audience, EntryWords> Texts)
{
    private const string Columns = "version, occurred_at, recorded_at, author, tlp, amended_at is not null, core, cross_functional, executive, partner, public, event_type";

    /// <summary>Null when there is no such entry.</summary>
    public static async Task<NewsEntry?> Read(NpgsqlDataSource database, string cause, string stream, long version, News news, CancellationToken cancellation)
    {
        await using var command = database.Statement($"select {Columns} from crisis.timeline where stream = $1 and version = $2", stream, version);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? Read(reader, cause, stream, news) : null;
    }

    /// <summary>What has come to a stream since a version and was not taken back, of the events that are news, the oldest first.</summary>
    public static async Task<(IReadOnlyList<NewsEntry> Entries, long Upto)> Since(NpgsqlConnection connection, string stream, long since, string[] eventTypes, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"select {Columns} from crisis.timeline where stream = $1 and version > $2 and event_type = any ($3) order by version limit 5000", connection)
        {
            Parameters = { new() { Value = stream }, new() { Value = since }, new() { Value = eventTypes } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<NewsEntry> entries = [];
        while (await reader.ReadAsync(cancellation))
        {
            entries.Add(Read(reader, "", stream, new News(Deliveries.DeliveryKind.Digest)));
        }

        return ([.. entries.Where(e => !e.Amended)], entries.Count > 0 ? entries[^1].Version : since);
    }

    /// <summary>An entry that would be written: for a dry run.</summary>
    public static NewsEntry Of(PendingEvent pending, News news)
    {
        string? Text(Audience audience) => EntryText.For(audience, pending);
        var core = Text(Audience.Core)!;
        return new NewsEntry(
            pending.Id.ToString(), pending.Key, pending.Stamp.Version, pending.Data.GetType().Name, news, pending.Stamp.OccurredAt, pending.Stamp.RecordedAt, pending.Stamp.Actor, pending.Tlp, false,
            Words(core, Text(Audience.CrossFunctional), Text(Audience.Executive), Text(Audience.Partner), Text(Audience.Public)));
    }

    private static NewsEntry Read(NpgsqlDataReader reader, string cause, string stream, News news)
    {
        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
        return new NewsEntry(
            cause, stream, reader.GetInt64(0), reader.GetString(11), news, reader.GetFieldValue<DateTimeOffset>(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetString(3), (Tlp)reader.GetInt16(4), reader.GetBoolean(5),
            Words(reader.GetString(6), Text(7), Text(8), Text(9), Text(10)));
    }

    private static Dictionary<Audience, EntryWords> Words(string core, params ReadOnlySpan<string?> others)
    {
        var words = new Dictionary<Audience, EntryWords> { [Audience.Core] = Words(core) };
        for (var index = 0; index < others.Length; index++)
        {
            if (others[index] is { } text)
            {
                words[(Audience)(index + 1)] = text == EntryText.SameAsCore ? words[Audience.Core] : Words(text);
            }
        }

        return words;
    }

    private static EntryWords Words(string json)
    {
        using var text = JsonDocument.Parse(json);
        return new EntryWords(text.RootElement.GetProperty("headline").GetString()!, text.RootElement.TryGetProperty("body", out var body) ? body.GetString() : null);
    }
}
