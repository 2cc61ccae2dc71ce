using System.Globalization;
using System.Text;
using System.Text.Json;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Partners;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Hosting;
using Endpoint = CrisisOps.Domain.Partners.Endpoint;

namespace CrisisOps.Server.Deliveries;

/// <summary>What a message of an alert says, whichever of the three it is; the same for every recipient but for what is theirs.</summary>
/// <param name="Type">The event, as its CloudEvent is called.</param>
/// <param name="EventId">Of the event that told it.</param>
/// <param name="AckDueAt">UTC; null when nothing has to be acknowledged.</param>
/// <param name="Over">All clear.</param>
public sealed record AlertNews(
    string Type, Guid EventId, string Incident, string AlertId, Tlp Tlp, CrisisLevel? Level, string Headline, string Text, IReadOnlyList<string> Indicators, DateTimeOffset? ExpiresAt,
    DateTimeOffset? AckDueAt, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, DateTimeOffset? NextAt, bool Over);

/// <summary>Renders the news of an alert for one endpoint of one partner.</summary>
public sealed class AlertMessages(SignedLinks links)
{
    /// <param name="cap">The message as CAP 1.2, for those who asked for it.</param>
    /// <param name="code">With what it is acknowledged by voice or by a short message; null for a message that <see cref="CarriesCode">carries</see> none.</param>
    /// <returns>Null when there is no such message.</returns>
    public RenderedMessage? For(AlertNews news, string deliveryId, Endpoint endpoint, Func<byte[]?> cap, string? code = null)
    {
        var thin = endpoint is { Channel: Channel.Webhook, Format: EndpointFormat.CloudEvents, Full: false };
        return Rendered(news, deliveryId, endpoint, cap, code) is { } message ? message with { Told = thin ? $"{news.AlertId} is {State(news)}" : $"{news.Headline}\n{news.Text}" } : null;
    }

    /// <summary>Whether a message to this endpoint says its reply code: where people read the text, and where a machine was cleared for all of it.</summary>
    public static bool CarriesCode(Endpoint endpoint) => endpoint is not { Channel: Channel.Webhook } or { Format: EndpointFormat.CloudEvents, Full: true };

    private RenderedMessage? Rendered(AlertNews news, string deliveryId, Endpoint endpoint, Func<byte[]?> cap, string? code) => (endpoint.Channel, endpoint.Format) switch
    {
        (Channel.Webhook, EndpointFormat.Cap) => cap() is { } xml ? new RenderedMessage(news.AlertId, "application/cap+xml", xml) : null,
        (Channel.Webhook, _) => new RenderedMessage(news.AlertId, "application/cloudevents+json", Event(news, deliveryId, endpoint, code)),
        _ => new RenderedMessage($"[TLP:{TlpNames.Of(news.Tlp)}] {news.Headline}", "text/plain", Encoding.UTF8.GetBytes(Words(news, deliveryId, code))),
    };

    /// <summary>CloudEvents 1.0, structured. Thin: ids and state; what it says is for endpoints that were cleared for all of it (domain §4).</summary>
    private byte[] Event(AlertNews news, string deliveryId, Endpoint endpoint, string? code) => JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            Specversion = "1.0",
            Id = deliveryId,
            Source = $"/v1/crises/{news.Incident}",
            Type = $"org.crisisops.crisis.{news.Type}.v1",
            Subject = news.AlertId,
            Time = news.OccurredAt,
            Recordedtime = news.RecordedAt,
            Datacontenttype = "application/json",
            Dataclassification = TlpNames.Of(news.Tlp),
            Expirytime = news.ExpiresAt,
            Severitytext = news.Level?.ToString(),
            // Ascends with severity: Level1 is the worst.
            Severitynumber = news.Level is { } level ? 4 - (int)level : (int?)null,
            Data = new
            {
                news.AlertId,
                news.Incident,
                State = State(news),
                news.AckDueAt,
                Acknowledge = news.AckDueAt is null ? null : links.To(AcknowledgeRoutes.Purpose, deliveryId),
                ReplyCode = code,
                NextMessageAt = news.NextAt,
                Headline = endpoint.Full ? news.Headline : null,
                Text = endpoint.Full ? news.Text : null,
                Indicators = endpoint.Full ? news.Indicators : null,
            },
        },
        Json.Stored);

    private static string State(AlertNews news) => news.Over ? "Over" : "Open";

    private string Words(AlertNews news, string deliveryId, string? code)
    {
        var text = new StringBuilder().Append(news.Text).Append("\n\n");
        if (news.Indicators.Count > 0)
        {
            text.Append("References: ").AppendJoin(", ", news.Indicators).Append("\n\n");
        }

        if (news.AckDueAt is { } due)
        {
            text.Append(CultureInfo.InvariantCulture, $"Please acknowledge by {due.UtcDateTime:yyyy-MM-dd HH:mm} UTC: {links.To(AcknowledgeRoutes.Purpose, deliveryId)}\n");
            if (code is not null)
            {
                text.Append(CultureInfo.InvariantCulture, $"By telephone or short message, say this code: {code}\n");
            }
        }

        text.Append(
            news.Over ? "This is over. There is no further message about it.\n"
            : news.NextAt is { } next ? string.Create(CultureInfo.InvariantCulture, $"Next message: when something changes; we look at it again by {next.UtcDateTime:yyyy-MM-dd HH:mm} UTC.\n")
            : "Next message: when something changes, and when it is over.\n");
        return text.Append(CultureInfo.InvariantCulture, $"\n{news.AlertId} · TLP:{TlpNames.Of(news.Tlp)}\n").ToString();
    }
}
