namespace CrisisOps.Server.Streams;

/// <summary>
/// The short way of most commands: accepted on the state the lane holds, and written in a single round trip. The commit proves the
/// state (versions) and that the command is no repeat (unique idempotency keys). While one batch is on its way to the disk the next
/// one is decided on the states the first will leave behind; if the first fails, both go the longer way. Whatever would be refused
/// goes the longer way too: a refusal is only given on the true state.
/// </summary>
public sealed class QuickWrites(LaneWork work, HeldStates states) : IAsyncDisposable
{
    private readonly LaneConnection _connection = work.Connect();
    private readonly List<LaneItem> _left = [];
    private Filling _next = new(work.Open());
    private Filling? _sent;
    private Task<bool> _write = Task.FromResult(true);

    /// <summary>A batch is on its way.</summary>
    public bool Writing => _sent is not null;

    /// <summary>Completes when the batch on its way is committed or has failed.</summary>
    public Task Done => _write;

    /// <summary>Decides a command into the next batch. What can not go this way stays in <see cref="TakeLeft"/>.</summary>
    /// <param name="longer">It is known that it must go the longer way.</param>
    public async ValueTask Add(LaneItem item, bool longer, CancellationToken cancellation)
    {
        var held = item.Opens ? item.NaturalKey is null ? work.Empty(item.Key) : null : states.Find(item.Key);
        if (longer || held is null || item.Terms.DryRun || _left.Exists(left => left.Key == item.Key))
        {
            _left.Add(item);
            return;
        }

        _next.Batch.Ensure(item.Key, held);
        if (await Accepted(item, cancellation))
        {
            _next.Items.Add(item);
            // The next batch builds on what this one will leave behind.
            states.Keep(item.Key, _next.Batch.After[item.Key]);
        }
        else if (!item.Reply.IsCompleted)
        {
            _left.Add(item);
        }
    }

    private async ValueTask<bool> Accepted(LaneItem item, CancellationToken cancellation)
    {
        try
        {
            return await _next.Batch.TryAccept(item, cancellation);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            item.Fail(exception); // it fails alone
            return false;
        }
    }

    /// <summary>Sends the next batch if none is on its way.</summary>
    public void Send()
    {
        if (_sent is null && _next.Items.Count > 0)
        {
            (_sent, _next) = (_next, new Filling(work.Open()));
            _write = work.Write(_sent.Batch, _connection);
        }
    }

    /// <summary>Waits for the batch on its way, sends the next and answers the callers; after a failure its commands and all that build on them are left.</summary>
    public async Task Settle()
    {
        if (_sent is not { } sent)
        {
            return;
        }

        _sent = null;
        var written = false;
        try
        {
            written = await _write;
        }
        finally
        {
            if (!written)
            {
                Undo(sent);
            }
        }

        if (written)
        {
            // The database gets its next work before anything else: it is idle, and whoever is answered now keeps the processor.
            Send();
            // States are held since they were decided; a later batch may have moved them on.
            work.Finish(sent.Batch, static (_, _) => { });
        }
    }

    /// <summary>The commands that have to go the longer way, in their order.</summary>
    public List<LaneItem> TakeLeft()
    {
        List<LaneItem> left = [.. _left];
        _left.Clear();
        return left;
    }

    /// <summary>Everything that has not been answered: for a lane that fails or stops.</summary>
    public List<LaneItem> TakeAll()
    {
        if (_sent is { } sent)
        {
            _sent = null;
            Undo(sent);
        }

        UndoNext();
        return TakeLeft();
    }

    /// <summary>What is on its way arrives first.</summary>
    public async ValueTask DisposeAsync()
    {
        await ((Task)_write).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _connection.DisposeAsync();
    }

    private void Undo(Filling failed)
    {
        failed.Items.ForEach(item => states.Forget(item.Key));
        _left.InsertRange(0, failed.Items);
        UndoNext();
    }

    private void UndoNext()
    {
        _next.Items.ForEach(item => states.Forget(item.Key));
        _left.AddRange(_next.Items);
        _next = new Filling(work.Open());
    }

    private sealed record Filling(LaneBatch Batch)
    {
        public List<LaneItem> Items { get; } = [];
    }
}
