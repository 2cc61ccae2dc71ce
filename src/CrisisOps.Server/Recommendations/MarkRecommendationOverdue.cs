using CrisisOps.Domain.Recommendations;
using CrisisOps.Server.Deadlines;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Recommendations;

/// <summary>A recommendation was not implemented, or not looked at again, in time.</summary>
public sealed class RecommendationDue() : DeadlineCommand<MarkRecommendationOverdue>(RecommendationDeadlines.RecommendationDue, due => new(due.Generation));

public static class MarkRecommendationOverdueHandler
{
    public static Task<Reply> Handle(Order<MarkRecommendationOverdue> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<ImprovementRecommendation, MarkRecommendationOverdue>(order, cancellation);
}
