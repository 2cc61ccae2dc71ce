using CrisisOps.Domain.Elections;
using CrisisOps.Server.Deadlines;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Elections;

/// <summary>A phase begins by the schedule; a timer of an older schedule does nothing.</summary>
public sealed class ElectionPhaseDue() : DeadlineCommand<EnterScheduledPhase>(ElectionDeadlines.ElectionPhaseDue, due => new(Enum.Parse<ElectionPhase>(due.Ref), due.Generation));

public static class EnterScheduledPhaseHandler
{
    public static Task<Reply> Handle(Order<EnterScheduledPhase> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<ElectionEvent, EnterScheduledPhase>(order, cancellation);
}
