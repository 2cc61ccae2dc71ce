using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Intake;

/// <summary>Counts what is reported, by minute, for the surge rule: in the commit of the reports. Exercises never count.</summary>
public static class IntakeVolume
{
    /// <summary>The statement over rows with <c>received_at</c>, <c>policy_area</c>, <c>regions</c> and <c>kind</c>, all of which count.</summary>
    public static string Of(string given) => $"""
        insert into crisis.intake_volume as v (minute, policy_area, region, source, shard, n)
        select date_trunc('minute', u.received_at, 'UTC'), u.policy_area, split_part(u.regions, ' ', 1), u.kind, pg_backend_pid() % 8, count(*)
          from {given} group by 1, 2, 3, 4 order by 1, 2, 3, 4
            on conflict (minute, policy_area, region, source, shard) do update set n = v.n + excluded.n
        """;

    private static readonly string _raised = Of("unnest($1::timestamptz[], $2::text[], $3::text[], $4::text[]) as u (received_at, policy_area, regions, kind)");

    /// <summary>Cases that people and partners raise. An alert is counted where it is stored, and what we raise of a signal of our own is no report.</summary>
    public static void Add(NpgsqlBatch batch, IReadOnlyList<StreamChange> changes)
    {
        List<(EscalationRaised Raised, DateTimeOffset At)> opened = [];
        foreach (var change in changes)
        {
            if (change.Events[0] is { Data: EscalationRaised { Exercise: false, Source: not Source.RiskSignal } raised, Terms.Alert: null, Stamp: var stamp })
            {
                opened.Add((raised, stamp.RecordedAt));
            }
        }

        if (opened.Count > 0)
        {
            batch.Append(
                _raised, opened.Select(o => o.At).ToArray(), opened.Select(o => o.Raised.PolicyArea.ToString()).ToArray(), opened.Select(o => string.Join(' ', o.Raised.Region)).ToArray(),
                opened.Select(o => o.Raised.Source.ToString()).ToArray());
        }
    }
}
