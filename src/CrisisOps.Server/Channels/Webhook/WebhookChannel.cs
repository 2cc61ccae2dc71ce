using System.Globalization;
using CrisisOps.Domain.Crises;
using CrisisOps.Server.Deliveries;

namespace CrisisOps.Server.Channels.Webhook;

/// <summary>A signed POST to the address of a partner, as Standard Webhooks 1.0.0 says.</summary>
public sealed class WebhookChannel(EgressClient egress) : IChannel
{
    public Channel Kind => Channel.Webhook;

    public Task<AttemptOutcome> Send(OutgoingMessage message, CancellationToken cancellation) =>
        egress.Post(message, cancellation, request =>
        {
            request.Headers.TryAddWithoutValidation("webhook-id", message.MessageId);
            request.Headers.TryAddWithoutValidation("webhook-timestamp", message.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
            request.Headers.TryAddWithoutValidation("webhook-signature", WebhookSignature.Header(message.MessageId, message.Now, message.Body.Span, message.Secrets));
        });
}
