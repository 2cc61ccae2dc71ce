using CrisisOps.Domain.Elections;
using CrisisOps.Server.Deadlines;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Elections;

/// <summary>The operations center was planned until now.</summary>
public sealed class PostureEnd() : DeadlineCommand<EndPosture>(ElectionDeadlines.ElectionPostureEnd, due => new(due.Generation));

public static class EndPostureHandler
{
    public static Task<Reply> Handle(Order<EndPosture> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<ElectionEvent, EndPosture>(order, cancellation);
}
