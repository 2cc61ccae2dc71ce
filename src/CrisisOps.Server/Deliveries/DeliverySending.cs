using System.Collections.Concurrent;
using System.Diagnostics;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Streams;
using CrisisOps.Server.Subscriptions;
using Npgsql;

namespace CrisisOps.Server.Deliveries;

/// <summary>
/// Sends what is due. Endpoints that failed last time have a small share of their own, and none has more than a few messages on its way: so a
/// slow or dead one delays itself and nobody else.
/// </summary>
public sealed partial class DeliverySending(
    DeliveryLeases leases, DeliveryRecorder recorder, DeliveryTargets targets, IEnumerable<IChannel> channels, SignedLinks links, DeliverySettings settings, WakeUps wakeUps, TimeProvider clock,
    IHostApplicationLifetime lifetime, ILogger<DeliverySending> log) : BackgroundService
{
    private static readonly TimeSpan _poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _again = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<Domain.Crises.Channel, IChannel> _channels = channels.ToDictionary(c => c.Kind);
    private readonly ConcurrentDictionary<string, int> _onTheirWay = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.Started(stoppingToken);
        // They outlive a lost database: what is on its way keeps its slot.
        using SemaphoreSlim well = new(settings.AtOnce, settings.AtOnce), troubled = new(settings.AtOnceTroubled, settings.AtOnceTroubled);
        await Task.WhenAll(
            Forever(recorder.Run, stoppingToken),
            Forever(c => Send(troubled: false, well, c), stoppingToken),
            Forever(c => Send(troubled: true, troubled, c), stoppingToken));
    }

    private async Task Forever(Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await work(cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is NpgsqlException { IsTransient: true } or TimeoutException or IOException)
            {
                LogLost(log, exception.GetType().Name);
            }
            catch (Exception exception)
            {
                LogStopped(log, exception);
            }

            await Task.Delay(_again, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Send(bool troubled, SemaphoreSlim slots, CancellationToken cancellation)
    {
        while (true)
        {
            await slots.WaitAsync(cancellation);
            slots.Release();
            var woken = wakeUps.Next(DeliveryRows.Signal);
            var taken = await Take(troubled, slots.CurrentCount, cancellation);
            var aims = await Aims(taken, cancellation);
            foreach (var delivery in taken)
            {
                await slots.WaitAsync(cancellation);
                _ = One(delivery, aims[delivery.Id], slots, cancellation);
            }

            if (taken.Count == 0)
            {
                await Task.WhenAny(woken, Task.Delay(_poll, cancellation));
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>What may go out now; of one endpoint no more than it may have on its way.</summary>
    private async Task<List<LeasedDelivery>> Take(bool troubled, int limit, CancellationToken cancellation)
    {
        var busy = _onTheirWay.Where(t => t.Value >= settings.AtOnceToOne).Select(t => t.Key).ToArray();
        var leased = await leases.Take(clock.GetUtcNow(), troubled, busy, limit, cancellation);
        List<LeasedDelivery> taken = [];
        List<string> tooMany = [];
        foreach (var delivery in leased)
        {
            if (_onTheirWay.AddOrUpdate(delivery.Target, 1, static (_, count) => count + 1) <= settings.AtOnceToOne)
            {
                taken.Add(delivery);
            }
            else
            {
                Leave(delivery);
                tooMany.Add(delivery.Id);
            }
        }

        if (tooMany.Count > 0)
        {
            await OrLeave(taken, async () =>
            {
                await leases.Return([.. tooMany], cancellation);
                return true;
            });
        }

        return taken;
    }

    private async Task<Dictionary<string, (DeliveryAim? Aim, string? Why)>> Aims(List<LeasedDelivery> taken, CancellationToken cancellation) =>
        taken.Count == 0 ? [] : await OrLeave(taken, () => targets.Of([.. taken.Select(t => t.To)], cancellation));

    /// <summary>What is taken and then not sent is no longer on its way, or its endpoint would count as busy for ever.</summary>
    private async Task<T> OrLeave<T>(List<LeasedDelivery> taken, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch
        {
            taken.ForEach(Leave);
            throw;
        }
    }

    /// <summary>One attempt, and its record. The slot is free when it is written.</summary>
    private async Task One(LeasedDelivery delivery, (DeliveryAim? Aim, string? Why) target, SemaphoreSlim slots, CancellationToken cancellation)
    {
        try
        {
            var at = clock.GetUtcNow();
            var began = Stopwatch.GetTimestamp();
            var made = target.Aim is not { } aim
                ? new MadeAttempt(delivery, new AttemptOutcome(AttemptResult.Failed, ""), at, TimeSpan.Zero, target.Why)
                : new MadeAttempt(delivery, await Attempt(delivery, aim, at, cancellation), at, Stopwatch.GetElapsedTime(began));
            await recorder.Record(made).WaitAsync(cancellation);
            if (made is { Suppressed: null, Outcome.Result: AttemptResult.Gone })
            {
                await targets.Gone(delivery.To, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The lease runs out, and another node or the next start sends it, with the same id.
        }
        catch (Exception exception)
        {
            LogFailed(log, exception.GetType().Name, delivery.Id);
        }
        finally
        {
            Leave(delivery);
            slots.Release();
        }
    }

    private Task<AttemptOutcome> Attempt(LeasedDelivery delivery, DeliveryAim aim, DateTimeOffset at, CancellationToken cancellation) =>
        _channels.TryGetValue(delivery.Channel, out var channel)
            ? channel.Send(
                new OutgoingMessage(delivery.Id, aim.Address, delivery.Message.Subject, delivery.Message.ContentType, delivery.Message.Body, aim.Secrets, at)
                {
                    Unsubscribe = delivery.Subscription is { } subscription ? new Uri(links.To(SubscriptionLinks.Unsubscribe, subscription)) : null,
                    InReplyTo = delivery.InReplyTo,
                },
                cancellation)
            : Task.FromResult(new AttemptOutcome(AttemptResult.Failed, "no-channel"));

    private void Leave(LeasedDelivery delivery)
    {
        if (_onTheirWay.AddOrUpdate(delivery.Target, 0, static (_, count) => count - 1) <= 0)
        {
            _onTheirWay.TryRemove(KeyValuePair.Create(delivery.Target, 0));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Deliveries wait: the database does not answer ({Why})")]
    private static partial void LogLost(ILogger logger, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Sending stopped; it goes on in half a second")]
    private static partial void LogStopped(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Why} at delivery {Id}; it is sent again when its lease has run out")]
    private static partial void LogFailed(ILogger logger, string why, string id);
}
