using System.Text;
using System.Text.Json;
using CrisisOps.Domain.Crises;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Hosting;

namespace CrisisOps.Server.Channels.Chat;

/// <summary>A message to a chat room, as the incoming webhooks of Slack-compatible servers take it: <c>{"text": …}</c>. The address is the secret.</summary>
public sealed class ChatChannel(EgressClient egress) : IChannel
{
    public Channel Kind => Channel.Chat;

    public Task<AttemptOutcome> Send(OutgoingMessage message, CancellationToken cancellation)
    {
        // What people wrote must not ring everybody in the room, nor look like a link to something else: &, < and > are markup there.
        var text = $"{message.Subject}\n{Encoding.UTF8.GetString(message.Body.Span)}".Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
        return egress.Post(message with { ContentType = "application/json", Body = JsonSerializer.SerializeToUtf8Bytes(new { text }, Json.Stored) }, cancellation);
    }
}
