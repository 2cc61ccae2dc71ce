using CrisisOps.Domain.Crises;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Crises;

public static class RecordPartnerUndeliveredHandler
{
    public static Task<Reply> Handle(Order<RecordPartnerUndelivered> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Crisis, RecordPartnerUndelivered>(order, cancellation);
}
