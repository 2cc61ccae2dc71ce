using System.Globalization;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Telling;

/// <summary>Who is told later: one row for each recipient and incident, whatever comes meanwhile.</summary>
public sealed class DigestRows(NpgsqlDataSource database, TimeProvider clock)
{
    private static readonly TimeSpan _writing = TimeSpan.FromSeconds(30);

    private const string Insert = """
        insert into crisis.digests as d (recipient, incident, audience, subscription, upto, due_at, held, every)
        select u.recipient, $2, u.audience, u.subscription, u.upto, u.due_at, u.held, u.every
          from unnest($1::text[], $3::smallint[], $4::text[], $5::bigint[], $6::timestamptz[], $7::boolean[], $8::interval[]) u (recipient, audience, subscription, upto, due_at, held, every)
         order by u.recipient
        on conflict (recipient, incident) do update set
        """;

    // What waits keeps its beginning and its time. What only says that there is nothing new begins anew with each message.
    private const string Upsert = $"""
        {Insert}
            audience = case when d.held then d.audience else excluded.audience end,
            subscription = case when d.held then d.subscription else excluded.subscription end,
            upto = case when d.held then d.upto else greatest(d.upto, excluded.upto) end,
            due_at = case when d.held then least(d.due_at, excluded.due_at) else excluded.due_at end,
            held = d.held or excluded.held,
            every = coalesce(excluded.every, d.every)
        """;

    // Who hears of it as often already goes on as before.
    private const string TakeOver = $"{Insert} due_at = excluded.due_at, held = true, every = excluded.every where d.every is null";

    // Whoever writes one holds its row; in order, so that two who wait do not wait for each other.
    private const string Lock = "select recipient from crisis.digests where incident = $1 and due_at <= $2 order by recipient for update";

    /// <summary>In somebody's transaction.</summary>
    /// <param name="digests">Of one incident, each recipient once.</param>
    public static void Add(NpgsqlBatch batch, string incident, IReadOnlyCollection<PlannedDigest> digests) => Append(batch, Upsert, incident, digests);

    /// <summary>To who must hear of an incident instead of somebody else; in somebody's transaction.</summary>
    /// <param name="digests">Of one incident, each recipient once.</param>
    public static void HandOver(NpgsqlBatch batch, string incident, IReadOnlyCollection<PlannedDigest> digests) => Append(batch, TakeOver, incident, digests);

    private static void Append(NpgsqlBatch batch, string sql, string incident, IReadOnlyCollection<PlannedDigest> digests)
    {
        if (digests.Count > 0)
        {
            batch.Append(
                sql, digests.Select(d => d.Recipient).ToArray(), incident, digests.Select(d => (short)d.Audience).ToArray(), digests.Select(d => d.Subscription).ToArray(), digests.Select(d => d.Upto).ToArray(),
                digests.Select(d => d.DueAt).ToArray(), digests.Select(d => d.Holds).ToArray(), digests.Select(d => d.Every).ToArray());
        }
    }

    /// <summary>Waits until what is being written now is written: what is read after it holds what has been told by it.</summary>
    public async Task Written(string incident, CancellationToken cancellation)
    {
        await using var command = database.Statement(Lock, incident, clock.GetUtcNow() + _writing);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>
    /// Who has an entry by a digest already: it can be written between the commit of the entry and the rules that hear of it. Until the end of this
    /// transaction no other is written for it.
    /// </summary>
    public async Task<IReadOnlySet<string>> Told(NpgsqlConnection connection, NpgsqlTransaction transaction, NewsEntry entry, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.Append(Lock, entry.Stream, clock.GetUtcNow() + _writing);
        batch.Append(
            $"""
            select distinct recipient from crisis.deliveries
             where incident = $1 and covers is not null and created_at > $2 and kind = '{nameof(DeliveryKind.Digest)}' and covers @> $3 and state not in ('Suppressed', 'Cancelled')
            """,
            entry.Stream, entry.RecordedAt - _writing, new[] { entry.Version.ToString(CultureInfo.InvariantCulture) });
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        HashSet<string> told = new(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
        {
            told.Add(reader.GetString(0));
        }

        return told;
    }

    /// <summary>Recipients for whom something of an incident waits, and for longer than the writing of a digest can take: what is being written now does not hold what comes now.</summary>
    public async Task<IReadOnlySet<string>> Held(string incident, CancellationToken cancellation)
    {
        await using var command = database.Statement("select recipient from crisis.digests where incident = $1 and held and due_at > $2", incident, clock.GetUtcNow() + _writing);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        HashSet<string> held = new(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
        {
            held.Add(reader.GetString(0));
        }

        return held;
    }

    /// <summary>When the next one is due; null when none is.</summary>
    public async Task<DateTimeOffset?> Next(CancellationToken cancellation)
    {
        await using var command = database.Statement("select min(due_at) from crisis.digests where due_at is not null");
        return await command.ExecuteScalarAsync(cancellation) is DateTime due ? new DateTimeOffset(due, TimeSpan.Zero) : null;
    }
}
