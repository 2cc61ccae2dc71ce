using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Escalations;
using CrisisOps.Server.Timelines;

namespace CrisisOps.Server.Streams;

/// <summary>Looks for what samples choose from. Each search asks what the guard will ask and brings a few, so that none is missed and nothing is read whole.</summary>
public sealed class CandidateSearch(PeopleDirectory people, TimelineFacts timeline, MergeTargets targets, LinkTargets links)
{
    /// <returns>The context with what was found, where samples look for it.</returns>
    public async ValueTask<DecisionContext> Into(DecisionContext context, Candidates sought, LaneReads reads, CancellationToken cancellation) => sought switch
    {
        Candidates.Colleagues colleagues => context with { People = await people.Among(colleagues, cancellation) },
        Candidates.NewestEntry entry => context with { Entry = await timeline.Newest(context.Key, context.Caller.Id, entry, cancellation) },
        Candidates.MergeTargets => context with { Streams = await reads.Others(await targets.For(context.Key, context.Caller, cancellation), context.Caller, cancellation) },
        Candidates.Linkable linkable => context with { Streams = await reads.Others(await links.For(linkable, context.Caller, cancellation), context.Caller, cancellation) },
        Candidates.Named named => context with { Streams = await reads.Others(named.Keys, context.Caller, cancellation) },
        _ => throw new InvalidOperationException($"Nobody looks for {sought.GetType().Name}."),
    };
}
