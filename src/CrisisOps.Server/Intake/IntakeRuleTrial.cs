using System.Text.Json;
using CrisisOps.Domain.Intake;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Intake;

/// <summary>Tries rules over alerts of the past: what each would have come to, beside what the rules of then made of it. Writes nothing.</summary>
public sealed class IntakeRuleTrial(NpgsqlDataSource database, SourceBook sources)
{
    private const int MostAlerts = 100_000;
    private const int MostExamples = 100;

    public async Task<TrialOutcome> Over(IntakeRules rules, DateTimeOffset from, DateTimeOffset to, string? source, Caller reader, CancellationToken cancellation)
    {
        var arguments = new SqlArguments();
        await using var command = database.Statement(
            $"""
            select a.id, a.source, a.severity, a.rule, a.reason, a.body, {AlertSight.Any("a", reader, arguments)} from crisis.alerts a
             where a.received_at >= {arguments.Add(from)} and a.received_at < {arguments.Add(to)} and a.action = 'Trigger'{(source is null ? "" : $" and a.source = {arguments.Add(source)}")}
             order by a.received_at desc limit {MostAlerts + 1}
            """,
            arguments.Values);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var (alerts, raised, would, severity) = (0, 0, 0, 0);
        Dictionary<string, int> byRule = new(StringComparer.Ordinal);
        List<TrialExample> examples = [];
        while (alerts < MostAlerts && await rows.ReadAsync(cancellation))
        {
            if (await sources.Find(rows.GetString(1), cancellation) is not { Source: { } sender })
            {
                continue;
            }

            alerts++;
            var alert = JsonSerializer.Deserialize<IncomingAlert>(rows.GetString(5), Json.Stored)!;
            var (reading, old, reason) = (rules.Read(alert, sender), (Severity)rows.GetInt16(2), rows.GetString(4));
            var (wasKept, isKept) = (reason == nameof(KeptReason.BelowFloor), reading.BelowFloor && reason is AlertRows.Raised or nameof(KeptReason.BelowFloor));
            raised += reason == AlertRows.Raised ? 1 : 0;
            would += reason is AlertRows.Raised or nameof(KeptReason.BelowFloor) && !reading.BelowFloor ? 1 : 0;
            severity += reading.Severity != old ? 1 : 0;
            byRule[reading.Rule] = byRule.GetValueOrDefault(reading.Rule) + 1;
            if ((reading.Severity != old || wasKept != isKept || reading.Rule != rows.GetString(3)) && examples.Count < MostExamples)
            {
                examples.Add(new TrialExample(
                    rows.GetGuid(0).ToString(), sender.Key, rows.GetBoolean(6) ? alert.Title : null, rows.GetString(3), reading.Rule, old, reading.Severity, wasKept, isKept));
            }
        }

        return new TrialOutcome(alerts, alerts == MostAlerts && await rows.ReadAsync(cancellation), raised, would, severity, byRule, examples);
    }
}

/// <summary>Rules to try, and over which alerts.</summary>
/// <param name="Rules">In their order.</param>
/// <param name="From">Alerts received since then; absent is a day before the end.</param>
/// <param name="To">And before then; absent is now.</param>
/// <param name="Source">Of this source only.</param>
public sealed record TrialRequest(IReadOnlyList<IntakeRule> Rules, DateTimeOffset? From = null, DateTimeOffset? To = null, string? Source = null);

/// <param name="Alerts">How many were looked at, the newest first.</param>
/// <param name="More">There are more than are looked at.</param>
/// <param name="Raised">How many of them raised an escalation.</param>
/// <param name="WouldRaise">How many would raise one. What folded into a case would fold again, and is in neither number; alerts that were kept below a floor and have a key in common would raise one together, and are counted each.</param>
/// <param name="OtherSeverity">How many would have another severity.</param>
/// <param name="ByRule">How many each rule decides.</param>
/// <param name="Examples">What would change: at most 100.</param>
public sealed record TrialOutcome(int Alerts, bool More, int Raised, int WouldRaise, int OtherSeverity, IReadOnlyDictionary<string, int> ByRule, IReadOnlyList<TrialExample> Examples);

/// <param name="Title">Null where the reader does not read the alert: out of sight, or above their clearance.</param>
public sealed record TrialExample(string Receipt, string Source, string? Title, string RuleThen, string RuleNow, Severity SeverityThen, Severity SeverityNow, bool KeptThen, bool KeptNow);
