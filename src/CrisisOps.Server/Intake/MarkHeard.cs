using CrisisOps.Domain.Intake;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Intake;

public static class MarkHeardHandler
{
    public static Task<Reply> Handle(Order<MarkHeard> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<AlertSource, MarkHeard>(order, cancellation);
}
