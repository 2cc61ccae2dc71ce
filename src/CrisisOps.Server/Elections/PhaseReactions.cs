using CrisisOps.Domain.Elections;
using CrisisOps.Server.Reactions;
using CrisisOps.Server.Streams;
using Wolverine;

namespace CrisisOps.Server.Elections;

/// <summary>A phase that begins turns on what the election's own plan says, and sets the least severity of voter interference (domain §3, P9).</summary>
public sealed class PhaseReactionsHandler
{
    public static async Task Handle(Happened<ElectionPhaseEntered, PhaseReactionsHandler> entered, StreamLoader loader, SeverityFloors floors, IMessageBus bus, CancellationToken cancellation)
    {
        var election = (ElectionEvent)(await loader.Load([entered.Stream], cancellation))[entered.Stream].State;
        await floors.Keep(election.Region, cancellation);
        foreach (var measure in PhaseRules.MeasuresOf(election, entered.Event.Phase))
        {
            await entered.Give(bus, entered.Stream, measure, cancellation, $"{measure.Kind}/{measure.Region}");
        }
    }

    public static Task Handle(Happened<RunoffScheduled, PhaseReactionsHandler> runoff, StreamLoader loader, SeverityFloors floors, CancellationToken cancellation) => Floor(runoff.Stream, loader, floors, cancellation);

    public static Task Handle(Happened<ElectionAnnulled, PhaseReactionsHandler> annulled, StreamLoader loader, SeverityFloors floors, CancellationToken cancellation) => Floor(annulled.Stream, loader, floors, cancellation);

    public static Task Handle(Happened<ElectionCancelled, PhaseReactionsHandler> cancelled, StreamLoader loader, SeverityFloors floors, CancellationToken cancellation) => Floor(cancelled.Stream, loader, floors, cancellation);

    public static Task Handle(Happened<ElectionClosed, PhaseReactionsHandler> closed, StreamLoader loader, SeverityFloors floors, CancellationToken cancellation) => Floor(closed.Stream, loader, floors, cancellation);

    private static async Task Floor(string key, StreamLoader loader, SeverityFloors floors, CancellationToken cancellation) =>
        await floors.Keep(((ElectionEvent)(await loader.Load([key], cancellation))[key].State).Region, cancellation);
}
