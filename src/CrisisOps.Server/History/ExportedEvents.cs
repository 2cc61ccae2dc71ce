using CrisisOps.Domain.Shared;
using CrisisOps.Proof;
using CrisisOps.Proof.Bundles;
using CrisisOps.Server.Access;
using CrisisOps.Server.Streams;
using CrisisOps.Server.Timelines;
using Npgsql;

namespace CrisisOps.Server.History;

/// <summary>An event as it stands in a bundle.</summary>
/// <param name="Withheld">Why its content does not go out; null when it does.</param>
public sealed record ExportedEvent(long Position, StoredEvent Event, Digest Hash, Digest Commitment, byte[]? Salt, string? Withheld);

/// <summary>
/// Reads the events of several streams in the order of the tree, with the rights that their reader has now: what a redaction hides, and what is
/// more secret than the reader may read on a timeline, goes out without its content.
/// </summary>
public sealed class ExportedEvents(NpgsqlDataSource database)
{
    private const int Page = 2000;

    /// <summary>Nobody's slow connection keeps more than this in memory, or a statement open.</summary>
    private const int Budget = 2 * 1024 * 1024;

    private const string Redactions = "'EntryRedacted', 'CrisisEntryRedacted', 'ElectionEntryRedacted'";

    /// <summary>The next events; empty at the end, and null when a stream has gone out of the reader's sight meanwhile.</summary>
    /// <param name="after">The versions up to which each stream was read, by stream.</param>
    /// <param name="upto">The versions at which they end.</param>
    public async Task<IReadOnlyList<ExportedEvent>?> Read(IReadOnlyDictionary<string, long> after, IReadOnlyDictionary<string, long> upto, Caller caller, CancellationToken cancellation)
    {
        string[] streams = [.. after.Where(stream => stream.Value < upto[stream.Key]).Select(stream => stream.Key)];
        if (streams.Length == 0)
        {
            return [];
        }

        var arguments = new SqlArguments();
        var sight = Sight.Sql("e", SightRows.All, caller, arguments);
        var (keys, versions, ends) = (arguments.Add(streams), arguments.Add(streams.Select(s => after[s]).ToArray()), arguments.Add(streams.Select(s => upto[s]).ToArray()));
        await using var command = database.Statement(Sql(sight, keys, versions, ends), arguments.Values);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<ExportedEvent> events = new(Page);
        var size = 0;
        while (size < Budget && await reader.ReadAsync(cancellation))
        {
            if (reader.GetInt64(0) < streams.Length)
            {
                return null;
            }

            events.Add(Event(reader));
            size += events[^1].Event.Data.Length + events[^1].Event.Envelope.Length;
        }

        return events;
    }

    private static ExportedEvent Event(NpgsqlDataReader reader)
    {
        var salt = reader.IsDBNull(4) ? null : reader.GetFieldValue<byte[]>(4);
        return new ExportedEvent(
            reader.GetInt64(1), StoredEvent.Read(reader, 6), Digest.Read(reader.GetFieldValue<byte[]>(2)), Digest.Read(reader.GetFieldValue<byte[]>(3)), salt,
            salt is null ? LineWords.Erased : reader.IsDBNull(5) ? null : reader.GetString(5));
    }

    private static string Sql(SightSql sight, string keys, string versions, string ends)
    {
        // The secrecy of an event that is on no timeline stands in its headers; without any it is that of its stream.
        var secrecy = string.Join(' ', Enum.GetValues<Tlp>().Select(tlp => $"when '{TlpNames.Of(tlp)}' then {(int)tlp}"));
        return $"""
            with r as materialized (select e.key, {TimelineSql.Reader(sight)} from crisis.sights e where e.key = any ({keys}) and {sight.Visible} and {sight.Audience} = {(int)Audience.Core})
            select (select count(*) from r), l.position, l.hash, l.commitment, l.salt,
                   case when a.version is not null then '{LineWords.Redacted}' when not ({TimelineSql.Readable}) then '{LineWords.Secret}' end,
                   {StoredEvent.Columns}
              from (select x.position
                      from unnest({keys}, {versions}, {ends}) as w (stream, version, upto)
                     cross join lateral (select h.position from crisis.history_leaves h where h.stream = w.stream and h.version > w.version and h.version <= w.upto order by h.version limit {Page}) x
                     order by x.position limit {Page}) p
              join crisis.history_leaves l on l.position = p.position
              join crisis.mt_events e on e.stream_id = l.stream and e.version = l.version
              left join r on r.key = l.stream
              left join crisis.timeline n on n.stream = l.stream and n.version = l.version
              left join crisis.timeline a on a.stream = n.stream and a.version = n.amended_by and a.event_type in ({Redactions})
             cross join lateral (select coalesce(n.tlp, case e.headers ->> 'tlp' {secrecy} end, 0)::smallint as tlp) t
             order by l.position
            """;
    }
}
