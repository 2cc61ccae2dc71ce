using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Deadlines;

/// <summary>
/// The rows as the watchers of all nodes share them. What is due follows the server's clock; a lease follows the database's own,
/// because it says how long a node may be silent, and no scenario moves that.
/// </summary>
public sealed class DeadlineLeases(NpgsqlDataSource database, DeadlineCommands commands, IConfiguration configuration)
{
    // What is due of one stream is fired by one node at a time: two would only wait for each other's commits.
    private const string LeaseDue = """
        update crisis.deadlines d set leased_until = clock_timestamp() + $3
          from (select stream, kind, ref, generation from crisis.deadlines w
                 where state = 'Open' and due_at <= $1 and kind = any ($2) and (leased_until is null or leased_until < clock_timestamp())
                   and not exists (select 1 from crisis.deadlines o where o.stream = w.stream and o.state = 'Open' and o.leased_until > clock_timestamp())
                 order by due_at, stream limit $4 for update skip locked) as u
         where d.stream = u.stream and d.kind = u.kind and d.ref = u.ref and d.generation = u.generation
        returning d.stream, d.kind, d.ref, d.generation, d.due_at
        """;

    private const string ThisRow = "stream = $1 and kind = $2 and ref = $3 and generation = $4 and due_at = $5 and state = 'Open'";

    private readonly TimeSpan _lease = configuration.GetValue("Deadlines:Lease", TimeSpan.FromSeconds(30));

    /// <summary>Takes what is due and nobody fires now, oldest first.</summary>
    public async Task<IReadOnlyList<DueDeadline>> Take(DateTimeOffset now, int limit, CancellationToken cancellation)
    {
        await using var command = database.Statement(LeaseDue, now, commands.Kinds, _lease, limit);
        var rows = await Read(command, cancellation);
        rows.Sort((one, other) => one.DueAt.CompareTo(other.DueAt));
        return rows;
    }

    /// <summary>When the next one is due, fired now by somebody or not; null when none waits.</summary>
    public async Task<DateTimeOffset?> Next(CancellationToken cancellation)
    {
        await using var command = database.Statement(
            "select due_at from crisis.deadlines where state = 'Open' and kind = any ($1) order by due_at limit 1", (object)commands.Kinds);
        return await command.ExecuteScalarAsync(cancellation) is DateTime due ? new DateTimeOffset(due, TimeSpan.Zero) : null;
    }

    /// <summary>Which of these rows their commands did not close.</summary>
    public async Task<IReadOnlyList<DueDeadline>> StillOpen(IReadOnlyCollection<DueDeadline> fired, CancellationToken cancellation)
    {
        await using var command = database.Statement(
            """
            select d.stream, d.kind, d.ref, d.generation, d.due_at
              from unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::timestamptz[]) as u (stream, kind, ref, generation, due_at)
              join crisis.deadlines d using (stream, kind, ref, generation, due_at) where d.state = 'Open'
            """,
            fired.Select(d => d.Stream).ToArray(), fired.Select(d => d.Kind).ToArray(), fired.Select(d => d.Ref).ToArray(),
            fired.Select(d => d.Generation).ToArray(), fired.Select(d => d.DueAt).ToArray());
        return await Read(command, cancellation);
    }

    /// <summary>Closes a row that was met without an event of its own stream.</summary>
    public Task Meet(DueDeadline due, DateTimeOffset now, CancellationToken cancellation) =>
        Change($"update crisis.deadlines set state = 'Met', settled_at = $6, leased_until = null where {ThisRow}", due, now, cancellation);

    /// <summary>Closes a row that no state asks for any more.</summary>
    public Task Drop(DueDeadline due, DateTimeOffset now, CancellationToken cancellation) =>
        Change($"update crisis.deadlines set state = 'Stale', settled_at = $6, leased_until = null where {ThisRow}", due, now, cancellation);

    /// <summary>Gives a row back, to be fired again after a pause.</summary>
    public Task GiveBack(DueDeadline due, TimeSpan pause, CancellationToken cancellation) =>
        Change($"update crisis.deadlines set leased_until = clock_timestamp() + $6 where {ThisRow}", due, pause, cancellation);

    private async Task Change(string sql, DueDeadline due, object value, CancellationToken cancellation)
    {
        // One row a statement: a commit of a lane that holds one of several rows could wait for us while we wait for it.
        await using var command = database.Statement(sql, due.Stream, due.Kind, due.Ref, due.Generation, due.DueAt, value);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<List<DueDeadline>> Read(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<DueDeadline> rows = [];
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add(new DueDeadline(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetInt32(3), reader.GetFieldValue<DateTimeOffset>(4)));
        }

        return rows;
    }
}
