using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Escalations;

public static class SetPaceHandler
{
    public static Task<Reply> Handle(Order<SetPace> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, SetPace>(order, cancellation);
}
