using CrisisOps.Domain.Crises;
using CrisisOps.Server.Deliveries;

namespace CrisisOps.Server.Channels.Webhook;

/// <summary>A signed POST to the address of a partner, as Standard Webhooks 1.0.0 says.</summary>
public sealed class WebhookChannel(EgressClient egress) : IChannel
{
    public Channel Kind => Channel.Webhook;

    public Task<AttemptOutcome> Send(OutgoingMessage message, CancellationToken cancellation) => egress.PostSigned(message, cancellation);
}
