using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Partners;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Reactions;
using CrisisOps.Server.Streams;
using CrisisOps.Server.Telling;

namespace CrisisOps.Server.Deliveries;

/// <summary>An endpoint is used once the other side has confirmed it, by the link in a message that went there and nowhere else.</summary>
public sealed class VerifyEndpointsHandler
{
    public static Task Handle(
        Happened<PartnerEndpointRegistered, VerifyEndpointsHandler> registered, StreamLoader loader, EndpointMessages messages, DeliveryRows rows, CancellationToken cancellation) =>
        Ask(registered.Stream, registered.Event.EndpointId, registered.Id, loader, messages, rows, cancellation);

    public static Task Handle(Happened<EndpointEnabled, VerifyEndpointsHandler> enabled, StreamLoader loader, EndpointMessages messages, DeliveryRows rows, CancellationToken cancellation) =>
        Ask(enabled.Stream, enabled.Event.EndpointId, enabled.Id, loader, messages, rows, cancellation);

    private static async Task Ask(string partner, string endpointId, Guid cause, StreamLoader loader, EndpointMessages messages, DeliveryRows rows, CancellationToken cancellation)
    {
        var state = (Partner)(await loader.Load([partner], cancellation))[partner].State;
        if (state.Endpoints.Find(e => e.EndpointId == endpointId) is not { Verified: false, Removed: false, Disabled: null } endpoint || endpoint.Channel == Channel.Phone)
        {
            return; // a telephone is verified by ringing it
        }

        await rows.Add([await messages.Of(DeliveryKind.Verification, Reach.Of(state, endpoint), Audience.Partner, cause, cancellation)], cancellation);
    }
}
