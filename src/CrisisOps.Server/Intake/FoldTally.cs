using System.Diagnostics;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Intake;

/// <summary>
/// Tells the timelines of cases how many alerts were folded into them. What is untold stands in <c>crisis.alert_folds</c>, written with the alerts; a
/// case is told at once when it was quiet, and less and less often while it is flooded: an entry for each alert would be the noise that folding
/// is there to take away. It is told totals, so that nothing is counted twice, whichever node says it and however often. Those of sources that flood
/// are told beside the others, which wait neither for them nor for the rest that is taken after them.
/// </summary>
public sealed partial class FoldTally(FoldCounts counts, IServiceScopeFactory scopes, IHostApplicationLifetime lifetime, ILogger<FoldTally> log) : BackgroundService
{
    private const int AtOnce = FoldTurns.Few;

    /// <summary>Of the time, a flood of alerts gets at most a third for being told; the rest is for those who post.</summary>
    private const int RestFor = 2;

    /// <summary>Longer than a flooded case waits at most: what stands untold at two such looks was left by a node that died.</summary>
    private static readonly TimeSpan _net = TimePace.Longest + TimeSpan.FromSeconds(5);

    private readonly FoldTurns _turns = new();
    private IReadOnlyDictionary<string, long> _before = new Dictionary<string, long>();

    /// <inheritdoc cref="FoldTurns.Add"/>
    public void Folded(string escalation, string source, Severity? worst, bool threat) => _turns.Add(escalation, source, worst, threat);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.Started(stoppingToken);
        var looked = long.MinValue;
        await Task.WhenAll(
            Repeat(
                async () =>
                {
                    if (looked == long.MinValue || Stopwatch.GetElapsedTime(looked) > _net)
                    {
                        await Forgotten(looked == long.MinValue, stoppingToken);
                        looked = Stopwatch.GetTimestamp();
                    }

                    await Tell(flooding: false, stoppingToken);
                },
                stoppingToken),
            Repeat(
                async () =>
                {
                    if (_turns.TakeLeft())
                    {
                        Remember(await counts.Untold(FoldTurns.Most, stoppingToken));
                    }

                    await Tell(flooding: true, stoppingToken);
                },
                stoppingToken));
    }

    private async Task Repeat(Func<Task> work, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await work();
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (DatabaseErrors.IsOutage(exception))
            {
                LogLost(log, exception.GetType().Name);
                await Task.Delay(TimeSpan.FromSeconds(1), stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception exception)
            {
                LogFailed(log, exception);
                await Task.Delay(TimeSpan.FromSeconds(1), stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Tells those whose turn it is, or waits for one.</summary>
    private async Task Tell(bool flooding, CancellationToken cancellation)
    {
        if (_turns.Take(AtOnce, flooding) is not { Count: > 0 } due)
        {
            await _turns.Wait(_net, flooding, cancellation);
            return;
        }

        var since = Stopwatch.GetTimestamp();
        try
        {
            var untold = await counts.Untold([.. due], cancellation);
            var told = await Task.WhenAll(untold.Select(u => Tell(u.Key, u.Value.Reports, cancellation)));
            await counts.Told(untold.Zip(told).Where(u => u.Second).Select(u => u.First), cancellation);
        }
        catch
        {
            foreach (var escalation in due)
            {
                _turns.Add(escalation, source: ""); // whose they are matters for their turn only
            }

            throw;
        }

        if (due.Count == AtOnce)
        {
            await Task.Delay(RestFor * Stopwatch.GetElapsedTime(since), cancellation);
        }
    }

    /// <summary>False when the case could not be told now; it waits on.</summary>
    private async Task<bool> Tell(string escalation, IReadOnlyList<FoldedReports> folded, CancellationToken cancellation)
    {
        if (await scopes.Give(escalation, new FoldReports(folded), cancellation) is not (Reply.Busy or Reply.Gone))
        {
            return true;
        }

        _turns.Add(escalation, folded[0].Source);
        return false;
    }

    /// <summary>Counts that nobody tells: those of a node that died, and at the start those of the run before.</summary>
    private async Task Forgotten(bool all, CancellationToken cancellation)
    {
        var now = await counts.Untold(FoldTurns.Most, cancellation);
        Remember(all ? now : now.Where(c => _before.TryGetValue(c.Key, out var oldest) && oldest == c.Value));
        _before = now;
    }

    /// <summary>Lets these wait for their turn. Of as many as are remembered there may be more.</summary>
    private void Remember(IEnumerable<KeyValuePair<string, long>> untold)
    {
        var count = 0;
        foreach (var (escalation, _) in untold)
        {
            _turns.Add(escalation, source: "");
            count++;
        }

        if (count == FoldTurns.Most)
        {
            _turns.LeaveOut();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Folded reports are not told: the database does not answer ({Why})")]
    private static partial void LogLost(ILogger logger, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Telling folded reports failed; it is tried again")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
