using System.Text.Json;
using CrisisOps.Domain.Intake;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Intake;

/// <summary>Keeps the sources for whoever checks what comes in, in the transaction of their events. Each write has a turn of its own, so that a node reads what is new to it.</summary>
internal static class SourceRows
{
    private const string Upsert = """
        with turned as (update crisis.source_turn set turn = turn + 1 returning turn)
        insert into crisis.sources (key, body, silent, turn)
        select u.key, u.body, u.silent, t.turn from unnest($1::text[], $2::text[], $3::boolean[]) as u (key, body, silent), turned t
        on conflict (key) do update set body = excluded.body, silent = excluded.silent, turn = excluded.turn
        """;

    /// <summary>Has every node read all of them again.</summary>
    public const string Turn = "with turned as (update crisis.source_turn set turn = turn + 1 returning turn) update crisis.sources set turn = (select turn from turned)";

    public static void Add(IReadOnlyList<StreamChange> changes, NpgsqlBatch batch)
    {
        AlertSource[] sources = [.. changes.Select(c => (AlertSource)c.After)];
        batch.Append(
            Upsert, sources.Select(s => s.Key).ToArray(), sources.Select(s => JsonSerializer.Serialize(s, Json.Stored)).ToArray(), sources.Select(s => s.SilentSince is not null).ToArray());
    }

    /// <summary>What was written after a turn, and the turn it is now.</summary>
    public static async Task<(List<AlertSource> Changed, long Turn)> Since(NpgsqlDataSource database, long turn, CancellationToken cancellation)
    {
        await using var command = database.Statement("select t.turn, s.body from crisis.source_turn t left join crisis.sources s on s.turn > $1", turn);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<AlertSource> changed = [];
        while (await reader.ReadAsync(cancellation))
        {
            turn = reader.GetInt64(0);
            if (!reader.IsDBNull(1))
            {
                changed.Add(JsonSerializer.Deserialize<AlertSource>(reader.GetString(1), Json.Stored)!);
            }
        }

        return (changed, turn);
    }
}
