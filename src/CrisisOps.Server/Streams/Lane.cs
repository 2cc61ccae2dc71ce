using System.Threading.Channels;

namespace CrisisOps.Server.Streams;

/// <summary>
/// One lane: takes all that waits, decides it in memory, writes it in one commit, answers every caller. A lane is the only
/// writer of its streams on this node; other nodes are noticed by version.
/// </summary>
public sealed class Lane(LaneWork work, int waitingLimit, int batchLimit, int statesHeld)
{
    /// <summary>A stream another node wrote is locked first for this long, so that nodes do not conflict on every commit.</summary>
    private static readonly TimeSpan _contestedFor = TimeSpan.FromSeconds(5);

    private readonly Channel<LaneItem> _waiting = Channel.CreateUnbounded<LaneItem>(new UnboundedChannelOptions { SingleReader = true });
    private readonly HeldStates _states = new(statesHeld);
    private readonly Dictionary<string, List<LaneItem>> _parked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _contested = new(StringComparer.Ordinal);
    private readonly Queue<LaneItem> _unparked = new();
    private int _count;

    /// <summary>Puts a command into the lane; false when the lane is full.</summary>
    public bool TryEnter(LaneItem item)
    {
        if (Interlocked.Increment(ref _count) > waitingLimit)
        {
            Interlocked.Decrement(ref _count);
            return false;
        }

        item.Reply.ContinueWith(static (_, lane) => Interlocked.Decrement(ref ((Lane)lane!)._count), this, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return _waiting.Writer.TryWrite(item);
    }

    /// <summary>Runs until cancelled. What waits then is answered as busy: nothing of it was written.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        var batch = new List<LaneItem>(batchLimit);
        try
        {
            while (_unparked.Count > 0 || await _waiting.Reader.WaitToReadAsync(cancellation))
            {
                // Whoever is ready to enter the lane goes first: what waits together is committed together.
                await Task.Yield();
                Fill(batch);
                if (batch.Count > 0)
                {
                    await Take(batch, cancellation);
                }

                batch.Clear();
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            AnswerBusy([.. batch, .. _unparked, .. _parked.Values.SelectMany(items => items)], "The server is stopping.");
        }

        while (_waiting.Reader.TryRead(out var item))
        {
            item.Answer(new Reply.Busy("The server is stopping."));
        }
    }

    private void Fill(List<LaneItem> batch)
    {
        while (batch.Count < batchLimit && (_unparked.TryDequeue(out var item) || _waiting.Reader.TryRead(out item)))
        {
            if (item is StatesLoaded loaded)
            {
                Unpark(loaded);
            }
            else if (_parked.TryGetValue(item.Key, out var parked))
            {
                parked.Add(item); // its state is on the way; order within the stream is kept
            }
            else
            {
                batch.Add(item);
            }
        }
    }

    private async Task Take(List<LaneItem> items, CancellationToken cancellation)
    {
        try
        {
            var contested = items.FindAll(IsContested);
            if (contested.Count > 0)
            {
                await work.UnderLock(contested, Keep, cancellation);
            }

            var free = contested.Count == 0 ? items : items.FindAll(item => !contested.Contains(item));
            var rest = await Quickly(free, cancellation);
            if (rest.Count > 0)
            {
                await Optimistically(rest, cancellation);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            // Written or not, nobody knows: the states are forgotten, and the caller asks again with the same key.
            Forget(items);
            Answer(items, exception);
        }
    }

    /// <summary>
    /// Most commands are accepted on the state that the lane holds: these are decided at once and written in a single round trip.
    /// The commit proves the state (versions) and that the command is no repeat (unique idempotency keys); if it fails, nothing was
    /// written and all go the longer way. So does whatever would be refused: a refusal is only given on the true state.
    /// </summary>
    /// <returns>What is left to do.</returns>
    private async Task<List<LaneItem>> Quickly(List<LaneItem> items, CancellationToken cancellation)
    {
        var quick = items.FindAll(item => !item.Terms.DryRun && (item.Opens ? item.NaturalKey is null : _states.Find(item.Key) is not null));
        if (quick.Count == 0 || await work.WriteAccepted(quick, _states.Find, Keep, cancellation) is not { } left)
        {
            return items;
        }

        return quick.Count == items.Count ? left : items.FindAll(item => left.Contains(item) || !quick.Contains(item));
    }

    private async Task Optimistically(List<LaneItem> items, CancellationToken cancellation)
    {
        var lookup = await work.Look(items, cancellation);
        var ready = new List<LaneItem>(items.Count);
        foreach (var item in items)
        {
            if (_parked.TryGetValue(item.Key, out var parked))
            {
                parked.Add(item);
            }
            else if (Current(item, lookup))
            {
                ready.Add(item);
            }
            else
            {
                Park(item, cancellation);
            }
        }

        if (ready.Count > 0 && !await work.Write(ready, lookup, _states.Find, Keep, cancellation))
        {
            // Another node wrote one of these streams; which one is not worth knowing.
            Forget(ready);
            Contest(ready);
            await work.UnderLock(ready, Keep, cancellation);
        }
    }

    /// <summary>True when the lane holds the state at the stream's true version.</summary>
    private bool Current(LaneItem item, BatchLookup lookup)
    {
        var version = lookup.Versions.GetValueOrDefault(item.Key);
        if (_states.Find(item.Key) is { } held && held.Version == version)
        {
            return true;
        }

        if (version > 0)
        {
            return false;
        }

        _states.Keep(item.Key, work.Empty(item.Key));
        return true;
    }

    /// <summary>Sets a command aside while its state is loaded, so that it does not hold up the other streams of the lane.</summary>
    private void Park(LaneItem item, CancellationToken cancellation)
    {
        if (++item.Loads > 3)
        {
            Contest([item]); // moves faster than we can load it: take it under its lock
        }

        _parked[item.Key] = [item];
        _ = LoadParked(item.Key, cancellation);
    }

    private async Task LoadParked(string key, CancellationToken cancellation)
    {
        HeldState? held = null;
        Exception? failure = null;
        try
        {
            held = await work.LoadOne(key, cancellation);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            failure = exception;
        }

        _waiting.Writer.TryWrite(new StatesLoaded(key, held, failure));
    }

    private void Unpark(StatesLoaded loaded)
    {
        if (!_parked.Remove(loaded.Key, out var items))
        {
            return;
        }

        if (loaded.Held is { } held)
        {
            _states.Keep(loaded.Key, held);
            items.ForEach(_unparked.Enqueue);
        }
        else
        {
            Answer(items, loaded.Failure!);
        }
    }

    private bool IsContested(LaneItem item)
    {
        if (!_contested.TryGetValue(item.Key, out var until))
        {
            return false;
        }

        if (until > Environment.TickCount64)
        {
            return true;
        }

        _contested.Remove(item.Key);
        return false;
    }

    private void Contest(IEnumerable<LaneItem> items)
    {
        if (_contested.Count > statesHeld)
        {
            _contested.Clear(); // only a hint; a stream that is still fought over comes back with its next conflict
        }

        foreach (var item in items)
        {
            _contested[item.Key] = Environment.TickCount64 + (long)_contestedFor.TotalMilliseconds;
        }
    }

    private void Keep(string key, HeldState held) => _states.Keep(key, held);

    private void Forget(IEnumerable<LaneItem> items)
    {
        foreach (var item in items)
        {
            _states.Forget(item.Key);
        }
    }

    /// <summary>Busy when the database is away or the server stops; else the fault is ours, and each caller is told so.</summary>
    private void Answer(List<LaneItem> items, Exception failure)
    {
        if (failure is OperationCanceledException)
        {
            AnswerBusy(items, "The server is stopping.");
        }
        else if (DatabaseErrors.IsOutage(failure))
        {
            work.Lost(failure);
            AnswerBusy(items, "The database does not answer.");
        }
        else
        {
            items.ForEach(item => item.Fail(failure));
        }
    }

    private static void AnswerBusy(IEnumerable<LaneItem> items, string why)
    {
        foreach (var item in items)
        {
            item.Answer(new Reply.Busy(why));
        }
    }
}
