using CrisisOps.Domain.Crises;
using CrisisOps.Server.Deadlines;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Crises;

/// <summary>An update that was held back goes out. Until then only the core team knows of it.</summary>
public sealed class HeldUpdateDue() : DeadlineCommand<ReleaseHeldUpdate>(CrisisDeadlines.HeldUpdateDue, due => new(due.Ref))
{
    public override bool CoreOnly => true;
}

public static class ReleaseHeldUpdateHandler
{
    public static Task<Reply> Handle(Order<ReleaseHeldUpdate> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, ReleaseHeldUpdate>(order, cancellation);
}
