using CrisisOps.Domain.Shared;

namespace CrisisOps.Server.Streams;

/// <summary>
/// The way every command takes. A fixed number of lanes; a command goes to the lane its stream hashes to, so that commands on
/// one stream never race on this node and what waits together is committed together.
/// </summary>
public sealed class CommandLanes : BackgroundService
{
    /// <summary>Few lanes with large batches beat many: docs/performance.md has the sweep.</summary>
    public static readonly int Count = Math.Clamp(Environment.ProcessorCount / 2, 1, 8);

    private const int BatchLimit = 256;
    private const int StatesHeld = 5000;

    private readonly Lane[] _lanes;
    private readonly StreamKinds _kinds;
    private readonly KeyBlocks _keys;
    private readonly TimeProvider _clock;

    public CommandLanes(LaneWork work, StreamKinds kinds, KeyBlocks keys, LaneSettings settings, TimeProvider clock)
    {
        (_kinds, _keys, _clock) = (kinds, keys, clock);
        _lanes = [.. Enumerable.Range(0, Count).Select(_ => new Lane(work, settings.WaitingLimit, BatchLimit, StatesHeld))];
    }

    /// <summary>Runs a command on its stream and answers when it is committed, refused, or could not be taken.</summary>
    public async Task<Reply> Execute<TState, TCommand>(Order<TCommand> order, CancellationToken cancellation)
        where TState : class
        where TCommand : Command, ICommand<TState, TCommand>
    {
        try
        {
            return StreamMetrics.Answered(TCommand.Rule.Name, await ReplyTo<TState, TCommand>(order, cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Thrown on, it would stand in the log as an error for each caller of a flood who loses patience.
            return StreamMetrics.Answered(TCommand.Rule.Name, Reply.Gone.Instance);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_lanes.Select(lane => Task.Run(() => Run(lane, stoppingToken), CancellationToken.None)));

    private static async Task Run(Lane lane, CancellationToken stopping)
    {
        await using (lane)
        {
            await lane.Run(stopping);
        }
    }

    private async Task<Reply> ReplyTo<TState, TCommand>(Order<TCommand> order, CancellationToken cancellation)
        where TState : class
        where TCommand : Command, ICommand<TState, TCommand>
    {
        var kind = _kinds.Of<TState>();
        var key = order.Key;
        if (TCommand.Rule.Opens)
        {
            // A role that may not open spends no number.
            key ??= kind.KeyFor(order.Command)
                ?? (order.Caller.IsAny(TCommand.Rule.Roles) ? await _keys.Next(kind.KeyPrefix(order.Command, _clock.GetUtcNow()), kind.KeyDigits, cancellation) : kind.Prefix + "-0");
        }
        else if (key is null || _kinds.Find(key) != kind)
        {
            return Reply.NotFound.Instance;
        }

        var item = new LaneItem<TState, TCommand>(key, order, kind);
        var lane = LaneOf(item);
        if (!_lanes[lane].TryEnter(item))
        {
            return new Reply.Busy("Too many commands are waiting.");
        }

        StreamMetrics.Waiting(lane, 1);
        try
        {
            return await item.Reply.WaitAsync(cancellation);
        }
        finally
        {
            StreamMetrics.Waiting(lane, -1);
        }
    }

    private uint LaneOf(LaneItem item) =>
        (uint)string.GetHashCode(item.NaturalKey ?? item.Key, StringComparison.Ordinal) % (uint)_lanes.Length;
}
