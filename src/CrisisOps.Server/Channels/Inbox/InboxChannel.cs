using CrisisOps.Domain.Crises;
using CrisisOps.Server.Deliveries;

namespace CrisisOps.Server.Channels.Inbox;

/// <summary>The inbox that everybody has here: the row of the delivery is the message, so it has arrived as soon as it may go.</summary>
public sealed class InboxChannel : IChannel
{
    public Channel Kind => Channel.Inbox;

    public Task<AttemptOutcome> Send(OutgoingMessage message, CancellationToken cancellation) => Task.FromResult(new AttemptOutcome(AttemptResult.Delivered, "inbox"));
}
