using System.Text.Json;
using Npgsql;

namespace CrisisOps.Server.Streams;

/// <summary>What a batch has to know before it decides, asked in one round trip: versions, stored answers, natural keys.</summary>
public sealed class BatchLookup
{
    /// <summary>The true version of each stream now, so that also a refusal is decided on the true state.</summary>
    public Dictionary<string, long> Versions { get; } = new(StringComparer.Ordinal);

    public Dictionary<Guid, StoredAnswer> Answers { get; } = [];

    /// <summary>Streams that were opened before under a natural key.</summary>
    public Dictionary<string, string> Twins { get; } = new(StringComparer.Ordinal);

    public static async Task<BatchLookup> Read(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, IReadOnlyCollection<LaneItem> items, CancellationToken cancellation)
    {
        var found = new BatchLookup();
        await using var batch = new NpgsqlBatch(connection, transaction);
        Add(batch, "select id, version from crisis.mt_streams where id = any ($1)", items.Select(i => i.Key).Distinct(StringComparer.Ordinal).ToArray());
        Add(batch, "select scope, body, answer from crisis.idempotency where scope = any ($1)", items.Where(i => i.Terms.Scope is not null).Select(i => i.Terms.Scope!.Value).Distinct().ToArray());
        var natural = items.Where(i => i.NaturalKey is not null).Select(i => i.NaturalKey!).Distinct(StringComparer.Ordinal).ToArray();
        if (natural.Length > 0)
        {
            Add(batch, "select natural_key, key from crisis.escalations where natural_key = any ($1)", natural);
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            found.Versions[reader.GetString(0)] = reader.GetInt64(1);
        }

        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var answer = reader.GetString(2);
            using var json = JsonDocument.Parse(answer);
            found.Answers[reader.GetGuid(0)] = new StoredAnswer(
                reader.GetGuid(1), json.RootElement.GetProperty("key").GetString()!, json.RootElement.GetProperty("version").GetInt64(), answer);
        }

        if (natural.Length > 0)
        {
            await reader.NextResultAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                found.Twins[reader.GetString(0)] = reader.GetString(1);
            }
        }

        return found;
    }

    private static void Add<T>(NpgsqlBatch batch, string sql, T[] values)
    {
        var command = batch.CreateBatchCommand();
        command.CommandText = sql;
        command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = values });
        batch.BatchCommands.Add(command);
    }
}
