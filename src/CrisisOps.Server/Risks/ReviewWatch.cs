using CrisisOps.Domain.Risks;
using CrisisOps.Server.Deadlines;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Risks;

/// <summary>The time of a watch has come.</summary>
public sealed class RiskReview() : DeadlineCommand<ReviewWatch>(RiskDeadlines.Review, due => new(due.Generation));

public static class ReviewWatchHandler
{
    public static Task<Reply> Handle(Order<ReviewWatch> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<RiskSignal, ReviewWatch>(order, cancellation);
}
