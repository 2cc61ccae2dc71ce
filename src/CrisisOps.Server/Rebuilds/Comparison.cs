using Npgsql;

namespace CrisisOps.Server.Rebuilds;

/// <summary>What differs of a read model between what is live and what was built anew.</summary>
/// <param name="Missing">Rows that follow from the events and are not there.</param>
/// <param name="Extra">Rows that are there and follow from nothing.</param>
/// <param name="Different">Rows that say something else.</param>
/// <param name="Streams">The streams whose rows they are.</param>
public sealed record Difference(ReadModel Model, long Missing, long Extra, long Different, IReadOnlyCollection<string> Streams)
{
    public bool None => Missing + Extra + Different == 0;
}

/// <summary>Compares read models row by row, and puts right what differs.</summary>
/// <param name="connection">All on one: under a lock it must see what it locked.</param>
internal sealed class Comparison(NpgsqlConnection connection)
{
    // The plans of the server's sessions are made for a few rows by key; here it is all rows of both.
    private const string ForWholeTables = "set local enable_seqscan = on; set local enable_hashjoin = on; set local enable_mergejoin = on; set local plan_cache_mode = force_custom_plan";

    /// <summary>Begins a transaction. As long as it only reads it has no number, so no live reader waits for it.</summary>
    public async Task<NpgsqlTransaction> Begin(CancellationToken cancellation)
    {
        var transaction = await connection.BeginTransactionAsync(cancellation);
        await Run(ForWholeTables, null, cancellation);
        return transaction;
    }

    /// <summary>Compares one read model.</summary>
    /// <param name="streams">Only rows of these; null means all.</param>
    public async Task<Difference> Of(ReadModel model, IReadOnlyCollection<string>? streams, CancellationToken cancellation)
    {
        var (key, rest) = await Columns(model, cancellation);
        var only = streams is null ? "" : $" where {model.Stream} = any ($1)";
        var said = rest.Count == 0 ? "false" : $"({Listed(rest, "l.")}) is distinct from ({Listed(rest, "r.")})";
        await using var command = new NpgsqlCommand(
            $"""
            select stream, count(*) filter (where what = 'missing'), count(*) filter (where what = 'extra'), count(*) filter (where what = 'different') from (
                select coalesce(l.{model.Stream}, r.{model.Stream}) as stream,
                       case when l.{key[0]} is null then 'missing' when r.{key[0]} is null then 'extra' when {said} then 'different' end as what
                  from (select * from crisis.{model.Table}{only}) l full join (select * from {RebuiltSchema.Name}.{model.Table}{only}) r on {Joined(key)}) d
             where what is not null group by stream
            """,
            connection);
        Bind(command, streams);
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var (missing, extra, different) = (0L, 0L, 0L);
        List<string> differing = [];
        while (await reader.ReadAsync(cancellation))
        {
            differing.Add(reader.GetString(0));
            (missing, extra, different) = (missing + reader.GetInt64(1), extra + reader.GetInt64(2), different + reader.GetInt64(3));
        }

        return new Difference(model, missing, extra, different, differing);
    }

    /// <summary>Makes the rows of these streams what was built anew. Columns that are apart are kept, or get what a new row gets.</summary>
    public async Task Switch(ReadModel model, IReadOnlyCollection<string> streams, CancellationToken cancellation)
    {
        var (key, rest) = await Columns(model, cancellation);
        List<string> all = [.. key, .. rest];
        await Run(
            $"delete from crisis.{model.Table} l where l.{model.Stream} = any ($1) and not exists (select 1 from {RebuiltSchema.Name}.{model.Table} r where {Joined(key)})", streams, cancellation);
        var change = rest.Count == 0 ? "nothing" : $"update set {string.Join(", ", rest.Select(c => $"{c} = excluded.{c}"))}";
        await Run(
            $"""
            insert into crisis.{model.Table} ({Listed(all)}) select {Listed(all)} from {RebuiltSchema.Name}.{model.Table} where {model.Stream} = any ($1)
            on conflict ({Listed(key)}) do {change}
            """,
            streams, cancellation);
    }

    public async Task Run(string sql, IReadOnlyCollection<string>? streams, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        Bind(command, streams);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private async Task<(List<string> Key, List<string> Others)> Columns(ReadModel model, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            """
            select a.attname::text, a.attnum = any (i.indkey) from pg_attribute a join pg_index i on i.indrelid = a.attrelid and i.indisprimary
             where a.attrelid = ('crisis.' || $1)::regclass and a.attnum > 0 and not a.attisdropped and a.attname <> all ($2) order by array_position(i.indkey::int2[], a.attnum), a.attnum
            """,
            connection);
        command.Parameters.Add(new() { Value = model.Table });
        command.Parameters.Add(new() { Value = model.Apart });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var (key, rest) = (new List<string>(), new List<string>());
        while (await reader.ReadAsync(cancellation))
        {
            (reader.GetBoolean(1) ? key : rest).Add($"\"{reader.GetString(0)}\"");
        }

        return (key, rest);
    }

    private static void Bind(NpgsqlCommand command, IReadOnlyCollection<string>? streams)
    {
        if (streams is not null)
        {
            command.Parameters.Add(new() { Value = streams.ToArray() });
        }
    }

    private static string Joined(List<string> key) => string.Join(" and ", key.Select(c => $"l.{c} = r.{c}"));

    private static string Listed(List<string> columns, string prefix = "") => string.Join(", ", columns.Select(c => prefix + c));
}
