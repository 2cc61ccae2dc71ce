using CrisisOps.Domain.Intake;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Intake;

/// <summary>Reads and writes the alerts of a chunk, each in one round trip.</summary>
public sealed class AlertStore(NpgsqlDataSource database)
{
    private const string Known = "select id, escalation is null, reason from crisis.alerts where id = any ($1)";

    private const string Homes = """
        select k.key, k.escalation, e.key, e.open, k.seen_at, e.merged_into
          from unnest($1::uuid[]) as u (key) join crisis.alert_keys k on k.key = u.key left join crisis.escalations e on e.key = k.escalation
        """;

    private const string Merged = """
        with recursive way as (
            select e.key as first, e.key, e.merged_into, e.open, 0 as n from crisis.escalations e where e.key = any ($1)
            union all
            select w.first, e.key, e.merged_into, e.open, w.n + 1 from way w join crisis.escalations e on e.key = w.merged_into where w.n < 20)
        select distinct on (first) first, key, open from way order by first, n desc
        """;

    // A case that ended since it was looked up takes nothing more, and what somebody else stored meanwhile is not stored twice: both are looked up
    // again. What was kept back and is looked at again has its row, and was counted among the reports. Each case is looked for once, however many
    // alerts belong to it.
    private static readonly string _place = $"""
        with homes as materialized (select e.key from crisis.escalations e where e.key = any ($26) and e.open),
             stored as (
                insert into crisis.alerts as a ({AlertRows.Stored})
                select {AlertRows.Values} from {AlertRows.Given} where u.escalation is null or u.escalation in (select h.key from homes h)
                    on conflict (id) do update set escalation = excluded.escalation, reason = excluded.reason, matched = excluded.matched, maintenance = excluded.maintenance,
                                                   rule = excluded.rule, severity = excluded.severity, raises = excluded.raises, placed_at = greatest(a.received_at, a.placed_at, $25)
                 where $25::timestamptz is not null and a.escalation is null
                returning id, escalation, source, severity, matched, raises, threat, {AlertRows.ForReports}),
             folded as ({AlertRows.Folded("stored")}),
             volume as ({IntakeVolume.Of(AlertRows.Reported("stored s where $25::timestamptz is null"))})
        select id from stored
        """;

    // A key that led to a case which is over, or was merged, leads to this one now, unless somebody was faster.
    private const string Keys = """
        insert into crisis.alert_keys as k (key, escalation, seen_at, before)
        select distinct on (u.key) u.key, u.home, u.seen, u.old from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::text[]) as u (key, home, seen, old) order by u.key
            on conflict (key) do update set escalation = excluded.escalation, seen_at = excluded.seen_at, before = excluded.before
         where (k.escalation = excluded.escalation and k.seen_at < excluded.seen_at) or k.escalation = excluded.before
        """;

    private static readonly TimeSpan _freshFor = TimeSpan.FromMinutes(10);

    /// <summary>Whether a key's mark of when it was last met is new enough: ten minutes, and a tenth of the window in which content belongs together.</summary>
    internal static bool Fresh(AlertHome home, ReceivedAlert alert)
    {
        var tenth = alert.Reading.ContentWindow / 10;
        return home.SeenAt >= alert.ReceivedAt - (tenth < _freshFor ? tenth : _freshFor);
    }

    public async Task<AlertLookup> Look(IReadOnlyList<ReceivedAlert> chunk, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection);
        batch.Append(Known, chunk.Select(a => a.Id).ToArray());
        batch.Append(Homes, chunk.SelectMany(a => a.Keys).Select(k => k.Hash).Distinct().ToArray());
        Dictionary<Guid, KeptReason?> stored = [];
        Dictionary<Guid, AlertHome> homes = [];
        Dictionary<string, List<Guid>> merged = new(StringComparer.Ordinal);
        await using (var reader = await batch.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
            {
                stored[reader.GetGuid(0)] = reader.GetBoolean(1) && Enum.TryParse<KeptReason>(reader.GetString(2), out var kept) ? kept : null;
            }

            await reader.NextResultAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                var (key, claimed) = (reader.GetGuid(0), reader.GetString(1));
                homes[key] = new AlertHome(claimed, claimed, !await reader.IsDBNullAsync(2, cancellation) && reader.GetBoolean(3), reader.GetFieldValue<DateTimeOffset>(4));
                if (!await reader.IsDBNullAsync(5, cancellation))
                {
                    (merged.TryGetValue(claimed, out var keys) ? keys : merged[claimed] = []).Add(key);
                }
            }
        }

        if (merged.Count > 0)
        {
            await Follow(connection, merged, homes, cancellation);
        }

        return new AlertLookup(stored, homes);
    }

    /// <summary>Stores what folds and what is kept, durably. Two who store the same ones take them in the same order, so that neither waits for the other.</summary>
    /// <param name="movedAt">They are stored, were kept back, and are given their place at this instant; null for alerts that come in.</param>
    /// <returns>The ids of those that were stored; the others are to be looked up again.</returns>
    public async Task<IReadOnlySet<Guid>> Place(IReadOnlyList<PlacedAlert> alerts, AlertLookup lookup, DateTimeOffset? movedAt, CancellationToken cancellation)
    {
        alerts = [.. alerts.OrderBy(a => a.Alert.Id)];
        await using var connection = await database.OpenConnectionAsync(cancellation);
        if (movedAt is null && alerts.Count >= AlertCopy.Worth && await AlertCopy.TryPlace(connection, alerts, batch => AddKeys(batch, alerts, lookup), cancellation))
        {
            return alerts.Select(a => a.Alert.Id).ToHashSet();
        }

        await using var batch = new NpgsqlBatch(connection);
        batch.Append(_place, [.. AlertRows.Columns(alerts), movedAt, alerts.Select(a => a.Escalation).OfType<string>().Distinct(StringComparer.Ordinal).ToArray()]);
        AddKeys(batch, alerts, lookup);
        var stored = new HashSet<Guid>(alerts.Count);
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            stored.Add(reader.GetGuid(0));
        }

        // The commit is known to be done once the last statement has answered.
        while (await reader.NextResultAsync(cancellation))
        {
        }

        return stored;
    }

    /// <summary>The case that was raised under this reference of this owner in whatever way; null when there is none.</summary>
    public async Task<(string Key, bool Open)?> UnderReference(string naturalKey, CancellationToken cancellation)
    {
        await using var command = database.Statement("select key, open from crisis.escalations where natural_key = $1", naturalKey);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? (reader.GetString(0), reader.GetBoolean(1)) : null;
    }

    private static void AddKeys(NpgsqlBatch batch, IReadOnlyList<PlacedAlert> alerts, AlertLookup lookup)
    {
        var keys = alerts.Where(a => a.Escalation is not null).SelectMany(a => a.Alert.Keys.Where(k => Stale(k, a, lookup)).Select(k => (k.Hash, Home: a.Escalation!, a.Alert.ReceivedAt, Old: lookup.Homes.GetValueOrDefault(k.Hash)?.Claimed))).ToArray();
        if (keys.Length > 0)
        {
            batch.Append(Keys, keys.Select(k => k.Hash).ToArray(), keys.Select(k => k.Home).ToArray(), keys.Select(k => k.ReceivedAt).ToArray(), keys.Select(k => k.Old).ToArray());
        }
    }

    private static bool Stale(AlertKey key, PlacedAlert alert, AlertLookup lookup) =>
        alert.Alert.Alert.Action == AlertAction.Trigger
        && (lookup.Homes.GetValueOrDefault(key.Hash) is not { Open: true } home || (home.Escalation == alert.Escalation && !Fresh(home, alert.Alert)));

    private static async Task Follow(NpgsqlConnection connection, Dictionary<string, List<Guid>> merged, Dictionary<Guid, AlertHome> homes, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Merged, connection) { Parameters = { new() { Value = merged.Keys.ToArray() } } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            foreach (var key in merged[reader.GetString(0)])
            {
                homes[key] = homes[key] with { Escalation = reader.GetString(1), Open = reader.GetBoolean(2) };
            }
        }
    }
}
