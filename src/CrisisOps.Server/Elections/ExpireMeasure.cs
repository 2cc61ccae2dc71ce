using CrisisOps.Domain.Elections;
using CrisisOps.Server.Deadlines;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Elections;

/// <summary>A measure ends at its time.</summary>
public sealed class MeasureExpiry() : DeadlineCommand<ExpireMeasure>(ElectionDeadlines.ElectionMeasureExpiry, due => new(due.Ref, due.Generation));

public static class ExpireMeasureHandler
{
    public static Task<Reply> Handle(Order<ExpireMeasure> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<ElectionEvent, ExpireMeasure>(order, cancellation);
}
