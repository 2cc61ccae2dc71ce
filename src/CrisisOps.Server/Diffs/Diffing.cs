using System.Text.Json;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Streams;
using CrisisOps.Server.Timelines;
using Npgsql;

namespace CrisisOps.Server.Diffs;

/// <summary>
/// Compares two instants. Everything is read with the rights of now: a stream that the reader may not see does not exist, its view is that of
/// the reader's audience, and the sentences come out of the timeline's own query.
/// </summary>
public sealed class Diffing(NpgsqlDataSource database, StreamLoader loader, PastStates pasts, StreamKinds kinds, TimelineQuery timelines)
{
    /// <summary>Sentences of the timelines that one answer holds.</summary>
    private const int Most = 1000;

    /// <summary>Folded in one go.</summary>
    private const int Step = 200;

    // Instants are stored in microseconds.
    private static readonly TimeSpan _tick = TimeSpan.FromMicroseconds(1);

    /// <summary>Null when the stream does not exist for the caller, or did not at either instant.</summary>
    public async Task<Diff?> Between(StreamKind kind, string key, Past from, Past to, Caller caller, CancellationToken cancellation)
    {
        if (kinds.Find(key) != kind || (await Seen([key], key, from, to, caller, cancellation)).SingleOrDefault() is not { IsLinked: true } root)
        {
            return null;
        }

        List<StreamThenAndNow> streams = [root];
        foreach (var keys in (await Linked(key, from, cancellation)).Chunk(Step))
        {
            streams.AddRange((await Seen(keys, key, from, to, caller, cancellation)).Where(s => s.WasLinked || s.IsLinked));
        }

        var (told, more) = await Told(key, streams, from, to, caller, cancellation);
        var diffs = streams.Select(s => new StreamDiff(
            s.Key, s.Tlp, s.Change, FieldChanges.Between(s.Before, s.After), [.. (s == root ? Sentences.OfRoot(s, streams) : Sentences.Of(s)), .. told[s.Key]]));
        return new Diff(
            key, from.Until, to.Until, from.Occurred ? "occurred" : "recorded",
            [.. diffs.Where(d => d.Change != StreamChanged.Changed || d.Fields.Count > 0 || d.Sentences.Count > 0)], more);
    }

    private async Task<List<StreamThenAndNow>> Seen(IReadOnlyCollection<string> keys, string root, Past from, Past to, Caller caller, CancellationToken cancellation)
    {
        var now = await loader.Load(keys, cancellation);
        var audiences = now.Where(held => held.Value.Version > 0)
            .ToDictionary(held => held.Key, held => Sight.AudienceOf(kinds.Of(held.Key).SightOf(held.Value.State), caller), StringComparer.Ordinal);
        string[] visible = [.. audiences.Where(a => a.Value is not null).Select(a => a.Key)];
        var (before, after) = (await pasts.Load(visible, from, cancellation), await pasts.Load(visible, to, cancellation));
        return [.. visible.Select(key => Pair(key, root, before[key], after[key], now[key].State, audiences[key]!.Value))];
    }

    private StreamThenAndNow Pair(string key, string root, HeldState before, HeldState after, object now, Audience audience)
    {
        var kind = kinds.Of(key);
        bool Linked(HeldState held) => held.Version > 0 && (key == root || kind.Timelines(held.State).Contains(root));
        // What became of a case is no part of what its reporter reads.
        string? State(HeldState held) => held.Version > 0 && audience < Audience.Partner ? kind.StateName(held.State) : null;
        return new StreamThenAndNow(
            key, before.Version > 0 ? kind.ViewThen(before.State, audience, now) : null, after.Version > 0 ? kind.ViewThen(after.State, audience, now) : null,
            State(before), State(after), Linked(before), Linked(after));
    }

    /// <summary>Streams that are or were on the timeline and have moved since the first instant: the others are what they were.</summary>
    private async Task<IReadOnlyList<string>> Linked(string key, Past from, CancellationToken cancellation)
    {
        await using var command = database.Statement(
            """
            select l.stream from (select crisis.streams_on($1) as stream union select stream from crisis.unlinks where timeline = $1) l
              join crisis.mt_streams s on s.id = l.stream and s.timestamp > $2
             where l.stream <> $1 order by l.stream
            """,
            key, from.Until);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<string> keys = [];
        while (await reader.ReadAsync(cancellation))
        {
            keys.Add(reader.GetString(0));
        }

        return keys;
    }

    /// <summary>What the timelines tell this reader of the time between: that of the stream itself, and those of streams that stand on it no more.</summary>
    private async Task<(ILookup<string, Sentence> Told, bool More)> Told(string key, List<StreamThenAndNow> streams, Past from, Past to, Caller caller, CancellationToken cancellation)
    {
        List<TimelineEntry> entries = [];
        foreach (var timeline in streams.Where(s => s.Change == StreamChanged.Disappeared).Select(s => s.Key).Prepend(key))
        {
            var wish = new TimelineWish(timeline, Most + 1 - entries.Count, from.Occurred, From: from.Until + _tick, To: to.Until + _tick);
            entries.AddRange(wish.Limit > 0 ? await timelines.Read(wish, caller, cancellation) ?? [] : []);
        }

        // One that was taken out and put back stands on both.
        return (entries.Take(Most).DistinctBy(e => (e.Place.Stream, e.Place.Version)).ToLookup(e => e.Place.Stream, e => Told(e, from.Occurred), StringComparer.Ordinal), entries.Count > Most);
    }

    private static Sentence Told(TimelineEntry entry, bool occurred)
    {
        using var json = JsonDocument.Parse(entry.Json!);
        return new Sentence(
            json.RootElement.GetProperty("headline").GetString()!, occurred ? entry.Place.OccurredAt : entry.Place.RecordedAt, json.RootElement.GetProperty("entryId").GetString(),
            json.RootElement.TryGetProperty("tlp", out var tlp) ? tlp.GetString() : null);
    }
}
