using System.Collections.Concurrent;

namespace CrisisOps.Server.Tests.Harness;

/// <summary>A clock on which nobody waits: whatever is waited for is noted, the time moves on by it, and it is over.</summary>
public sealed class HurriedClock : TimeProvider
{
    private readonly ConcurrentQueue<TimeSpan> _waits = new();
    private long _ticks;

    /// <summary>Done while somebody waits, with the wait; null does nothing.</summary>
    public Func<TimeSpan, Task>? Meanwhile { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    /// <summary>The waits since this was asked last, in order.</summary>
    public TimeSpan[] Waits()
    {
        List<TimeSpan> waits = [];
        while (_waits.TryDequeue(out var wait))
        {
            waits.Add(wait);
        }

        return [.. waits];
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _ = Fire(callback, state, dueTime);
        return new Fired();
    }

    private async Task Fire(TimerCallback callback, object? state, TimeSpan due)
    {
        await Task.Yield();
        try
        {
            await (Meanwhile?.Invoke(due) ?? Task.CompletedTask);
        }
        finally
        {
            _waits.Enqueue(due);
            Interlocked.Add(ref _ticks, due.Ticks);
            callback(state);
        }
    }

    private sealed class Fired : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
