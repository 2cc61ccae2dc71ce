using System.Text;
using System.Text.Json;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Partners;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Reactions;
using CrisisOps.Server.Streams;

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

        await rows.Add([EndpointMessages.Confirmation(partner, endpointId, endpoint.Channel, cause, "endpoint_verification", links,
            "Somebody registered this address to receive alerts of CrisisOps. If it was you, confirm it with this link; otherwise do nothing, and nothing more will come.")], cancellation);
    }
}

/// <summary>Messages about an endpoint of a partner or an address of a contact itself: to confirm it, and to try it.</summary>
public static class EndpointMessages
{
    /// <summary>Asks whoever reads there to follow a link. The link is that of this message: one that went out before, for example before a disabled endpoint was enabled, confirms nothing.</summary>
    /// <param name="cause">The event that calls for it.</param>
    public static PlannedDelivery Confirmation(string recipient, string endpoint, Channel channel, Guid cause, string type, SignedLinks links, string words)
    {
        var link = links.To(ConfirmRoutes.Purpose, DeliveryRows.IdOf(cause.ToString(), DeliveryKind.Verification, recipient, endpoint));
        return Of(recipient, endpoint, channel, DeliveryKind.Verification, cause.ToString(), type, link, words);
    }

    /// <param name="recipient">Key of the partner or of the contact.</param>
    /// <param name="endpoint">Id of the endpoint or of the address.</param>
    /// <param name="cause">The same cause is the same message.</param>
    /// <param name="type">The last part of the type of its CloudEvent; only partners have webhooks.</param>
    public static PlannedDelivery Of(string recipient, string endpoint, Channel channel, DeliveryKind kind, string cause, string type, string? link, string words)
    {
        var id = DeliveryRows.IdOf(cause, kind, recipient, endpoint);
        var message = channel == Channel.Webhook
            ? new RenderedMessage(type, "application/cloudevents+json", JsonSerializer.SerializeToUtf8Bytes(
                new
                {
                    Specversion = "1.0",
                    Id = id,
                    Source = $"/v1/partners/{recipient}",
                    Type = $"org.crisisops.partner.{type}.v1",
                    Subject = endpoint,
                    Datacontenttype = "application/json",
                    Dataclassification = TlpNames.Of(Tlp.CLEAR),
                    Data = new { EndpointId = endpoint, Confirm = link, Text = words },
                },
                Json.Stored))
            : new RenderedMessage($"CrisisOps: {type.Replace('_', ' ')}", "text/plain", Encoding.UTF8.GetBytes($"{words}\n{(link is null ? "" : $"\n{link}\n")}\n{recipient}, {endpoint}\n"));
        return new PlannedDelivery(id, recipient, kind, endpoint, recipient, endpoint, channel, Tlp.CLEAR, false, message);
    }
}
