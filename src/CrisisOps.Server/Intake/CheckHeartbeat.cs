using CrisisOps.Domain.Intake;
using CrisisOps.Server.Deadlines;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Intake;

/// <summary>A source should have been heard of by now.</summary>
public sealed class HeartbeatDue() : DeadlineCommand<CheckHeartbeat>(SourceDeadlines.HeartbeatDue, due => new(due.Generation));

public static class CheckHeartbeatHandler
{
    public static Task<Reply> Handle(Order<CheckHeartbeat> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<AlertSource, CheckHeartbeat>(order, cancellation);
}
