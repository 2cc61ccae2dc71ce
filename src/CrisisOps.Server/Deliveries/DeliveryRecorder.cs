using System.Threading.Channels;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Deliveries;

/// <summary>An attempt that was made, or the reason why none was.</summary>
/// <param name="Suppressed">The message does not go out: why. Then nothing else is recorded.</param>
public sealed record MadeAttempt(LeasedDelivery Delivery, AttemptOutcome Outcome, DateTimeOffset At, TimeSpan Took, string? Suppressed = null);

/// <summary>
/// Writes what became of attempts, many in one commit: at a thousand deliveries a second a commit for each would cost more than the sending.
/// What is lost with the process between sending and writing is sent again after its lease, with the same id.
/// </summary>
public sealed class DeliveryRecorder(NpgsqlDataSource database, DeliverySettings settings, WakeUps wakeUps)
{
    private const int Most = 512;

    private const string Attempts = """
        insert into crisis.delivery_attempts (delivery, n, at, latency_ms, result, status, size, body_hash)
        select * from unnest($1::text[], $2::int[], $3::timestamptz[], $4::int[], $5::text[], $6::text[], $7::int[], $8::text[]) on conflict (delivery, n) do nothing
        """;

    // An attempt whose lease ran out was made a second time, by whoever took the message then: both stand in the list, the later record at the end.
    // The same attempt written twice has the same instant.
    private const string SecondAttempts = """
        insert into crisis.delivery_attempts (delivery, n, at, latency_ms, result, status, size, body_hash)
        select u.delivery, (select max(a.n) from crisis.delivery_attempts a where a.delivery = u.delivery) + row_number() over (partition by u.delivery order by u.at),
               u.at, u.latency_ms, u.result, u.status, u.size, u.body_hash
          from unnest($1::text[], $2::int[], $3::timestamptz[], $4::int[], $5::text[], $6::text[], $7::int[], $8::text[]) as u (delivery, n, at, latency_ms, result, status, size, body_hash)
         where not exists (select 1 from crisis.delivery_attempts a where a.delivery = u.delivery and a.at = u.at)
        """;

    // What was settled in the meantime stays so, and whoever's lease ran out says nothing of where it stands now, unless it arrived. What was
    // overtaken while it was on its way has a reason already, and is not tried again. The state is compared as an expression: else the index of
    // all that waits is read for each batch, and not the few rows that are named.
    private const string Outcomes = """
        update crisis.deliveries d set attempts = greatest(d.attempts, u.attempts), leased_until = null, next_at = coalesce(u.next_at, d.next_at),
               state = case when d.reason is not null and u.state <> 'Delivered' then 'Cancelled' else u.state end,
               reason = case when d.reason is not null and u.state <> 'Delivered' then d.reason else u.reason end,
               settled_at = case when d.reason is not null or u.state <> 'Queued' then u.at end
          from unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::timestamptz[]) as u (id, state, attempts, reason, next_at, at, leased_until)
         where d.id = u.id and d.state || '' = 'Queued' and (d.leased_until = u.leased_until or u.state in ('Delivered', 'Suppressed'))
        """;

    // By the ids that are named, whatever the planner thinks of the sizes of the tables.
    private const string Count = """
        update crisis.deliveries d set attempts = (select max(a.n) from crisis.delivery_attempts a where a.delivery = d.id)
         where d.id = any ($1) and d.attempts < (select max(a.n) from crisis.delivery_attempts a where a.delivery = d.id)
        """;

    private const string Recovered = "delete from crisis.endpoint_health where target = any ($1)";

    // Failures that come together count together; one success ends the trouble. After enough of them in a row the endpoint is left alone, twice as
    // long with each further one, up to ten minutes.
    private static readonly string _trouble = $"""
        insert into crisis.endpoint_health as h (target, failures, closed_until)
        select u.target, u.failures, greatest(u.closed, {LeftAlone("u.failures")}) from unnest($1::text[], $2::int[], $3::timestamptz[]) as u (target, failures, closed)
        on conflict (target) do update set failures = h.failures + excluded.failures,
               closed_until = greatest(h.closed_until, excluded.closed_until, {LeftAlone("h.failures + excluded.failures")})
        """;

    private static string LeftAlone(string failures) =>
        $"case when {failures} >= $4 then $5::timestamptz + least(interval '10 minutes', $6::interval * power(2, least(10, {failures} - $4))) end";

    private readonly Channel<(MadeAttempt Attempt, TaskCompletionSource Written)> _made = Channel.CreateUnbounded<(MadeAttempt, TaskCompletionSource)>(new() { SingleReader = true });

    /// <summary>Completes when it is written.</summary>
    public Task Record(MadeAttempt attempt)
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _made.Writer.TryWrite((attempt, written));
        return written.Task;
    }

    /// <summary>Writes until cancelled. While the database is away, what was made waits.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        List<(MadeAttempt Attempt, TaskCompletionSource Written)> batch = [];
        while (await _made.Reader.WaitToReadAsync(cancellation))
        {
            while (batch.Count < Most && _made.Reader.TryRead(out var next))
            {
                batch.Add(next);
            }

            await Write([.. batch.Select(b => b.Attempt)], cancellation);
            batch.ForEach(b => b.Written.TrySetResult());
            batch.Clear();
            wakeUps.Committed([DeliveryRows.Signal]);
        }
    }

    private async Task Write(MadeAttempt[] made, CancellationToken cancellation)
    {
        for (; ; await Task.Delay(TimeSpan.FromMilliseconds(500), cancellation))
        {
            try
            {
                await WriteOnce(made, cancellation);
                return;
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException or IOException)
            {
                // Everything here can be written twice.
            }
        }
    }

    private async Task WriteOnce(MadeAttempt[] made, CancellationToken cancellation)
    {
        var sent = Array.FindAll(made, m => m.Suppressed is null);
        Row[] rows = [.. made.Select(Settled).OrderBy(r => r.Id, StringComparer.Ordinal)];
        await using var connection = await database.OpenConnectionAsync(cancellation);
        // One round trip and one transaction: until it is back, nobody who waits for a slot sends.
        await using var batch = new NpgsqlBatch(connection);
        object?[] attempts =
        [
            sent.Select(m => m.Delivery.Id).ToArray(), sent.Select(m => m.Delivery.Attempts + 1).ToArray(), sent.Select(m => m.At).ToArray(), sent.Select(m => (int)m.Took.TotalMilliseconds).ToArray(),
            sent.Select(m => m.Outcome.Result.ToString()).ToArray(), sent.Select(m => m.Outcome.Status).ToArray(), sent.Select(m => m.Delivery.Message.Body.Length).ToArray(),
            sent.Select(m => m.Delivery.BodyHash).ToArray(),
        ];
        batch.Append(Attempts, attempts);
        batch.Append(SecondAttempts, attempts);
        batch.Append(
            Outcomes, rows.Select(r => r.Id).ToArray(), rows.Select(r => r.State.ToString()).ToArray(), rows.Select(r => r.Attempts).ToArray(), rows.Select(r => r.Reason).ToArray(),
            rows.Select(r => r.NextAt).ToArray(), rows.Select(r => r.At).ToArray(), rows.Select(r => r.LeasedUntil).ToArray());
        batch.Append(Count, (object)rows.Select(r => r.Id).ToArray());
        Health(batch, sent);
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    private Row Settled(MadeAttempt made)
    {
        var attempts = made.Delivery.Attempts + (made.Suppressed is null ? 1 : 0);
        Row As(DeliveryState state, string? reason = null, DateTimeOffset? next = null) => new(made.Delivery.Id, state, attempts, reason, next, made.At, made.Delivery.LeasedUntil);
        if (made.Suppressed is { } why)
        {
            return As(DeliveryState.Suppressed, why);
        }

        if (made.Outcome.Result is AttemptResult.Delivered)
        {
            return As(DeliveryState.Delivered);
        }

        var next = made.Outcome.Result == AttemptResult.Gone ? null : settings.Next(attempts - made.Delivery.Restarts, made.At, Random.Shared.NextDouble());
        return next is { } at
            ? As(DeliveryState.Queued, null, made.Outcome.RetryAfter > at ? made.Outcome.RetryAfter : at)
            : As(DeliveryState.Exhausted, made.Outcome.Result == AttemptResult.Gone ? "gone" : made.Outcome.Status);
    }

    private void Health(NpgsqlBatch batch, MadeAttempt[] sent)
    {
        var byTarget = sent.GroupBy(m => m.Delivery.Target, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).ToArray();
        var well = byTarget.Where(g => g.Any(m => m.Outcome.Result == AttemptResult.Delivered)).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        var ill = byTarget.Where(g => !well.Contains(g.Key)).ToArray();
        if (well.Count > 0)
        {
            batch.Append(Recovered, (object)well.ToArray());
        }

        if (ill.Length > 0)
        {
            batch.Append(
                _trouble, ill.Select(g => g.Key).ToArray(), ill.Select(g => g.Count()).ToArray(),
                ill.Select(g => g.Where(m => m.Outcome.Result == AttemptResult.Throttled).Max(m => m.Outcome.RetryAfter ?? m.At.AddSeconds(5) as DateTimeOffset?)).ToArray(),
                settings.CircuitAfter, sent.Max(m => m.At), settings.CircuitFor);
        }
    }

    private sealed record Row(string Id, DeliveryState State, int Attempts, string? Reason, DateTimeOffset? NextAt, DateTimeOffset At, DateTimeOffset LeasedUntil);
}
