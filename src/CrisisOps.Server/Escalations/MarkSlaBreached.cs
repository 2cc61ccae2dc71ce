using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Deadlines;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Escalations;

/// <summary>A service-level clock ran out.</summary>
public sealed class SlaClock() : DeadlineCommand<MarkSlaBreached>(EscalationDeadlines.SlaClock, due => new(due.Ref, due.Generation))
{
    public override IReadOnlyList<string> CoreOnlyRefs => [Clock.Referral];
}

public static class MarkSlaBreachedHandler
{
    public static Task<Reply> Handle(Order<MarkSlaBreached> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, MarkSlaBreached>(order, cancellation);
}
