using System.Globalization;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Deadlines;

/// <summary>
/// Keeps the rows of deadlines in step with the states they derive from, in the transaction of the events. A row is Open, then
/// Met; or Missed while it is owed still, then Late. (Stale: the watcher found that no state asks for it.)
/// </summary>
public static class DeadlineRows
{
    private const string Standing = """
        insert into crisis.deadlines (stream, kind, ref, generation, due_at, owner, state, settled_at, warns_at)
        select u.stream, u.kind, u.ref, u.generation, u.due, u.owner, u.state, u.settled, u.warns::timestamptz[]
          from unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::timestamptz[], $6::text[], $7::text[], $8::timestamptz[], $9::text[])
            as u (stream, kind, ref, generation, due, owner, state, settled, warns)
        on conflict (stream, kind, ref, generation) do update
           set due_at = excluded.due_at, owner = excluded.owner, state = excluded.state, warns_at = excluded.warns_at, leased_until = null,
               settled_at = case when excluded.state = 'Missed' then coalesce(deadlines.settled_at, excluded.settled_at) end
        """;

    private const string Vanished = """
        update crisis.deadlines d set state = case d.state when 'Missed' then 'Late' else 'Met' end, settled_at = u.at, leased_until = null
          from unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::timestamptz[]) as u (stream, kind, ref, generation, at)
         where d.stream = u.stream and d.kind = u.kind and d.ref = u.ref and d.generation = u.generation and d.state in ('Open', 'Missed')
        """;

    public static void Add(NpgsqlBatch statements, StreamKind kind, IEnumerable<StreamChange> changes)
    {
        List<Row> standing = [];
        List<Row> vanished = [];
        foreach (var change in changes.Where(c => !kind.OnlyVersionMoved(c.Before, c.After)))
        {
            var (stood, gone) = Moved(kind, change);
            standing.AddRange(stood);
            vanished.AddRange(gone);
        }

        if (standing.Count > 0)
        {
            statements.Append(
                Standing, Streams(standing), Kinds(standing), Refs(standing), Generations(standing), standing.Select(r => r.Deadline.DueAt).ToArray(),
                standing.Select(r => r.Deadline.Owner).ToArray(), standing.Select(r => r.Deadline.Missed ? "Missed" : "Open").ToArray(),
                standing.Select(r => r.Deadline.Missed ? r.At : (DateTimeOffset?)null).ToArray(), standing.Select(r => Warnings(r.Deadline)).ToArray());
        }

        if (vanished.Count > 0)
        {
            statements.Append(Vanished, Streams(vanished), Kinds(vanished), Refs(vanished), Generations(vanished), vanished.Select(r => r.At).ToArray());
        }
    }

    /// <summary>
    /// What began to stand and what vanished, one command after the other (its events have one instant): a clock that came and went within one
    /// batch has its row as if each command had been written by itself, so the rows follow from the events alone.
    /// </summary>
    private static (IEnumerable<Row> Standing, IEnumerable<Row> Vanished) Moved(StreamKind kind, StreamChange change)
    {
        Dictionary<(string, string, int), Row> standing = [];
        Dictionary<(string, string, int), Row> vanished = [];
        var before = kind.Deadlines(change.Before).ToArray();
        foreach (var @event in change.Events.Where((e, i) => i + 1 == change.Events.Count || change.Events[i + 1].Stamp.RecordedAt != e.Stamp.RecordedAt))
        {
            var after = kind.Deadlines(@event.After).ToArray();
            foreach (var deadline in after.Except(before))
            {
                // What is missed was missed when it was first, whatever of it changes later.
                var missed = standing.GetValueOrDefault(Id(deadline)) is { Deadline.Missed: true } earlier && deadline.Missed ? earlier.At : (DateTimeOffset?)null;
                standing[Id(deadline)] = new Row(change.Key, deadline, missed ?? @event.Stamp.RecordedAt);
                vanished.Remove(Id(deadline));
            }

            foreach (var deadline in before.ExceptBy(after.Select(Id), Id))
            {
                vanished[Id(deadline)] = new Row(change.Key, deadline, @event.Stamp.RecordedAt);
            }

            before = after;
        }

        return (standing.Values, vanished.Values);
    }

    private static string Warnings(Deadline deadline) =>
        Statements.ArrayText(deadline.Warns?.Instants.Select(at => at.ToString("o", CultureInfo.InvariantCulture)) ?? []);

    private static (string, string, int) Id(Deadline deadline) => (deadline.Kind, deadline.Ref, deadline.Generation);

    private static string[] Streams(List<Row> rows) => [.. rows.Select(r => r.Stream)];

    private static string[] Kinds(List<Row> rows) => [.. rows.Select(r => r.Deadline.Kind)];

    private static string[] Refs(List<Row> rows) => [.. rows.Select(r => r.Deadline.Ref)];

    private static int[] Generations(List<Row> rows) => [.. rows.Select(r => r.Deadline.Generation)];

    private sealed record Row(string Stream, Deadline Deadline, DateTimeOffset At);
}
