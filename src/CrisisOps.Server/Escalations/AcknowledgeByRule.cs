using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Reactions;
using Wolverine;

namespace CrisisOps.Server.Escalations;

/// <summary>Receipt is confirmed at once to a partner that reports a SEV1 and to the notifier of Art. 16 of the DSA (domain §2.1; §3, P1).</summary>
public sealed class AcknowledgeByRuleHandler
{
    public static Task Handle(Happened<EscalationRaised, AcknowledgeByRuleHandler> raised, IMessageBus bus, CancellationToken cancellation) =>
        raised.Event is { Source: Source.Art16Notice } or { ProposedSeverity: Severity.SEV1 } && (raised.Event.Source == Source.Art16Notice || raised.Stamp.ActorType is ActorType.Partner or ActorType.Integration)
            ? raised.Give(bus, raised.Stream, new AcknowledgeReceipt(), cancellation)
            : Task.CompletedTask;
}
