using CrisisOps.Server.Access;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Intake;

/// <summary>
/// Alerts where they stood at an instant. Most stand there since they were received; of those that have moved since, <c>crisis.alert_places</c>
/// has where they stood before.
/// </summary>
public static class AlertsThen
{
    private const string Lasting = "a.id, a.source, a.key_id, a.format, a.received_at, a.policy_area, a.regions, a.tlp, a.exercise, a.hash, a.body";

    /// <summary>Rows like those of the table, without what had not come by then.</summary>
    public static string Sql(Past past, SqlArguments arguments)
    {
        var then = arguments.Add(past.Until);
        // By the clock of occurrence one counts from when it happened, if its source says so; never later than it was received.
        var came = past.Occurred ? $"(a.received_at <= {then} or (a.body::jsonb ->> 'occurredAt')::timestamptz <= {then})" : $"a.received_at <= {then}";
        return $"""
            (select {Lasting}, a.escalation, a.severity, a.reason, a.matched, a.rule, a.maintenance
               from crisis.alerts a where (a.placed_at is null or a.placed_at <= {then}) and {came}
             union all
             select {Lasting}, null, p.severity, p.reason, p.matched, p.rule, p.maintenance
               from crisis.alert_places p join crisis.alerts a on a.id = p.alert where p.until > {then} and (p.since is null or p.since <= {then}) and {came})
            """;
    }
}
