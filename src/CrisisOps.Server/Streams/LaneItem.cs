using CrisisOps.Domain.Shared;

namespace CrisisOps.Server.Streams;

/// <summary>A command waiting in a lane.</summary>
public abstract class LaneItem(string key, Caller caller, OrderTerms terms)
{
    private readonly TaskCompletionSource<Reply> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The stream it runs on.</summary>
    public string Key { get; } = key;

    public Caller Caller { get; } = caller;

    public OrderTerms Terms { get; } = terms;

    /// <summary>Opens its stream.</summary>
    public abstract bool Opens { get; }

    /// <summary>Twins of an opening command meet under it.</summary>
    public abstract string? NaturalKey { get; }

    /// <summary>Other streams its guard reads; their versions are asserted in the same commit.</summary>
    public abstract IReadOnlyCollection<string> OtherStreams { get; }

    /// <summary>How often the state had to be loaded for it; a stream that moves faster is taken under its lock.</summary>
    public int Loads { get; set; }

    public Task<Reply> Reply => _reply.Task;

    public void Answer(Reply reply) => _reply.TrySetResult(reply);

    public void Fail(Exception exception) => _reply.TrySetException(exception);

    /// <summary>What can be answered before anything is decided: not found, forbidden, the stored answer, a version that does not match.</summary>
    /// <param name="stored">The answer given before under the same idempotency key, if any.</param>
    public abstract Reply? Known(HeldState held, StoredAnswer? stored);

    /// <summary>Decides on the given states. Never throws for what a caller can send.</summary>
    public abstract ValueTask<Decided> Decide(HeldState held, DecisionContexts contexts, LaneReads reads, CancellationToken cancellation);
}

/// <summary>What a decision came to: a reply at once, or events to append first.</summary>
public readonly record struct Decided(Reply? Reply, IReadOnlyList<PendingEvent> Events);

/// <inheritdoc/>
public sealed class LaneItem<TState, TCommand>(string key, Order<TCommand> order, StreamKind kind) : LaneItem(key, order.Caller, order.Terms)
    where TState : class
    where TCommand : Command, ICommand<TState, TCommand>
{
    public override bool Opens => TCommand.Rule.Opens;

    public override string? NaturalKey { get; } = TCommand.Rule.Opens ? kind.NaturalKey(order.Command, order.Caller) : null;

    public override IReadOnlyCollection<string> OtherStreams => order.Command is INamesStreams named ? [.. named.Streams()] : [];

    public override Reply? Known(HeldState held, StoredAnswer? stored)
    {
        var rule = TCommand.Rule;
        held = Seen(held);
        if (!CommandGate.Exists(rule, kind, held, Caller))
        {
            return Streams.Reply.NotFound.Instance;
        }

        if (CommandGate.Role(rule, Caller) is { } forbidden)
        {
            return Refuse(held, forbidden);
        }

        if (stored is not null)
        {
            return stored.Body == Terms.Body ? new Reply.Done(stored.Key, stored.Version, rule.Opens, stored.Answer) : Streams.Reply.KeyReused.Instance;
        }

        return Terms.ExpectedVersion is { } expected && expected != held.Version ? new Reply.Moved(Key, held.Version) : null;
    }

    public override async ValueTask<Decided> Decide(HeldState held, DecisionContexts contexts, LaneReads reads, CancellationToken cancellation)
    {
        var rule = TCommand.Rule;
        var taken = held.Version > 0 && rule.Opens;
        held = Seen(held);
        var state = (TState)held.State;
        var now = contexts.Now(held.RecordedAt);
        var refusal = CommandGate.Shape(order.Command, Caller, now) ?? CommandGate.State(rule, kind, state);
        if (refusal is not null)
        {
            return Now(Refuse(held, refusal));
        }

        var context = await contexts.For(order.Command, Key, state, Caller, now, reads, cancellation);
        return TCommand.Decide(order.Command, state, context) switch
        {
            // Never written over: the key of this stream follows from the command, and somebody has opened it out of the caller's sight.
            Ruling.Accepted when taken => Now(Refuse(held, new Refusal(RefusalKind.GuardFailed, "opened-once", "This was opened before."))),
            Ruling.Accepted accepted => new Decided(null, Stamped(accepted.Events, held, now, rule)),
            Ruling.Refused refused => Now(Refuse(held, refused.Refusal)),
            _ => throw new InvalidOperationException("A ruling is accepted or refused."),
        };
    }

    /// <summary>What the caller may know of: for one who opens a stream that is there already, out of sight, it is not there.</summary>
    private HeldState Seen(HeldState held) =>
        TCommand.Rule.Opens && held.Version > 0 && !kind.Visible(held.State, Caller) ? new HeldState(kind.None(Key), 0, held.RecordedAt) : held;

    private static Decided Now(Reply reply) => new(reply, []);

    private Reply.Refused Refuse(HeldState held, Refusal refusal) => new(Key, held.Version, kind.StateName(held.State), refusal);

    private List<PendingEvent> Stamped(IReadOnlyList<object> events, HeldState held, DateTimeOffset now, CommandRule<TState> rule)
    {
        var pending = new List<PendingEvent>(events.Count);
        var before = held.State;
        var version = held.Version;
        foreach (var data in events)
        {
            var occurred = order.Command.OccurredAt is { } at && at < now ? at : now;
            var stamp = new Stamp(++version, occurred, now, Caller.Id, Caller.Type, Caller.RoleFor(rule.Roles));
            pending.Add(PendingEvent.On(before, kind, Key, data, stamp, Caller, Terms, order.Command.Tlp));
            before = pending[^1].After;
        }

        return pending;
    }
}
