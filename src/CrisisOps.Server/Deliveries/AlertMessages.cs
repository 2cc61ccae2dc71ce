using System.Text.Json;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Partners;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Telling;
using Endpoint = CrisisOps.Domain.Partners.Endpoint;

namespace CrisisOps.Server.Deliveries;

/// <summary>What a message of an alert says, whichever of the three it is; the same for every recipient but for what is theirs.</summary>
/// <param name="Type">The event, as its CloudEvent is called.</param>
/// <param name="EventId">Of the event that told it.</param>
/// <param name="AckDueAt">UTC; null when nothing has to be acknowledged.</param>
/// <param name="Headline">Null when its kind says it.</param>
/// <param name="Text">Null when nothing was written to the partner.</param>
/// <param name="Over">All clear, for this alert.</param>
public sealed record AlertNews(
    string Type, Guid EventId, string Incident, string AlertId, Tlp Tlp, CrisisLevel? Level, string? Headline, string? Text, IReadOnlyList<string> Indicators, DateTimeOffset? ExpiresAt,
    DateTimeOffset? AckDueAt, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, DateTimeOffset? NextAt, bool Over)
{
    /// <summary>The earlier messages of this alert, oldest first, as CAP references them; none for its first.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Once it is over: the other alerts of this incident that still ask something of its receiver, by their first messages.</summary>
    public IReadOnlyList<string> StillOpen { get; init; } = [];

    /// <summary>The alert that the message is of, by its first one.</summary>
    public string About => References is [var first, ..] ? first : AlertId;

    /// <summary>Whose text it is: the partner's, or that of whoever of ours rings the partner.</summary>
    public Audience Reader { get; init; } = Audience.Partner;
}

/// <summary>Renders the news of an alert for one endpoint of one partner.</summary>
public sealed class AlertMessages(Templates templates, SignedLinks links)
{
    /// <param name="cap">The message as CAP 1.2, for those who asked for it.</param>
    /// <param name="code">With what it is acknowledged by voice or by a short message; null for a message that <see cref="CarriesCode">carries</see> none.</param>
    /// <returns>The message and its template, if it has one; or why there is no message.</returns>
    public async ValueTask<(RenderedMessage? Message, string? Template, string? Why)> For(
        AlertNews news, DeliveryKind kind, string deliveryId, Partner partner, Endpoint endpoint, Func<byte[]?> cap, string? code, CancellationToken cancellation)
    {
        var told = news.Text is null ? Known(news) : $"{news.Headline ?? Known(news)}\n{news.Text}";
        if (endpoint is { Channel: Channel.Webhook, Format: EndpointFormat.Cap })
        {
            return cap() is { } xml ? (new RenderedMessage(news.AlertId, "application/cap+xml", xml, told), null, null) : (null, null, "cap-rules");
        }

        if (endpoint is { Channel: Channel.Webhook, Full: false })
        {
            return (Event(news, deliveryId, null, code) with { Told = Known(news) }, null, null);
        }

        var reach = Reach.Of(partner, endpoint);
        var (words, template) = await templates.Render(kind, news.Reader, reach, Values(news, kind, deliveryId, partner, reach, code), cancellation);
        return words is null
            ? (null, template, "template-variable")
            : ((endpoint.Channel == Channel.Webhook ? Event(news, deliveryId, words, code) : words) with { Told = told }, template, null);
    }

    /// <summary>Whether a message to this endpoint says its reply code: where people read the text, and where a machine was cleared for all of it.</summary>
    public static bool CarriesCode(Endpoint endpoint) => endpoint is not { Channel: Channel.Webhook } or { Format: EndpointFormat.CloudEvents, Full: true };

    /// <summary>CloudEvents 1.0, structured. Thin: ids and state; what it says is for endpoints that were cleared for all of it (domain §4).</summary>
    /// <param name="words">What its readers read; null makes it thin.</param>
    private RenderedMessage Event(AlertNews news, string deliveryId, RenderedMessage? words, string? code) => new(news.AlertId, "application/cloudevents+json", JsonSerializer.SerializeToUtf8Bytes(
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
                References = news.References.Count > 0 ? news.References : null,
                State = State(news),
                StillOpen = news.StillOpen.Count > 0 ? news.StillOpen : null,
                news.AckDueAt,
                Acknowledge = news.AckDueAt is null ? null : links.To(AcknowledgeRoutes.Purpose, deliveryId),
                ReplyCode = code,
                NextMessageAt = news.NextAt,
                Headline = words?.Subject,
                Text = words?.Text.TrimEnd('\n'),
                Indicators = words is null ? null : news.Indicators,
            },
        },
        Json.Stored));

    private static string State(AlertNews news) => news.Over ? "Over" : "Open";

    /// <summary>What whoever got no words knows.</summary>
    private static string Known(AlertNews news) => news.About == news.AlertId ? $"{news.AlertId} is {State(news)}" : $"{news.AlertId}: {news.About} is {State(news)}";

    private Dictionary<string, string?> Values(AlertNews news, DeliveryKind kind, string deliveryId, Partner partner, Reach reach, string? code)
    {
        var values = TemplateVariables.Unset(kind);
        values["incident"] = news.Incident;
        values["alert"] = news.AlertId;
        values["about"] = news.About;
        values["stillOpen"] = string.Join(", ", news.StillOpen);
        values["partner"] = partner.Name;
        values["headline"] = news.Headline;
        values["text"] = news.Text;
        values["references"] = string.Join(", ", news.Indicators);
        values["tlp"] = TlpNames.Of(news.Tlp);
        values["at"] = reach.Time(news.OccurredAt);
        values["acknowledgeBy"] = news.AckDueAt is { } due ? reach.Time(due) : null;
        // The link is the partner's word: whoever rings it records what it said.
        values["acknowledge"] = news is { AckDueAt: not null, Reader: Audience.Partner } ? links.To(AcknowledgeRoutes.Purpose, deliveryId) : null;
        values["code"] = code;
        NewsMessages.Next(values, news.Over, news.NextAt, reach);
        return values;
    }
}
