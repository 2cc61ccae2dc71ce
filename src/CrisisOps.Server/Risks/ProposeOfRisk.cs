using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Risks;
using CrisisOps.Server.Access;
using CrisisOps.Server.Reactions;
using CrisisOps.Server.Streams;
using Wolverine;

namespace CrisisOps.Server.Risks;

/// <summary>What a signal proposes becomes a crisis, which the signal names; if one was proposed in the same moment, it names that one.</summary>
public sealed class ProposeOfRiskHandler
{
    public static async Task Handle(Happened<RiskCrisisProposed, ProposeOfRiskHandler> proposed, StreamLoader loader, FactStore facts, IMessageBus bus, CancellationToken cancellation)
    {
        var signal = (RiskSignal)(await loader.Load([proposed.Stream], cancellation))[proposed.Stream].State;
        var proposal = new ProposeCrisis(
            proposed.Event.Type, $"{proposed.Event.Summary} [{string.Join(", ", new[] { signal.Key, proposed.Event.With }.OfType<string>())}]", signal.Regions, signal.Languages,
            Trigger: proposed.Event.Trigger, Exercise: signal.Exercise)
        {
            Tlp = signal.Tlp,
        };
        var crisis = await proposed.Give(bus, null, proposal, cancellation) is Reply.Done done ? done.Key : (await facts.Find([.. proposal.Facts(Crisis.None)], cancellation)).Values.FirstOrDefault();
        if (crisis is not null)
        {
            await proposed.Give(bus, proposed.Stream, new LinkRisk(CrisisKey: crisis), cancellation);
        }
    }
}
