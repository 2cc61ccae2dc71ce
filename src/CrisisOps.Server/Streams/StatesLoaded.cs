using CrisisOps.Domain.Shared;

namespace CrisisOps.Server.Streams;

/// <summary>A lane's message to itself: the state of a parked stream has been loaded, or could not be.</summary>
public sealed class StatesLoaded(string key, HeldState? held, Exception? failure) : LaneItem(key, Caller.System, OrderTerms.None)
{
    public HeldState? Held => held;

    public Exception? Failure => failure;

    public override bool Opens => false;

    public override string? NaturalKey => null;

    public override IReadOnlyCollection<string> OtherStreams => [];

    public override Reply? Known(HeldState held, StoredAnswer? stored) => throw new InvalidOperationException("Not a command.");

    public override ValueTask<Decided> Decide(HeldState held, DecisionContexts contexts, LaneReads reads, CancellationToken cancellation) =>
        throw new InvalidOperationException("Not a command.");
}
