using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Deadlines;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Escalations;

/// <summary>A legal clock ran out.</summary>
public sealed class LegalClock() : DeadlineCommand<MarkLegalDeadlineMissed>(EscalationDeadlines.LegalClock, due => new(due.Ref, due.Generation))
{
    public override IReadOnlyList<string> CoreOnlyRefs => [LegalProfiles.AuthorityInformed];
}

public static class MarkLegalDeadlineMissedHandler
{
    public static Task<Reply> Handle(Order<MarkLegalDeadlineMissed> order, CommandLanes lanes, CancellationToken cancellation) =>
        lanes.Execute<Escalation, MarkLegalDeadlineMissed>(order, cancellation);
}
