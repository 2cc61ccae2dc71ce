using CrisisOps.Domain.Shared;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Deadlines;

/// <summary>Keeps the rows of deadlines in step with the states they derive from, in the transaction of the events.</summary>
public static class DeadlineRows
{
    private const string Opened = """
        insert into crisis.deadlines (stream, kind, ref, generation, due_at, owner)
        select * from unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::timestamptz[], $6::text[])
        on conflict (stream, kind, ref, generation) do update set due_at = excluded.due_at, owner = excluded.owner
        """;

    // Settled in time, or missed: the same instant that the event carries decides.
    private const string Settled = """
        update crisis.deadlines d set state = case when d.due_at <= u.at then 'Missed' else 'Met' end, settled_at = u.at, leased_until = null
          from unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::timestamptz[]) as u (stream, kind, ref, generation, at)
         where d.stream = u.stream and d.kind = u.kind and d.ref = u.ref and d.generation = u.generation and d.state = 'Open'
        """;

    public static void Add(NpgsqlBatch statements, StreamKind kind, IEnumerable<StreamChange> changes)
    {
        List<(string Stream, Deadline Deadline)> opened = [];
        List<(string Stream, Deadline Deadline, DateTimeOffset At)> settled = [];
        foreach (var change in changes)
        {
            var before = kind.Deadlines(change.Before).ToHashSet();
            var after = kind.Deadlines(change.After).ToHashSet();
            opened.AddRange(after.Except(before).Select(d => (change.Key, d)));
            var still = after.Select(Id).ToHashSet();
            settled.AddRange(before.Where(d => !still.Contains(Id(d))).Select(d => (change.Key, d, change.Events[^1].Stamp.RecordedAt)));
        }

        if (opened.Count > 0)
        {
            statements.Append(
                Opened, opened.Select(o => o.Stream).ToArray(), opened.Select(o => o.Deadline.Kind).ToArray(), opened.Select(o => o.Deadline.Ref).ToArray(),
                opened.Select(o => o.Deadline.Generation).ToArray(), opened.Select(o => o.Deadline.DueAt).ToArray(), opened.Select(o => o.Deadline.Owner).ToArray());
        }

        if (settled.Count > 0)
        {
            statements.Append(
                Settled, settled.Select(s => s.Stream).ToArray(), settled.Select(s => s.Deadline.Kind).ToArray(), settled.Select(s => s.Deadline.Ref).ToArray(),
                settled.Select(s => s.Deadline.Generation).ToArray(), settled.Select(s => s.At).ToArray());
        }
    }

    private static (string, string, int) Id(Deadline deadline) => (deadline.Kind, deadline.Ref, deadline.Generation);
}
