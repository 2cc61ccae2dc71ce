using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Timelines;

/// <summary>
/// Keeps the entries of gathered timelines, in the transaction of their events. A stream says itself on which timelines it is shown,
/// so whoever writes it knows, and no other writer has to be asked.
/// </summary>
internal static class PlaceRows
{
    private const string NewRows = """
        insert into crisis.places (timeline, stream, version, recorded_at, occurred_at)
        select * from unnest($1::text[], $2::text[], $3::bigint[], $4::timestamptz[], $5::timestamptz[]) on conflict do nothing
        """;

    // A link brings the past with it; its place among live entries is that of the link.
    private const string Past = """
        insert into crisis.places (timeline, stream, version, recorded_at, occurred_at)
        select $1, stream, version, recorded_at, occurred_at from crisis.timeline where stream = $2 on conflict do nothing
        """;

    public static void Add(NpgsqlBatch statements, StreamKinds kinds, IReadOnlyCollection<StreamChange> changes)
    {
        List<(string Timeline, PendingEvent Event)> rows = [];
        foreach (var change in changes)
        {
            var kind = kinds.Of(change.Key);
            var opened = change.Events[0].Stamp.Version == 1;
            string[] after = [.. kind.Timelines(change.After)];
            string[] before = opened ? [] : [.. kind.Timelines(change.Before)];
            rows.AddRange(after.SelectMany(timeline => change.Events.Where(e => e.Entry is not null).Select(e => (timeline, e))));
            foreach (var timeline in opened ? [] : after.Except(before, StringComparer.Ordinal))
            {
                statements.Append(Past, timeline, change.Key);
            }

            foreach (var timeline in before.Except(after, StringComparer.Ordinal))
            {
                statements.Append("delete from crisis.places where timeline = $1 and stream = $2", timeline, change.Key);
                statements.Append("insert into crisis.unlinks (timeline, stream) values ($1, $2)", timeline, change.Key);
            }
        }

        if (rows.Count > 0)
        {
            statements.Append(
                NewRows,
                rows.Select(r => r.Timeline).ToArray(), rows.Select(r => r.Event.Key).ToArray(), rows.Select(r => r.Event.Stamp.Version).ToArray(),
                rows.Select(r => r.Event.Stamp.RecordedAt).ToArray(), rows.Select(r => r.Event.Stamp.OccurredAt).ToArray());
        }
    }
}
