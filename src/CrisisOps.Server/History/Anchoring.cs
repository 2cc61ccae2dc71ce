using CrisisOps.Server.Hosting;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.History;

/// <summary>
/// Gives every signed head to every anchor, in order. An anchor that fails is tried again, less and less often, and holds up no other and nobody
/// who posts.
/// </summary>
public sealed partial class Anchoring(IEnumerable<IAnchor> anchors, Heads heads, WakeUps wakeUps, IHostApplicationLifetime lifetime, ILogger<Anchoring> log) : BackgroundService
{
    private const int Page = 500;
    private static readonly TimeSpan _poll = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(5);

    /// <summary>An export waits so long for its head to be anchored; after that it goes out, and the head is anchored later.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    private readonly Work[] _works = [.. anchors.Select(anchor => new Work(anchor))];

    /// <summary>How each anchor does, on this node.</summary>
    public IReadOnlyList<AnchorStanding> Standings => [.. _works.Select(work => work.Standing)];

    /// <summary>Anchors what is signed by now, at once, and not longer than that is worth waiting for.</summary>
    public async Task Now(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(_patience);
        await Task.WhenAll(_works.Select(work => Try(work, limit.Token)));
        cancellation.ThrowIfCancellationRequested();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.Started(stoppingToken);
        await Task.WhenAll(_works.Select(work => Forever(work, stoppingToken)));
    }

    public override void Dispose()
    {
        Array.ForEach(_works, work => work.Turn.Dispose());
        base.Dispose();
    }

    private async Task Forever(Work work, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            var woken = wakeUps.Next(Heads.Signal);
            await Try(work, cancellation);
            var failures = work.Standing.Failures;
            var pause = Task.Delay(failures == 0 ? _poll : Pause(failures), cancellation);
            await (failures == 0 ? Task.WhenAny(woken, pause) : Task.WhenAny(pause));
        }
    }

    private static TimeSpan Pause(int failures) => failures >= 9 ? _longest : TimeSpan.FromSeconds(Math.Pow(2, failures - 1));

    /// <summary>Gives an anchor what it has not got yet; what goes wrong is noted, and never thrown.</summary>
    private async Task Try(Work work, CancellationToken cancellation)
    {
        try
        {
            await work.Turn.WaitAsync(cancellation);
            try
            {
                await Give(work, cancellation);
            }
            finally
            {
                work.Turn.Release();
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The server stops, or an export waits no longer: it is given its heads by and by.
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or IOException or UnauthorizedAccessException)
        {
            Failed(work, work.Standing.Size, exception.GetType().Name);
        }
    }

    private async Task Give(Work work, CancellationToken cancellation)
    {
        var reached = await work.Anchor.Reached(cancellation);
        while (await heads.After(reached, long.MaxValue, Page, cancellation) is { Count: > 0 } page)
        {
            foreach (var head in page)
            {
                if (await work.Anchor.Keep(head, cancellation) is { } why)
                {
                    Failed(work, reached, why);
                    return;
                }

                HistoryMetrics.Anchored(work.Anchor.Kind, done: true);
                reached = head.Size;
            }
        }

        work.Standing = work.Standing with { Size = reached, Failures = 0, Why = null };
    }

    private void Failed(Work work, long reached, string why)
    {
        HistoryMetrics.Anchored(work.Anchor.Kind, done: false);
        LogFailed(log, work.Anchor.Kind, work.Anchor.Name, why);
        work.Standing = work.Standing with { Size = reached, Failures = work.Standing.Failures + 1, Why = why };
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The anchor {Kind} {Name} did not take a signed head ({Why}); it is tried again")]
    private static partial void LogFailed(ILogger logger, string kind, string name, string why);

    private sealed class Work(IAnchor anchor)
    {
        public IAnchor Anchor { get; } = anchor;

        public SemaphoreSlim Turn { get; } = new(1, 1);

        public AnchorStanding Standing { get; set; } = new(anchor.Kind, anchor.Name, 0, 0, null);
    }
}

/// <param name="Size">Of the newest head that it has.</param>
/// <param name="Failures">In a row.</param>
/// <param name="Why">What went wrong last, in a word.</param>
public sealed record AnchorStanding(string Kind, string Name, long Size, int Failures, string? Why);
