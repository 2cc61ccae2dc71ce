using System.Text.Json;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Streams;
using Npgsql;
using NpgsqlTypes;

namespace CrisisOps.Server.Intake;

/// <summary>An alert that raises a case: stored in the commit that opens it, with its keys, or not at all.</summary>
/// <param name="Olds">For each of its keys the ended case it led to; null for one that led nowhere.</param>
public sealed record RaisingAlert(ReceivedAlert Alert, IReadOnlyList<string?> Olds);

/// <summary>The rows of alerts: arrays for a whole chunk instead of a statement for each.</summary>
public static class AlertRows
{
    public const string Raised = "New";

    /// <summary>Unnests the arrays of <see cref="Columns"/>.</summary>
    public const string Given = $"""
        unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::timestamptz[], $10::smallint[], $11::text[], $12::text[],
               $13::smallint[], $14::boolean[], $15::bytea[], $16::text[], $17::text[], $18::text[], $19::text[], $20::text[], $21::text[], $22::boolean[], $23::boolean[], $24::text[])
          as u ({Stored})
        """;

    public const string Stored =
        "id, source, key_id, owner, format, action, reference, dedup_key, received_at, severity, policy_area, regions, tlp, exercise, hash, escalation, reason, matched, rule, maintenance, kind, raises, threat, body";

    public const string Values =
        """
        u.id, u.source, u.key_id, u.owner, u.format, u.action, u.reference, u.dedup_key, u.received_at, u.severity, u.policy_area,
        coalesce(string_to_array(nullif(u.regions, ''), ' '), '{}'), u.tlp, u.exercise, u.hash, u.escalation, u.reason, u.matched, u.rule, u.maintenance, u.kind, u.raises, u.threat, u.body
        """;

    /// <summary>What <see cref="Reported"/> looks at. A statement that hands on whole rows, with their bodies, takes half as long again.</summary>
    public const string ForReports = "action, reason, exercise, received_at, policy_area, regions, kind";

    // One that was kept back before has its row, and was counted among the reports: xmax tells such a row from a new one. It has moved when the
    // case was raised, whose first event stands before this in the same commit.
    private static readonly string _raising = $"""
        with stored as (
                insert into crisis.alerts as a ({Stored}) select {Values} from {Given}
                    on conflict (id) do update set escalation = excluded.escalation, reason = excluded.reason, rule = excluded.rule, severity = excluded.severity, maintenance = null,
                                                   placed_at = greatest(a.received_at, a.placed_at, (select f.timestamp from crisis.mt_events f where f.stream_id = excluded.escalation and f.version = 1))
                     where a.escalation is null
                returning {ForReports}, xmax = 0 as fresh)
        {IntakeVolume.Of(Reported("stored s where s.fresh"))}
        """;

    /// <summary>What counts as reported, of stored alerts: not what was taken back or what machines answer, and no exercise.</summary>
    /// <param name="stored">The rows, and a condition.</param>
    /// <param name="region">The first region of a row; empty for none.</param>
    public static string Reported(string stored, string region = "coalesce(s.regions[1], '')") =>
        $"(select s.received_at, s.policy_area, {region} as regions, s.kind from {stored} and s.action = 'Trigger' and s.reason <> '{nameof(KeptReason.Automatic)}' and not s.exercise) u";

    /// <summary>The statement that notes what was folded into which case, for <see cref="FoldTally"/> to tell.</summary>
    /// <param name="stored">Where the alerts are: the name of a common table.</param>
    public static string Folded(string stored) => $"""
        insert into crisis.alert_folds (escalation, source, reason, n, worst, threat, matched)
        select u.escalation, u.source, u.reason, count(*), min(u.severity) filter (where u.raises and u.action = 'Trigger'), bool_or(u.threat and u.action = 'Trigger'), max(u.matched)
          from {stored} u where u.escalation is not null group by 1, 2, 3
        """;

    /// <summary>The alerts that raised cases, in the commit that opens these.</summary>
    public static void Add(NpgsqlBatch statements, IReadOnlyList<(string Escalation, RaisingAlert Raising)> raised)
    {
        if (raised.Count == 0)
        {
            return;
        }

        // In the order in which every writer takes them, so that none waits for another that waits for it.
        statements.Append(_raising, Columns([.. raised.OrderBy(r => r.Raising.Alert.Id).Select(r => new PlacedAlert(r.Raising.Alert, r.Escalation, Raised, null))]));
        var keys = raised.SelectMany(r => r.Raising.Alert.Keys.Zip(r.Raising.Olds, (key, old) => (Key: key.Hash, r.Escalation, Old: old, Seen: r.Raising.Alert.ReceivedAt))).ToArray();
        statements.Append(
            "select crisis.claim_alert_keys($1, $2, $3, $4)", keys.Select(k => k.Key).ToArray(), keys.Select(k => k.Escalation).ToArray(), keys.Select(k => k.Old).ToArray(), keys.Select(k => k.Seen).ToArray());
    }

    /// <summary>The arrays that <see cref="Given"/> unnests.</summary>
    public static object?[] Columns(IReadOnlyList<PlacedAlert> alerts)
    {
        T[] Column<T>(Func<PlacedAlert, T> of)
        {
            var column = new T[alerts.Count];
            for (var i = 0; i < column.Length; i++)
            {
                column[i] = of(alerts[i]);
            }

            return column;
        }

        return
        [
            Column(a => a.Alert.Id), Column(a => a.Alert.Source.Key), Column(a => a.Alert.KeyId), Column(a => a.Alert.Owner), Column(a => a.Alert.Alert.Format.ToString()),
            Column(a => a.Alert.Alert.Action.ToString()), Column(a => a.Alert.Alert.ExternalRef), Column(a => a.Alert.Alert.DedupKey), Column(a => a.Alert.ReceivedAt),
            Column(a => (short)a.Alert.Reading.Severity), Column(a => a.Alert.Reading.PolicyArea.ToString()), Column(a => string.Join(' ', a.Alert.Reading.Regions)),
            Column(SecrecyOf), Column(a => a.Alert.Exercise), Column(a => a.Alert.Hash), Column(a => a.Escalation), Column(a => a.Reason),
            Column(a => a.Matched), Column(a => a.Alert.Reading.Rule), Column(a => a.Maintenance), Column(a => a.Alert.Source.Kind.ToString()), Column(a => a.Alert.Reading.RaisesSeverity),
            Column(a => a.Alert.Alert.ThreatToLife), Column(BodyOf),
        ];
    }

    /// <summary>Writes the row of an alert, in the order of <see cref="Stored"/>.</summary>
    public static void Write(NpgsqlBinaryImporter copy, PlacedAlert placed)
    {
        void Text(string? value)
        {
            if (value is null)
            {
                copy.WriteNull();
            }
            else
            {
                copy.Write(value, NpgsqlDbType.Text);
            }
        }

        var alert = placed.Alert;
        copy.StartRow();
        copy.Write(alert.Id);
        Text(alert.Source.Key);
        Text(alert.KeyId);
        Text(alert.Owner);
        Text(alert.Alert.Format.ToString());
        Text(alert.Alert.Action.ToString());
        Text(alert.Alert.ExternalRef);
        Text(alert.Alert.DedupKey);
        copy.Write(alert.ReceivedAt, NpgsqlDbType.TimestampTz);
        copy.Write((short)alert.Reading.Severity);
        Text(alert.Reading.PolicyArea.ToString());
        copy.Write(alert.Reading.Regions.ToArray());
        copy.Write(SecrecyOf(placed));
        copy.Write(alert.Exercise);
        copy.Write(alert.Hash);
        Text(placed.Escalation);
        Text(placed.Reason);
        Text(placed.Matched);
        Text(alert.Reading.Rule);
        Text(placed.Maintenance);
        Text(alert.Source.Kind.ToString());
        copy.Write(alert.Reading.RaisesSeverity);
        copy.Write(alert.Alert.ThreatToLife);
        Text(BodyOf(placed));
    }

    private static short SecrecyOf(PlacedAlert placed) => (short)Domain.Intake.Raising.SecrecyOf(placed.Alert.Alert, placed.Alert.Source);

    private static string BodyOf(PlacedAlert placed) => JsonSerializer.Serialize(placed.Alert.Alert, Json.Stored);
}

/// <summary>An alert with what became of it.</summary>
/// <param name="Escalation">Where it belongs; null when it is kept.</param>
/// <param name="Matched">By what it was found; null when it was not.</param>
public sealed record PlacedAlert(ReceivedAlert Alert, string? Escalation, string Reason, string? Matched, string? Maintenance = null);
