using System.Diagnostics;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Intake;

/// <summary>
/// Tells the timelines of cases how many alerts were folded into them. The counts stand in <c>crisis.alert_counts</c>, written with the alerts; a
/// case is told at once when it was quiet, and less and less often while it is flooded: an entry for each alert would be the noise that folding
/// is there to take away. It is told totals, so that nothing is counted twice, whichever node says it and however often.
/// </summary>
public sealed partial class FoldTally(FoldCounts counts, IServiceScopeFactory scopes, IHostApplicationLifetime lifetime, ILogger<FoldTally> log) : BackgroundService
{
    private const int AtOnce = 25;

    /// <summary>Of the time, a flood of alerts gets at most a third for being told; the rest is for those who post.</summary>
    private const int RestFor = 2;

    /// <summary>Longer than a flooded case waits at most: what stands untold at two such looks was left by a node that died.</summary>
    private static readonly TimeSpan _net = TimePace.Longest + TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, TimePace> _paces = new(StringComparer.Ordinal);
    // Each with the source that waits for it longest: sources take turns, so that a flood of one does not keep the others waiting.
    private readonly Dictionary<string, string> _waiting = new(StringComparer.Ordinal);
    private TaskCompletionSource _woken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IReadOnlyDictionary<string, long> _before = new Dictionary<string, long>();

    /// <summary>Alerts of a source were folded into a case.</summary>
    /// <param name="worst">The worst severity that counts among them; null when none does. Worse than what the case was told of before is told at once.</param>
    public void Folded(string escalation, string source, Severity? worst, bool threat)
    {
        lock (_gate)
        {
            if (_paces.TryGetValue(escalation, out var pace) && pace.Urgent(worst, threat))
            {
                pace.Hurry();
            }

            _waiting.TryAdd(escalation, source);
            _woken.TrySetResult();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.Started(stoppingToken);
        var looked = long.MinValue;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (looked == long.MinValue || Stopwatch.GetElapsedTime(looked) > _net)
                {
                    await Forgotten(looked == long.MinValue, stoppingToken);
                    looked = Stopwatch.GetTimestamp();
                }

                await Tell(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (DatabaseErrors.IsOutage(exception))
            {
                LogLost(log, exception.GetType().Name);
                await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception exception)
            {
                LogFailed(log, exception);
                await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Tells those whose turn it is, or waits for one.</summary>
    private async Task Tell(CancellationToken cancellation)
    {
        var (due, woken, wait) = Due();
        if (due.Length == 0)
        {
            await Task.WhenAny(woken, Task.Delay(wait, cancellation));
            return;
        }

        var since = Stopwatch.GetTimestamp();
        try
        {
            var untold = await counts.Untold(due, cancellation);
            var told = await Task.WhenAll(untold.Select(u => Tell(u.Key, u.Value, cancellation)));
            await counts.Told(untold.Zip(told).Where(u => u.Second).Select(u => u.First), cancellation);
        }
        catch
        {
            lock (_gate)
            {
                // Whose they are matters for their turn only.
                Array.ForEach(due, escalation => _waiting.TryAdd(escalation, ""));
            }

            throw;
        }

        if (due.Length == AtOnce)
        {
            await Task.Delay(RestFor * Stopwatch.GetElapsedTime(since), cancellation);
        }
    }

    /// <summary>False when the case could not be told now; it waits on.</summary>
    private async Task<bool> Tell(string escalation, List<FoldedReports> folded, CancellationToken cancellation)
    {
        if (await scopes.Give(escalation, new FoldReports(folded), cancellation) is not (Reply.Busy or Reply.Gone))
        {
            return true;
        }

        lock (_gate)
        {
            _waiting.TryAdd(escalation, folded[0].Source);
        }

        return false;
    }

    private (string[] Due, Task Woken, TimeSpan Wait) Due()
    {
        lock (_gate)
        {
            var due = _waiting.Where(w => !_paces.TryGetValue(w.Key, out var pace) || pace.Due)
                .GroupBy(w => w.Value, (_, cases) => cases.Select((w, turn) => (w.Key, turn))).SelectMany(cases => cases).OrderBy(w => w.turn).Select(w => w.Key).Take(AtOnce).ToArray();
            foreach (var escalation in due)
            {
                _waiting.Remove(escalation);
                (_paces.TryGetValue(escalation, out var pace) ? pace : _paces[escalation] = new TimePace()).Tell();
            }

            if (due.Length == 0)
            {
                foreach (var (quiet, _) in _paces.Where(p => p.Value.Quiet && !_waiting.ContainsKey(p.Key)).ToArray())
                {
                    _paces.Remove(quiet);
                }

                _woken = _woken.Task.IsCompleted ? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) : _woken;
            }

            var next = _waiting.Keys.Select(e => _paces.TryGetValue(e, out var pace) ? pace.Left : TimeSpan.Zero).Append(_net).Min();
            return (due, _woken.Task, next);
        }
    }

    /// <summary>Counts that nobody tells: those of a node that died, and at the start those of the run before.</summary>
    private async Task Forgotten(bool all, CancellationToken cancellation)
    {
        var now = await counts.Forgotten(cancellation);
        lock (_gate)
        {
            foreach (var (left, _) in now.Where(c => all || (_before.TryGetValue(c.Key, out var told) && told == c.Value)))
            {
                _waiting.TryAdd(left, "");
            }
        }

        _before = now;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Folded reports are not told: the database does not answer ({Why})")]
    private static partial void LogLost(ILogger logger, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Telling folded reports failed; it is tried again")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
