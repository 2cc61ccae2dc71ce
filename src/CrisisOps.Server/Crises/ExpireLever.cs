using CrisisOps.Domain.Crises;
using CrisisOps.Server.Deadlines;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Crises;

/// <summary>A lever ends at its time; never silently.</summary>
public sealed class LeverExpiry() : DeadlineCommand<ExpireLever>(CrisisDeadlines.LeverExpiry, due => new(due.Ref, due.Generation));

public static class ExpireLeverHandler
{
    public static Task<Reply> Handle(Order<ExpireLever> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, ExpireLever>(order, cancellation);
}
