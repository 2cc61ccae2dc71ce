using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Reactions;
using CrisisOps.Server.Streams;
using Wolverine;

namespace CrisisOps.Server.Crises;

/// <summary>
/// The cadence of a live crisis replaces the update clocks of its open cases, and they count again when it is over (domain §2.1). What a
/// link itself has settled is refused; a case that was linked before, or had ended meanwhile, learns it here.
/// </summary>
public sealed class PaceCasesHandler
{
    public static Task Handle(Happened<CrisisDeclared, PaceCasesHandler> declared, StreamLoader loader, IMessageBus bus, CancellationToken cancellation) =>
        Cases(declared, loader, bus, cancellation);

    public static Task Handle(Happened<CrisisStoodDown, PaceCasesHandler> ended, StreamLoader loader, IMessageBus bus, CancellationToken cancellation) =>
        Cases(ended, loader, bus, cancellation);

    public static Task Handle(Happened<CrisisReactivated, PaceCasesHandler> again, StreamLoader loader, IMessageBus bus, CancellationToken cancellation) =>
        Cases(again, loader, bus, cancellation);

    public static Task Handle(Happened<CrisisDeclarationAnnulled, PaceCasesHandler> annulled, StreamLoader loader, IMessageBus bus, CancellationToken cancellation) =>
        Cases(annulled, loader, bus, cancellation);

    /// <summary>A case that the crisis did not yet name as its own when it began or ended.</summary>
    public static Task Handle(Happened<EscalationAttached, PaceCasesHandler> attached, StreamLoader loader, IMessageBus bus, CancellationToken cancellation) =>
        Case(attached, attached.Event.EscalationKey, loader, bus, cancellation);

    public static Task Handle(Happened<EscalationReopened, PaceCasesHandler> reopened, StreamLoader loader, IMessageBus bus, CancellationToken cancellation) =>
        Case(reopened, reopened.Stream, loader, bus, cancellation);

    public static Task Handle(Happened<EscalationUnmerged, PaceCasesHandler> unmerged, StreamLoader loader, IMessageBus bus, CancellationToken cancellation) =>
        Case(unmerged, unmerged.Stream, loader, bus, cancellation);

    private static async Task Cases<TEvent>(Happened<TEvent, PaceCasesHandler> happened, StreamLoader loader, IMessageBus bus, CancellationToken cancellation)
        where TEvent : class
    {
        var crisis = (Crisis)(await loader.Load([happened.Stream], cancellation))[happened.Stream].State;
        foreach (var attached in crisis.Escalations)
        {
            await happened.Give(bus, attached.Key, new SetPace(happened.Stream), cancellation);
        }
    }

    private static async Task Case<TEvent>(Happened<TEvent, PaceCasesHandler> happened, string key, StreamLoader loader, IMessageBus bus, CancellationToken cancellation)
        where TEvent : class
    {
        if (((Escalation)(await loader.Load([key], cancellation))[key].State).CrisisKey is { } crisis)
        {
            await happened.Give(bus, key, new SetPace(crisis), cancellation);
        }
    }
}
