using CrisisOps.Domain.Risks;
using CrisisOps.Server.Deadlines;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Risks;

/// <summary>The horizon of a signal has ended.</summary>
public sealed class RiskHorizonEnd() : DeadlineCommand<ExpireSignal>(RiskDeadlines.HorizonEnd, due => new(due.Generation));

public static class ExpireSignalHandler
{
    public static Task<Reply> Handle(Order<ExpireSignal> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<RiskSignal, ExpireSignal>(order, cancellation);
}
