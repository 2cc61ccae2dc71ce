using System.Globalization;
using System.Text.Json;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Reactions;

/// <summary>
/// How far the rules have heard, kept in the store. Events are read in the order of transactions, and never past one that is still open:
/// so none is missed, and a hole in Marten's sequence, which a failed commit leaves, holds nobody up.
/// </summary>
public sealed class SubscriptionPosition(NpgsqlDataSource database, EventTypes events)
{
    private const string Name = "reactions";
    private const int Window = 1000;

    /// <summary>The position that the store has.</summary>
    public async Task<string> Load(CancellationToken cancellation)
    {
        await using var command = database.Statement("select position::text from crisis.subscriptions where name = $1", Name);
        return (string)(await command.ExecuteScalarAsync(cancellation))!;
    }

    public async Task Save(string position, CancellationToken cancellation)
    {
        await using var command = database.Statement("update crisis.subscriptions set position = $2::text::xid8 where name = $1 and position < $2::text::xid8", Name, position);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The events that rules react to, from a position on, and the position after them.</summary>
    public async Task<(IReadOnlyList<object> Messages, string Next)> Read(string position, CancellationToken cancellation)
    {
        // A window ends at a transaction still open, or after so many entries; never inside a transaction.
        await using var command = database.Statement(
            """
            with w as materialized (
                select coalesce((select x.xid from (select xid from crisis.timeline where heard and xid > $1::text::xid8 and xid < h.xid order by xid offset $2 limit 1) x), h.xid) as upto
                  from (select crisis.horizon($1::text::xid8) as xid) h)
            select w.upto::text, m.id, m.stream_id, m.version, m.type, m.data, m.timestamp, m.user_name, m.headers
              from w left join lateral (
                select t.xid, e.seq_id, e.id, e.stream_id, e.version, e.type, e.data::text, e.timestamp, e.user_name, e.headers::text
                  from crisis.timeline t join crisis.mt_events e on e.stream_id = t.stream and e.version = t.version
                 where t.heard and t.xid >= $1::text::xid8 and t.xid < w.upto) m on true
             order by m.xid, m.seq_id
            """,
            position, Window);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var next = position;
        List<object> messages = [];
        while (await reader.ReadAsync(cancellation))
        {
            next = reader.GetString(0);
            if (!await reader.IsDBNullAsync(1, cancellation))
            {
                messages.AddRange(Messages(reader));
            }
        }

        // The horizon of this moment can lie before one that was seen already; the position never goes back.
        return (messages, Number(next) > Number(position) ? next : position);
    }

    private static ulong Number(string xid) => ulong.Parse(xid, CultureInfo.InvariantCulture);

    /// <summary>The messages of one event, which can be one that a newer version has written.</summary>
    private IEnumerable<object> Messages(NpgsqlDataReader reader)
    {
        var (stream, version) = (reader.GetString(2), reader.GetInt64(3));
        try
        {
            var stamp = EventHeaders.Read(reader.IsDBNull(8) ? default : reader.GetFieldValue<byte[]>(8), version, reader.GetFieldValue<DateTimeOffset>(6), reader.IsDBNull(7) ? null : reader.GetString(7));
            return [.. HappenedTypes.Of(reader.GetGuid(1), stream, events.Read(reader.GetString(4), reader.GetFieldValue<byte[]>(5)), stamp)];
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or FormatException or NotSupportedException)
        {
            return [new UnreadableEvent($"{stream}@{version}", exception)];
        }
    }

    /// <summary>True when rules have heard of everything that is committed by now.</summary>
    public async Task<bool> CaughtUp(CancellationToken cancellation)
    {
        await using var command = database.Statement(
            "select not exists (select 1 from crisis.timeline t, crisis.subscriptions s where s.name = $1 and t.xid >= s.position and t.heard)", Name);
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }
}

/// <summary>An event that this server can not read, in the place of its messages.</summary>
internal sealed record UnreadableEvent(string Where, Exception Why)
{
    public override string ToString() => $"unreadable event {Where}";
}
