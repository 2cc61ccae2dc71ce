using System.Globalization;
using CrisisOps.Server.Deliveries;

namespace CrisisOps.Server.Channels.Webhook;

/// <summary>A POST with the three headers of Standard Webhooks 1.0.0.</summary>
public static class SignedPost
{
    /// <summary>One attempt, signed with every secret that is in force.</summary>
    public static Task<AttemptOutcome> PostSigned(this EgressClient egress, OutgoingMessage message, CancellationToken cancellation) =>
        egress.Post(message, cancellation, request =>
        {
            // By the clock of this machine: who receives it compares it with theirs, and a store's clock may be shifted.
            var now = TimeProvider.System.GetUtcNow();
            request.Headers.TryAddWithoutValidation("webhook-id", message.MessageId);
            request.Headers.TryAddWithoutValidation("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
            request.Headers.TryAddWithoutValidation("webhook-signature", WebhookSignature.Header(message.MessageId, now, message.Body.Span, message.Secrets));
        });
}
