using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Escalations;

/// <summary>Keeps the clocks that the SLA board counts. One statement for a batch, and none when no clock changed.</summary>
public static class ClockRows
{
    // What another stream has met (MeetReferralClocks) stays met until the clock is started anew.
    private const string Upsert = """
        insert into crisis.clocks (stream, clock_id, kind, started_at, due_at, warns_at, result, met_at, breaches)
        select * from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::timestamptz[], $6::timestamptz[], $7::text[], $8::timestamptz[], $9::int[])
        on conflict (stream, clock_id) do update
           set started_at = excluded.started_at, due_at = excluded.due_at, warns_at = excluded.warns_at, breaches = excluded.breaches,
               result = case when clocks.met_at is not null and excluded.met_at is null and clocks.started_at = excluded.started_at then clocks.result else excluded.result end,
               met_at = case when clocks.started_at = excluded.started_at then coalesce(excluded.met_at, clocks.met_at) else excluded.met_at end
        """;

    public static void Add(NpgsqlBatch statements, IEnumerable<StreamChange> changes)
    {
        (string Stream, Clock Clock)[] changed = [.. changes.SelectMany(Changed)];
        if (changed.Length == 0)
        {
            return;
        }

        statements.Append(
            Upsert,
            changed.Select(c => c.Stream).ToArray(),
            changed.Select(c => c.Clock.ClockId).ToArray(),
            changed.Select(c => c.Clock.Kind.ToString()).ToArray(),
            changed.Select(c => c.Clock.StartedAt).ToArray(),
            changed.Select(c => c.Clock.DueAt).ToArray(),
            changed.Select(c => WarnsAt(c.Clock)).ToArray(),
            changed.Select(c => c.Clock.Result.ToString()).ToArray(),
            changed.Select(c => c.Clock.MetAt).ToArray(),
            changed.Select(c => c.Clock.Breaches).ToArray());
    }

    private static IEnumerable<(string, Clock)> Changed(StreamChange change)
    {
        var (before, after) = (((Escalation)change.Before).Clocks, ((Escalation)change.After).Clocks);
        return ReferenceEquals(before, after) ? [] : after.Except(before).Select(clock => (change.Key, clock));
    }

    internal static DateTimeOffset WarnsAt(Clock clock) => EscalationDeadlines.Warns(clock).First;
}
