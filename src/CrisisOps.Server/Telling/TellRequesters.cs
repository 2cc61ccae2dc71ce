using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Reactions;

namespace CrisisOps.Server.Telling;

/// <summary>Answers whoever raised a case (domain §4, audience Requester).</summary>
public sealed class TellRequestersHandler
{
    public static Task Handle(Happened<ReceiptAcknowledged, TellRequestersHandler> told, RequesterTelling telling, CancellationToken cancellation) =>
        Tell(told, telling, cancellation);

    public static Task Handle(Happened<RequesterResponded, TellRequestersHandler> told, RequesterTelling telling, CancellationToken cancellation) =>
        Tell(told, telling, cancellation);

    public static Task Handle(Happened<EscalationRejected, TellRequestersHandler> told, RequesterTelling telling, CancellationToken cancellation) =>
        Tell(told, telling, cancellation);

    public static Task Handle(Happened<InquiryAnswered, TellRequestersHandler> told, RequesterTelling telling, CancellationToken cancellation) =>
        Tell(told, telling, cancellation);

    public static Task Handle(Happened<InputRequested, TellRequestersHandler> told, RequesterTelling telling, CancellationToken cancellation) =>
        Tell(told, telling, cancellation);

    private static Task Tell<TEvent>(Happened<TEvent, TellRequestersHandler> told, RequesterTelling telling, CancellationToken cancellation)
        where TEvent : class =>
        telling.Tell(told.Id, told.Stream, told.Event, told.Stamp, cancellation);
}
