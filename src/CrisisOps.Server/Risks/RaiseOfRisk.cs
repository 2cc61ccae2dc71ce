using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Risks;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Reactions;
using CrisisOps.Server.Streams;
using Wolverine;

namespace CrisisOps.Server.Risks;

/// <summary>A signal that was escalated without naming a case raises one, and names it.</summary>
public sealed class RaiseOfRiskHandler
{
    public static async Task Handle(Happened<RiskEscalated, RaiseOfRiskHandler> escalated, StreamLoader loader, IMessageBus bus, CancellationToken cancellation)
    {
        if ((escalated.Event.EscalationKey ?? escalated.Event.CrisisKey) is not null)
        {
            return;
        }

        var signal = (RiskSignal)(await loader.Load([escalated.Stream], cancellation))[escalated.Stream].State;
        var raise = new RaiseEscalation(
            signal.Summary, Source.RiskSignal, Surface.Other, signal.Narrative, Region: signal.Regions, Language: signal.Languages, ProposedSeverity: escalated.Event.ProposedSeverity,
            ExternalRef: signal.Key, Exercise: signal.Exercise, PolicyArea: signal.PolicyArea)
        {
            Tlp = signal.Tlp,
        };
        if (await escalated.Give(bus, null, raise, cancellation) is Reply.Done raised)
        {
            await escalated.Give(bus, escalated.Stream, new LinkRisk(EscalationKey: raised.Key), cancellation);
        }
    }
}
