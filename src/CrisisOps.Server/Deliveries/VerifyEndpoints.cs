using System.Text;
using System.Text.Json;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Partners;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Reactions;
using CrisisOps.Server.Streams;
using Endpoint = CrisisOps.Domain.Partners.Endpoint;

namespace CrisisOps.Server.Deliveries;

/// <summary>An endpoint is used once the other side has confirmed it, by the link in a message that went there and nowhere else.</summary>
public sealed class VerifyEndpointsHandler
{
    public static Task Handle(
        Happened<PartnerEndpointRegistered, VerifyEndpointsHandler> registered, StreamLoader loader, DeliveryRows rows, SignedLinks links, CancellationToken cancellation) =>
        Ask(registered.Stream, registered.Event.EndpointId, registered.Id, loader, rows, links, cancellation);

    public static Task Handle(Happened<EndpointEnabled, VerifyEndpointsHandler> enabled, StreamLoader loader, DeliveryRows rows, SignedLinks links, CancellationToken cancellation) =>
        Ask(enabled.Stream, enabled.Event.EndpointId, enabled.Id, loader, rows, links, cancellation);

    private static async Task Ask(string partner, string endpointId, Guid cause, StreamLoader loader, DeliveryRows rows, SignedLinks links, CancellationToken cancellation)
    {
        var state = (Partner)(await loader.Load([partner], cancellation))[partner].State;
        if (state.Endpoints.Find(e => e.EndpointId == endpointId) is not { Verified: false, Removed: false, Disabled: null } endpoint || endpoint.Channel == Channel.Phone)
        {
            return; // a telephone is verified by ringing it
        }

        // Only the newest message proves it: who had an older one may no longer be who answers there.
        var link = links.To(ConfirmRoutes.Purpose, DeliveryRows.IdOf(cause.ToString(), DeliveryKind.Verification, partner, endpointId));
        await rows.Add([EndpointMessages.Of(partner, endpoint, DeliveryKind.Verification, cause.ToString(), "endpoint_verification", link,
            "Somebody registered this address to receive alerts of CrisisOps. If it was you, confirm it with this link; otherwise do nothing, and nothing more will come.")], cancellation);
    }
}

/// <summary>Messages about an endpoint itself: to confirm it, and to try it.</summary>
public static class EndpointMessages
{
    /// <param name="cause">The same cause is the same message.</param>
    /// <param name="type">The last part of the type of its CloudEvent.</param>
    public static PlannedDelivery Of(string partner, Endpoint endpoint, DeliveryKind kind, string cause, string type, string? link, string words)
    {
        var id = DeliveryRows.IdOf(cause, kind, partner, endpoint.EndpointId);
        var message = endpoint.Channel == Channel.Webhook
            ? new RenderedMessage(type, "application/cloudevents+json", JsonSerializer.SerializeToUtf8Bytes(
                new
                {
                    Specversion = "1.0",
                    Id = id,
                    Source = $"/v1/partners/{partner}",
                    Type = $"org.crisisops.partner.{type}.v1",
                    Subject = endpoint.EndpointId,
                    Datacontenttype = "application/json",
                    Dataclassification = TlpNames.Of(Tlp.CLEAR),
                    Data = new { endpoint.EndpointId, Confirm = link, Text = words },
                },
                Json.Stored))
            : new RenderedMessage($"CrisisOps: {type.Replace('_', ' ')}", "text/plain", Encoding.UTF8.GetBytes($"{words}\n{(link is null ? "" : $"\n{link}\n")}\n{partner}, {endpoint.EndpointId}\n"));
        return new PlannedDelivery(id, partner, kind, endpoint.EndpointId, partner, endpoint.EndpointId, endpoint.Channel, Tlp.CLEAR, false, message);
    }
}
