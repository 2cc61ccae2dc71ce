using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Reactions;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Telling;

/// <summary>Answers whoever raised a case (domain §4, audience Requester).</summary>
public sealed class TellRequestersHandler
{
    public static Task Handle(Happened<ReceiptAcknowledged, TellRequestersHandler> told, RequesterPlan plan, StreamLoader loader, StreamKinds kinds, DeliveryRows rows, CancellationToken cancellation) =>
        Tell(told, plan, loader, kinds, rows, cancellation);

    public static Task Handle(Happened<RequesterResponded, TellRequestersHandler> told, RequesterPlan plan, StreamLoader loader, StreamKinds kinds, DeliveryRows rows, CancellationToken cancellation) =>
        Tell(told, plan, loader, kinds, rows, cancellation);

    public static Task Handle(Happened<EscalationRejected, TellRequestersHandler> told, RequesterPlan plan, StreamLoader loader, StreamKinds kinds, DeliveryRows rows, CancellationToken cancellation) =>
        Tell(told, plan, loader, kinds, rows, cancellation);

    public static Task Handle(Happened<InquiryAnswered, TellRequestersHandler> told, RequesterPlan plan, StreamLoader loader, StreamKinds kinds, DeliveryRows rows, CancellationToken cancellation) =>
        Tell(told, plan, loader, kinds, rows, cancellation);

    public static Task Handle(Happened<InputRequested, TellRequestersHandler> told, RequesterPlan plan, StreamLoader loader, StreamKinds kinds, DeliveryRows rows, CancellationToken cancellation) =>
        Tell(told, plan, loader, kinds, rows, cancellation);

    private static async Task Tell<TEvent>(
        Happened<TEvent, TellRequestersHandler> told, RequesterPlan plan, StreamLoader loader, StreamKinds kinds, DeliveryRows rows, CancellationToken cancellation)
        where TEvent : class
    {
        // As the event left it: an answer says how the case stood when it was given.
        var then = (Escalation)(await loader.LoadThen(kinds.Of(told.Stream), told.Stream, told.Stamp.Version, DateTimeOffset.MaxValue, cancellation)).State;
        if (await plan.Plan(told.Id.ToString(), told.Event, then, told.Stamp, cancellation) is { } planned)
        {
            await rows.Add([planned], cancellation);
        }
    }
}
