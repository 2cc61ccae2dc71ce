using System.Diagnostics;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Server.Intake;

/// <summary>
/// Cases that wait to be told of the alerts that were folded into them: each at its own pace, and of several at once one of each source in turn, so
/// that a source that floods does not keep the others waiting. Nothing here takes longer because many wait.
/// </summary>
public sealed class FoldTurns
{
    /// <summary>A source of which more cases wait floods.</summary>
    public const int Few = 25;

    /// <summary>So many are remembered; of sources that flood beyond that, the counts in the store tell what is left.</summary>
    public const int Most = 20_000;

    private static readonly TimeSpan _sweep = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, TimePace> _paces = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _waiting = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PriorityQueue<string, long>> _sources = new(StringComparer.Ordinal);
    private TaskCompletionSource _woken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _swept = Stopwatch.GetTimestamp();
    private bool _left;

    /// <summary>Alerts of a source were folded into a case.</summary>
    /// <param name="worst">The worst severity that counts among them; null when none does. Worse than what the case was told of before waits for no turn.</param>
    public void Add(string escalation, string source, Severity? worst = null, bool threat = false)
    {
        lock (_gate)
        {
            var pace = _paces.GetValueOrDefault(escalation);
            var hurried = pace?.Hurries(worst, threat) ?? false;
            if (_waiting.Count >= Most && !hurried && !threat && _sources.GetValueOrDefault(source)?.Count > Few && !_waiting.ContainsKey(escalation))
            {
                _left = true;
                return;
            }

            if (_waiting.TryAdd(escalation, source) || hurried)
            {
                var turns = _sources.TryGetValue(_waiting[escalation], out var known) ? known : _sources[_waiting[escalation]] = new PriorityQueue<string, long>();
                turns.Enqueue(escalation, pace?.At ?? Stopwatch.GetTimestamp());
            }

            _woken.TrySetResult();
        }
    }

    /// <summary>Takes so many whose time has come, one of each source in turn.</summary>
    /// <param name="flooding">Of the sources that flood, or of the others.</param>
    public IReadOnlyList<string> Take(int most, bool flooding)
    {
        lock (_gate)
        {
            var now = Stopwatch.GetTimestamp();
            List<string> taken = [];
            for (var before = -1; taken.Count < most && taken.Count > before;)
            {
                before = taken.Count;
                foreach (var (source, turns) in _sources.Where(s => s.Value.Count > Few == flooding))
                {
                    if (taken.Count < most && Next(turns, now) is { } escalation)
                    {
                        taken.Add(escalation);
                    }
                    else if (turns.Count == 0)
                    {
                        _sources.Remove(source);
                    }
                }
            }

            if (flooding && taken.Count > 0)
            {
                _woken.TrySetResult(); // a source that floods no more is the other's from now on
            }

            return taken;
        }
    }

    /// <summary>There is more in the store than was added.</summary>
    public void LeaveOut()
    {
        lock (_gate)
        {
            _left = true;
        }
    }

    /// <summary>Whether something was left out since this was true last, and there is room for it again.</summary>
    public bool TakeLeft()
    {
        lock (_gate)
        {
            var take = _left && _waiting.Count < Most / 2;
            _left &= !take;
            return take;
        }
    }

    /// <summary>Waits until something is added, or the time of one that waits has come.</summary>
    /// <param name="most">At most so long.</param>
    /// <param name="flooding">One of the sources that flood, or of the others.</param>
    public async Task Wait(TimeSpan most, bool flooding, CancellationToken cancellation)
    {
        Task woken;
        lock (_gate)
        {
            Sweep();
            var now = Stopwatch.GetTimestamp();
            foreach (var turns in _sources.Values.Where(t => t.Count > Few == flooding))
            {
                most = turns.TryPeek(out _, out var at) && Stopwatch.GetElapsedTime(now, Math.Max(now, at)) is var left && left < most ? left : most;
            }

            _woken = _woken.Task.IsCompleted ? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) : _woken;
            woken = _woken.Task;
        }

        // Who is woken leaves no timer behind.
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(woken, Task.Delay(most, over.Token));
        await over.CancelAsync();
    }

    private string? Next(PriorityQueue<string, long> turns, long now)
    {
        while (turns.TryPeek(out var escalation, out var at) && at <= now)
        {
            turns.Dequeue();
            // One that hurried stands here twice: what is left of it is passed over.
            var pace = _paces.GetValueOrDefault(escalation);
            if ((pace?.At ?? 0) <= now && _waiting.Remove(escalation))
            {
                (pace ?? (_paces[escalation] = new TimePace())).Tell();
                return escalation;
            }
        }

        return null;
    }

    /// <summary>Forgets the paces of cases that have been quiet.</summary>
    private void Sweep()
    {
        if (Stopwatch.GetElapsedTime(_swept) > _sweep)
        {
            _swept = Stopwatch.GetTimestamp();
            foreach (var (quiet, _) in _paces.Where(p => p.Value.Quiet && !_waiting.ContainsKey(p.Key)).ToArray())
            {
                _paces.Remove(quiet);
            }
        }
    }
}
