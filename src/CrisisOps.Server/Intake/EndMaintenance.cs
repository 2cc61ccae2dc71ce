using CrisisOps.Domain.Intake;
using CrisisOps.Server.Deadlines;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Intake;

/// <summary>The end of an occurrence of a maintenance window.</summary>
public sealed class MaintenanceEnd() : DeadlineCommand<EndMaintenance>(SourceDeadlines.MaintenanceEnd, due => new(due.Ref, due.Generation));

public static class EndMaintenanceHandler
{
    public static Task<Reply> Handle(Order<EndMaintenance> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<AlertSource, EndMaintenance>(order, cancellation);
}
