using System.Text.Json;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Escalations;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Rebuilds;

/// <summary>Builds the read models of streams from their events into the schema beside, by the very code that writes them in a commit.</summary>
public sealed class StreamBuilder(NpgsqlDataSource database, StreamKinds kinds, EventTypes types, StreamLoader loader, BatchWriter writer)
{
    /// <summary>Events in memory at once; of a longer stream the next ones follow.</summary>
    private const int Page = 2000;

    /// <summary>Builds these streams whole. Whatever stood of them in the schema beside goes.</summary>
    /// <returns>The streams whose stored snapshot is not what their events fold to.</returns>
    public async Task<IReadOnlyList<string>> Build(IReadOnlyCollection<string> streams, CancellationToken cancellation)
    {
        var states = streams.ToDictionary(key => key, key => new HeldState(kinds.Of(key).None(key), 0, default), StringComparer.Ordinal);
        await Clear(streams, cancellation);
        var snapshots = await Snapshots(streams, cancellation);
        while (await Read(states, snapshots, cancellation) is { Count: > 0 } events)
        {
            await Write(events, states, cancellation);
        }

        await Erase(streams, cancellation);
        await MeetReferrals([.. states.Values.Select(s => s.State).OfType<Escalation>().Where(e => e.CrisisKey is not null)], cancellation);
        return [.. snapshots.Where(s => !s.Value.Equal).Select(s => s.Key)];
    }

    private async Task Clear(IReadOnlyCollection<string> streams, CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        foreach (var model in ReadModel.All.Append(new ReadModel("built", "stream")))
        {
            batch.Append($"delete from {RebuiltSchema.Name}.{model.Table} where {model.Stream} = any ($1)", (object)streams.ToArray());
        }

        await batch.ExecuteNonQueryAsync(cancellation);
    }

    private async Task<Dictionary<string, Snapshot>> Snapshots(IReadOnlyCollection<string> streams, CancellationToken cancellation)
    {
        await using var command = database.Statement("select stream, version, body from crisis.snapshots where stream = any ($1)", (object)streams.ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var snapshots = new Dictionary<string, Snapshot>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
        {
            snapshots.Add(reader.GetString(0), new Snapshot(reader.GetInt64(1), reader.GetString(2)));
        }

        return snapshots;
    }

    /// <summary>The next events of these streams, each folded onto its state.</summary>
    private async Task<List<PendingEvent>> Read(Dictionary<string, HeldState> states, Dictionary<string, Snapshot> snapshots, CancellationToken cancellation)
    {
        await using var command = database.Statement(
            $"""
            select {EventRow.Columns}, e.id
              from unnest($1::text[], $2::bigint[]) as w (stream, version)
              join crisis.mt_events e on e.stream_id = w.stream and e.version > w.version
             order by e.stream_id, e.version limit {Page}
            """,
            states.Keys.ToArray(), states.Values.Select(s => s.Version).ToArray());
        await using var row = await command.ExecuteReaderAsync(cancellation);
        List<PendingEvent> events = [];
        while (await row.ReadAsync(cancellation))
        {
            var (key, data, stamp) = EventRow.Read(row, types);
            var (kind, before) = (kinds.Of(key), states[key].State);
            var after = kind.Fold(before, data, stamp);
            var tlp = EventHeaders.TlpOf(row.IsDBNull(6) ? null : row.GetString(6)) ?? kind.TlpOf(after);
            events.Add(new PendingEvent(row.GetGuid(7), key, data, stamp, before, after, kind.Tell(data, before, after, stamp), Caller.System, OrderTerms.None, tlp));
            states[key] = new HeldState(after, stamp.Version, stamp.RecordedAt);
            if (snapshots.TryGetValue(key, out var snapshot) && snapshot.Version == stamp.Version)
            {
                snapshots[key] = snapshot with { Equal = JsonSerializer.Serialize(after, after.GetType(), Json.Stored) == snapshot.Body };
            }
        }

        return events;
    }

    private async Task Write(List<PendingEvent> events, Dictionary<string, HeldState> states, CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        StreamChange[] changes = [.. events.GroupBy(e => e.Key, StringComparer.Ordinal).Select(g => new StreamChange(g.Key, g.First().Before, g.Last().After, [.. g]))];
        writer.AddDerived(batch, events, changes);
        batch.Append(
            "insert into crisis.built (stream, version) select * from unnest($1::text[], $2::bigint[]) on conflict (stream) do update set version = excluded.version",
            changes.Select(c => c.Key).ToArray(), changes.Select(c => states[c.Key].Version).ToArray());
        await Beside(batch, cancellation);
    }

    /// <summary>What was erased says nothing here either.</summary>
    private async Task Erase(IReadOnlyCollection<string> streams, CancellationToken cancellation)
    {
        await using var command = database.Statement(
            $"select count({RebuiltSchema.Name}.erase_timeline(h.stream, h.version, $2)::text) from crisis.history_erased h where h.stream = any ($1)", streams.ToArray(), IErases.Mark);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The one row that follows from two streams: a clock of a case, met by its crisis.</summary>
    private async Task MeetReferrals(IReadOnlyCollection<Escalation> linked, CancellationToken cancellation)
    {
        var crises = await loader.Load([.. linked.Select(e => e.CrisisKey!).Distinct(StringComparer.Ordinal)], cancellation);
        await using var batch = database.CreateBatch();
        foreach (var escalation in linked)
        {
            MeetReferralClocksHandler.Add(batch, escalation, (Crisis)crises[escalation.CrisisKey!].State);
        }

        await Beside(batch, cancellation);
    }

    private static async Task Beside(NpgsqlBatch batch, CancellationToken cancellation)
    {
        foreach (var statement in batch.BatchCommands)
        {
            statement.CommandText = RebuiltSchema.Beside(statement.CommandText);
        }

        if (batch.BatchCommands.Count > 0)
        {
            await batch.ExecuteNonQueryAsync(cancellation);
        }
    }

    private sealed record Snapshot(long Version, string Body, bool Equal = false);
}
