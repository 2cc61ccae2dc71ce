using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Streams;
using JasperFx.Events;
using Marten.Events.Aggregation;

namespace CrisisOps.Server.Escalations;

/// <summary>Lets Marten fold escalations, for as-of reads, with the domain's own fold.</summary>
public sealed class EscalationProjection : SingleStreamProjection<Escalation, string>
{
    public override Escalation? Evolve(Escalation? snapshot, string id, IEvent e) =>
        Escalation.Fold(snapshot ?? Escalation.None with { Key = id }, e.Data, EventStamps.Of(e));
}
