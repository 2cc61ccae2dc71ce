using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Escalations;

public static class FoldReportsHandler
{
    public static Task<Reply> Handle(Order<FoldReports> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, FoldReports>(order, cancellation);
}
