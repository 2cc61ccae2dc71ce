using System.Text.Json;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Telling;

namespace CrisisOps.Server.Deliveries;

/// <summary>Messages about an endpoint of a partner or an address of a contact itself: to confirm it, and to try it.</summary>
public sealed class EndpointMessages(Templates templates, SignedLinks links)
{
    /// <param name="kind">A verification asks whoever reads there to follow a link. It is that of this message: one that went out before, for example before a disabled endpoint was enabled, confirms nothing.</param>
    /// <param name="audience">Whose text it is; null for a contact.</param>
    /// <param name="cause">The same cause is the same message.</param>
    public async Task<PlannedDelivery> Of(DeliveryKind kind, Reach reach, Audience? audience, Guid cause, CancellationToken cancellation)
    {
        var id = DeliveryRows.IdOf(cause.ToString(), kind, reach.Recipient, reach.Endpoint);
        var confirm = kind == DeliveryKind.Verification ? links.To(ConfirmRoutes.Purpose, id) : null;
        var values = TemplateVariables.Unset(kind);
        values["recipient"] = reach.Recipient;
        values["endpoint"] = reach.Endpoint;
        if (confirm is not null)
        {
            values["confirm"] = confirm;
        }

        var (words, template) = await templates.Render(kind, audience, reach, values, cancellation);
        var message = words is not null && reach.Channel == Channel.Webhook ? Event(id, kind, reach, confirm, words) : words;
        return new PlannedDelivery(
            id, reach.Recipient, kind, reach.Endpoint, reach.Recipient, reach.Endpoint, reach.Channel, Tlp.CLEAR, false, message ?? RenderedMessage.None, message is null ? "template-variable" : null)
        {
            Template = template,
        };
    }

    /// <summary>CloudEvents 1.0, structured; only partners have webhooks.</summary>
    private static RenderedMessage Event(string id, DeliveryKind kind, Reach reach, string? confirm, RenderedMessage words)
    {
        var type = kind == DeliveryKind.Verification ? "endpoint_verification" : "endpoint_test";
        return new RenderedMessage(type, "application/cloudevents+json", JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                Specversion = "1.0",
                Id = id,
                Source = $"/v1/partners/{reach.Recipient}",
                Type = $"org.crisisops.partner.{type}.v1",
                Subject = reach.Endpoint,
                Datacontenttype = "application/json",
                Dataclassification = TlpNames.Of(Tlp.CLEAR),
                Data = new { EndpointId = reach.Endpoint, Confirm = confirm, Text = words.Text.TrimEnd('\n') },
            },
            Json.Stored));
    }
}
