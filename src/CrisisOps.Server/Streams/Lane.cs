using System.Threading.Channels;

namespace CrisisOps.Server.Streams;

/// <summary>
/// One lane: takes all that waits, decides it in memory, writes it in one commit, answers every caller. A lane is the only
/// writer of its streams on this node; other nodes are noticed by version.
/// </summary>
public sealed class Lane : IAsyncDisposable
{
    private readonly Channel<LaneItem> _waiting = Channel.CreateUnbounded<LaneItem>(new UnboundedChannelOptions { SingleReader = true });
    private readonly LaneWork _work;
    private readonly int _waitingLimit;
    private readonly int _batchLimit;
    private readonly HeldStates _states;
    private readonly QuickWrites _quick;
    private readonly ParkedCommands _parked;
    private readonly ContestedStreams _contested;
    private readonly Queue<LaneItem> _unparked = new();
    // Asked for once: the channel ends an older question with an exception, 30 µs each.
    private Task<bool>? _arrival;
    private int _count;

    /// <param name="waitingLimit">Commands that may wait; one more is turned away.</param>
    /// <param name="batchLimit">Commands taken at once.</param>
    /// <param name="statesHeld">States kept in memory.</param>
    public Lane(LaneWork work, int waitingLimit, int batchLimit, int statesHeld)
    {
        (_work, _waitingLimit, _batchLimit) = (work, waitingLimit, batchLimit);
        _states = new HeldStates(statesHeld);
        _contested = new ContestedStreams(statesHeld);
        _quick = new QuickWrites(work, _states);
        _parked = new ParkedCommands(work, _waiting.Writer);
    }

    /// <summary>Puts a command into the lane; false when the lane is full.</summary>
    public bool TryEnter(LaneItem item)
    {
        if (Interlocked.Increment(ref _count) > _waitingLimit)
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
        var batch = new List<LaneItem>(_batchLimit);
        try
        {
            while (await Wait(cancellation))
            {
                // Whoever is ready to enter the lane goes first: what waits together is committed together.
                await Task.Yield();
                Fill(batch);
                await Take(batch, cancellation);
                batch.Clear();
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            AnswerBusy([.. batch, .. _quick.TakeAll(), .. _unparked, .. _parked.All], "The server is stopping.");
        }

        while (_waiting.Reader.TryRead(out var item))
        {
            item.Answer(new Reply.Busy("The server is stopping."));
        }
    }

    /// <summary>After it has run.</summary>
    public ValueTask DisposeAsync() => _quick.DisposeAsync();

    /// <summary>Waits for commands, or for the batch on its way.</summary>
    private async ValueTask<bool> Wait(CancellationToken cancellation)
    {
        if (_unparked.Count > 0)
        {
            return true;
        }

        if (_arrival is null)
        {
            var arrival = _waiting.Reader.WaitToReadAsync(cancellation);
            if (arrival.IsCompleted || !_quick.Writing)
            {
                return await arrival;
            }

            _arrival = arrival.AsTask();
        }

        if (!_arrival.IsCompleted && _quick.Writing)
        {
            await Task.WhenAny(_arrival, _quick.Done);
            return true;
        }

        var arrived = _arrival;
        _arrival = null;
        return await arrived;
    }

    private void Fill(List<LaneItem> batch)
    {
        while (batch.Count < _batchLimit && (_unparked.TryDequeue(out var item) || _waiting.Reader.TryRead(out item)))
        {
            if (item is StatesLoaded loaded)
            {
                Unpark(loaded);
            }
            else if (!_parked.Join(item))
            {
                batch.Add(item);
            }
        }
    }

    private async Task Take(List<LaneItem> items, CancellationToken cancellation)
    {
        List<LaneItem> rest = items;
        try
        {
            foreach (var item in items)
            {
                await _quick.Add(item, _contested.Has(item.Key), cancellation);
            }

            rest = [];
            if (_quick.Done.IsCompleted)
            {
                await _quick.Settle();
            }

            _quick.Send();
            if (_quick.TakeLeft() is { Count: > 0 } left)
            {
                rest = left;
                await Longer(left, cancellation);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            // Written or not, nobody knows: the states are forgotten, and the caller asks again with the same key.
            List<LaneItem> unanswered = [.. _quick.TakeAll().Union(rest)];
            Forget(unanswered);
            Answer(unanswered, exception);
        }
    }

    /// <summary>The longer way: look first, decide on what is true, write; or under the locks of the streams.</summary>
    private async Task Longer(List<LaneItem> items, CancellationToken cancellation)
    {
        // What is on its way comes first; what fails of it joins in front.
        while (_quick.Writing)
        {
            await _quick.Settle();
            items.InsertRange(0, _quick.TakeLeft());
            _quick.Send();
        }

        var contested = items.FindAll(item => _contested.Has(item.Key));
        if (contested.Count > 0)
        {
            await _work.UnderLock(contested, Keep, cancellation);
        }

        var free = contested.Count == 0 ? items : items.FindAll(item => !contested.Contains(item));
        if (free.Count > 0)
        {
            await Optimistically(free, cancellation);
        }
    }

    private async Task Optimistically(List<LaneItem> items, CancellationToken cancellation)
    {
        var lookup = await _work.Look(items, cancellation);
        var ready = new List<LaneItem>(items.Count);
        foreach (var item in items)
        {
            if (_parked.Join(item))
            {
                continue;
            }

            if (Current(item, lookup))
            {
                ready.Add(item);
            }
            else
            {
                Park(item);
            }
        }

        _parked.Load(cancellation);

        if (ready.Count > 0 && !await _work.Write(ready, lookup, _states.Find, Keep, cancellation))
        {
            // Another node wrote one of these streams; which one is not worth knowing.
            Forget(ready);
            ready.ForEach(item => _contested.Add(item.Key));
            await _work.UnderLock(ready, Keep, cancellation);
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

        _states.Keep(item.Key, _work.Empty(item.Key));
        return true;
    }

    /// <summary>Sets a command aside while its state is loaded, so that it does not hold up the other streams of the lane.</summary>
    private void Park(LaneItem item)
    {
        if (++item.Loads > 3)
        {
            _contested.Add(item.Key); // moves faster than we can load it: take it under its lock
        }

        _parked.Park(item);
    }

    private void Unpark(StatesLoaded loaded)
    {
        var items = _parked.Take(loaded.Key);

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
            _work.Lost(failure);
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
