using CrisisOps.Domain.Shared;

namespace CrisisOps.Server.Streams;

/// <summary>One caller before one stream: what the samples of commands are made of, and decided with.</summary>
public sealed class SampleTrial(HeldState held, DecisionContext hints, DecisionContexts contexts, CandidateSearch search, LaneReads reads)
{
    public HeldState Held => held;

    public Caller Caller => hints.Caller;

    /// <summary>What samples may know without a search: the instant, the caller, the caller's duty.</summary>
    public DecisionContext Hints => hints;

    /// <summary>The hints with what a command's samples choose from.</summary>
    public ValueTask<DecisionContext> With(Candidates sought, CancellationToken cancellation) => search.Into(hints, sought, reads, cancellation);

    /// <summary>What the decision on a sample knows: the same that the lanes would tell it.</summary>
    public ValueTask<DecisionContext> ContextOf<TState>(Command sample, CancellationToken cancellation)
        where TState : class => contexts.For(sample, hints.Key, (TState)held.State, hints.Caller, hints.Now, reads, cancellation);
}
