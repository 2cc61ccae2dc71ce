using CrisisOps.Domain.Risks;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Risks;

/// <summary>Keeps the newest surge of each series, in the transaction of its events, for whoever decides whether one begins or ends.</summary>
internal static class SurgeRows
{
    private const string Began = """
        insert into crisis.surges (series, signal, began_at) values ($1, $2, $3)
        on conflict (series) do update set signal = excluded.signal, began_at = excluded.began_at, cleared_at = null
        """;

    public static void Add(IReadOnlyList<StreamChange> changes, NpgsqlBatch batch)
    {
        foreach (var change in changes)
        {
            var (before, after) = (((RiskSignal)change.Before).Surge, ((RiskSignal)change.After).Surge);
            if (before is null && after is not null)
            {
                batch.Append(Began, after.Series.Id, change.Key, after.Window.Until);
            }

            if (before?.ClearedAt is null && after?.ClearedAt is { } cleared)
            {
                batch.Append("update crisis.surges set cleared_at = $2 where signal = $1", change.Key, cleared);
            }
        }
    }
}
