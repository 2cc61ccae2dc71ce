using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Deliveries;

/// <summary>Messages about a crisis that wait too long.</summary>
/// <param name="Since">Since when the oldest waits, UTC.</param>
/// <param name="Channels">What holds them up, by name; <see cref="Delays.Rules"/> when it is not even decided who is told.</param>
public sealed record Delay(string Incident, DateTimeOffset Since, int Waiting, IReadOnlyList<string> Channels);

/// <summary>
/// What waits longer than <see cref="DeliverySettings.DelayedAfter"/>, by crisis, and not because of its receiver: a message that nobody has tried to
/// send although its endpoint does well, one that failed because the server of its channel is away, an event of which the rules have not heard.
/// </summary>
public sealed class Delays(NpgsqlDataSource database, IEnumerable<IChannel> channels, DeliverySettings settings)
{
    /// <summary>In the place of a channel: the rules lag, which decide who is told.</summary>
    public const string Rules = "rules";

    // Three looks, each at little: what is due for long, by deliveries_due; what waits for endpoints in trouble, by deliveries_for_endpoint; what is not
    // heard, by timeline_heard. With everything well none of them finds a row (0.2 ms); 5,000 messages that wait for dead endpoints take 25 ms.
    // A delay that is on record is followed to its end, also when the crisis is over before.
    private const string Waiting = """
        with live as materialized (
                select key from crisis.cards where kind = 'CR' and not exercise and (state in ('Active', 'Stabilizing') or key in (select incident from crisis.delays))),
             untried as (
                select d.incident, d.channel, d.next_at as since from crisis.deliveries d
                 where d.state = 'Queued' and d.next_at <= $1 and d.channel <> 'Phone' and d.attempts = d.restarts
                   and not exists (select 1 from crisis.endpoint_health h where h.target = d.target)),
             failed as (
                select w.incident, w.channel, w.since from (
                    select t.incident, t.channel,
                           (select f.at from crisis.delivery_attempts f where f.delivery = t.id and f.n = t.restarts + 1) as since,
                           (select a.status from crisis.delivery_attempts a where a.delivery = t.id and a.n = t.attempts) as status
                      from crisis.endpoint_health h
                      cross join lateral (
                        select d.id, d.incident, d.channel, d.attempts, d.restarts from crisis.deliveries d where d.target = h.target and d.state || '' = 'Queued' order by d.incident, d.position limit $3) t
                     where t.attempts > t.restarts and t.channel = any ($5)) w
                 where w.channel || ' ' || w.status = any ($2) and w.since <= $1),
             unheard as (
                select t.stream as incident, $4::text as channel, t.recorded_at as since
                  from (select t.stream, t.recorded_at from crisis.timeline t
                         where t.heard and t.xid >= (select position from crisis.subscriptions where name = 'reactions') order by t.xid limit $3) t
                 where t.recorded_at <= $1)
        select w.incident, w.channel, count(*)::int, min(w.since)
          from (select * from untried union all select * from failed union all select * from unheard) w join live on live.key = w.incident
         group by w.incident, w.channel order by w.incident, w.channel
        """;

    private const int Most = 1000;

    private readonly string[] _oneServer = [.. channels.Where(c => c.OwnFaults.Count > 0).Select(c => c.Kind.ToString())];
    private readonly string[] _faults = [.. channels.SelectMany(c => c.OwnFaults.Select(status => $"{c.Kind} {status}"))];

    /// <summary>The delays of this moment.</summary>
    public async Task<IReadOnlyList<Delay>> At(DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = database.Statement(Waiting, now - settings.DelayedAfter, _faults, Most, Rules, _oneServer);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<(string Incident, string Channel, int Waiting, DateTimeOffset Since)> rows = [];
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add((reader.GetString(0), reader.GetString(1), reader.GetInt32(2), reader.GetFieldValue<DateTimeOffset>(3)));
        }

        return [.. rows.GroupBy(r => r.Incident).Select(g => new Delay(g.Key, g.Min(r => r.Since), g.Sum(r => r.Waiting), [.. g.Select(r => r.Channel)]))];
    }
}
