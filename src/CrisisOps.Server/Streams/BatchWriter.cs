using System.Text.Json;
using CrisisOps.Server.Deadlines;
using CrisisOps.Server.History;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Intake;
using CrisisOps.Server.Timelines;
using Npgsql;

namespace CrisisOps.Server.Streams;

/// <summary>
/// Writes a batch in one transaction: events into Marten's tables, timeline, answers, read models, deadlines. Arrays for the
/// whole batch instead of a statement for each event: docs/decisions/set-based-append.md has the figures.
/// </summary>
public sealed class BatchWriter(EventTypes types, StreamKinds kinds)
{
    /// <summary>Loading a state never folds more events than this.</summary>
    private const int SnapshotEvery = 500;

    private const string NewStreams = """
        insert into crisis.mt_streams (id, type, version, timestamp, created)
        select u.id, u.type, u.version, u.at, u.at from unnest($1::text[], $2::text[], $3::bigint[], $4::timestamptz[]) as u (id, type, version, at)
        """;

    private const string NewEvents = """
        insert into crisis.mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type, correlation_id, causation_id, headers, user_name)
        select nextval('crisis.mt_events_sequence'), u.id, u.stream, u.version, u.data::jsonb, u.type, u.at, u.dotnet, u.correlation, u.causation, u.headers::jsonb, u.actor
          from unnest($1::uuid[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::timestamptz[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[])
            as u (id, stream, version, data, type, at, dotnet, correlation, causation, headers, actor)
        """;

    private const string NewAnswers = """
        insert into crisis.idempotency (scope, body, answer, recorded_at)
        select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[])
        """;

    private const string NewSnapshot = """
        insert into crisis.snapshots (stream, version, recorded_at, body) values ($1, $2, $3, $4)
        on conflict (stream) do update set version = excluded.version, recorded_at = excluded.recorded_at, body = excluded.body
        """;

    public void Add(NpgsqlBatch statements, LaneBatch batch)
    {
        var changes = batch.Changes().ToArray();
        Streams(statements, batch, changes);
        Events(statements, batch.Events);
        StreamMetrics.Batch(batch.Events.Count);
        Answers(statements, batch.Answers);
        AlertRows.Add(statements, batch.Alerts);
        AddDerived(statements, batch.Events, changes);
        ErasureRows.Add(statements, batch.Events);
        Snapshots(statements, batch, changes);
    }

    /// <summary>All that follows from the events alone; a rebuild writes it again.</summary>
    public void AddDerived(NpgsqlBatch statements, IReadOnlyCollection<PendingEvent> events, StreamChange[] changes)
    {
        TimelineRows.Add(statements, events);
        PlaceRows.Add(statements, kinds, changes);
        foreach (var group in changes.GroupBy(change => kinds.Of(change.Key)))
        {
            group.Key.Project([.. group], statements);
            DeadlineRows.Add(statements, group.Key, group);
        }
    }

    private void Streams(NpgsqlBatch statements, LaneBatch batch, StreamChange[] changes)
    {
        var opened = Array.FindAll(changes, c => batch.InitialVersion(c.Key) == 0);
        if (opened.Length > 0)
        {
            statements.Append(NewStreams, opened.Select(c => c.Key).ToArray(), opened.Select(c => kinds.Of(c.Key).Prefix).ToArray(), Versions(opened), Instants(opened));
        }

        var moved = Array.FindAll(changes, c => batch.InitialVersion(c.Key) > 0);
        var read = batch.Asserted.Where(a => !Array.Exists(changes, c => c.Key == a.Key)).OrderBy(a => a.Key, StringComparer.Ordinal).ToArray();
        if (moved.Length > 0 || read.Length > 0)
        {
            statements.Append(
                "select crisis.move_streams($1, $2, $3, $4, $5, $6)", moved.Select(c => c.Key).ToArray(), moved.Select(c => batch.InitialVersion(c.Key)).ToArray(),
                Versions(moved), Instants(moved), read.Select(a => a.Key).ToArray(), read.Select(a => a.Value).ToArray());
        }
    }

    private static long[] Versions(StreamChange[] changes) => [.. changes.Select(c => c.Events[^1].Stamp.Version)];

    private static DateTimeOffset[] Instants(StreamChange[] changes) => [.. changes.Select(c => c.Events[^1].Stamp.RecordedAt)];

    private void Events(NpgsqlBatch statements, List<PendingEvent> events)
    {
        if (events.Count == 0)
        {
            return;
        }

        var names = events.ConvertAll(e => types.NameOf(e.Data));
        statements.Append(
            NewEvents,
            events.Select(e => e.Id).ToArray(),
            events.Select(e => e.Key).ToArray(),
            events.Select(e => e.Stamp.Version).ToArray(),
            events.Select(e => EventTypes.Write(e.Data)).ToArray(),
            names.Select(n => n.Stored).ToArray(),
            events.Select(e => e.Stamp.RecordedAt).ToArray(),
            names.Select(n => n.DotNet).ToArray(),
            events.Select(e => e.Terms.Correlation).ToArray(),
            events.Select(e => e.Terms.Causation).ToArray(),
            events.Select(EventHeaders.Write).ToArray(),
            events.Select(e => e.Stamp.Actor).ToArray());
    }

    private static void Answers(NpgsqlBatch statements, List<IdempotentAnswer> answers)
    {
        if (answers.Count > 0)
        {
            statements.Append(
                NewAnswers, answers.Select(a => a.Scope).ToArray(), answers.Select(a => a.Body).ToArray(),
                answers.Select(a => a.Answer).ToArray(), answers.Select(a => a.RecordedAt).ToArray());
        }
    }

    private static void Snapshots(NpgsqlBatch statements, LaneBatch batch, StreamChange[] changes)
    {
        foreach (var change in changes)
        {
            var after = batch.After[change.Key];
            if (after.Version / SnapshotEvery > batch.InitialVersion(change.Key) / SnapshotEvery)
            {
                statements.Append(NewSnapshot, change.Key, after.Version, after.RecordedAt, JsonSerializer.Serialize(after.State, after.State.GetType(), Json.Stored));
            }
        }
    }
}
