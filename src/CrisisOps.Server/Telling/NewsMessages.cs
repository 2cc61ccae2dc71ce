using System.Text.Json;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Partners;
using CrisisOps.Domain.Shared;
using CrisisOps.Domain.Subscriptions;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Subscriptions;

namespace CrisisOps.Server.Telling;

/// <summary>Writes a piece of news for one reader: in their language and time zone, or as the event that their system reads.</summary>
public sealed class NewsMessages(Templates templates, SignedLinks links)
{
    /// <param name="words">What they may read; null says only that there was something, and what became of it.</param>
    public async ValueTask<(RenderedMessage? Message, string Template)> Of(
        string deliveryId, NewsEntry entry, EntryWords? words, Audience? audience, Reach reach, Subscription? subscription, CancellationToken cancellation)
    {
        var told = words?.All ?? $"{entry.Stream}: {entry.News.Kind}";
        if (reach.Channel == Channel.Webhook && reach.Format != EndpointFormat.Text)
        {
            return (new RenderedMessage(audience == Audience.Public ? "Statement" : entry.Stream, "application/cloudevents+json", audience == Audience.Public ? Statement(deliveryId, entry, words) : Event(deliveryId, entry, words), told), "cloudevents");
        }

        var values = Values(entry, words, audience, reach);
        if (subscription is not null)
        {
            values["unsubscribe"] = links.To(SubscriptionLinks.Unsubscribe, subscription.Key);
        }

        if ((entry.News.AckDueAt is not null || subscription?.AckRequired == true) && reach.Channel != Channel.Inbox)
        {
            values["acknowledge"] = links.To(AcknowledgeRoutes.Purpose, deliveryId);
            values["acknowledgeBy"] = entry.News.AckDueAt is { } due ? reach.Time(due) : null;
        }

        var (message, template) = await templates.Render(entry.News.Kind, audience, reach, values, cancellation);
        return (message is null ? null : message with { Told = told }, template);
    }

    /// <summary>Every variable of news, with a value or without: a text may name any of them.</summary>
    public static Dictionary<string, string?> Values(NewsEntry entry, EntryWords? words, Audience? audience, Reach reach)
    {
        // The public reads what was approved, to the letter.
        string? Written(string? text) => text is null || audience == Audience.Public ? text : Reach.WithoutLinks(text);
        var values = TemplateVariables.Unset(entry.News.Kind);
        values["incident"] = audience == Audience.Public ? null : entry.Stream;
        values["headline"] = Written(words?.Headline);
        values["body"] = Written(words?.Body);
        values["tlp"] = TlpNames.Of(words is null || audience == Audience.Public ? Tlp.CLEAR : entry.Tlp);
        values["at"] = reach.Time(entry.OccurredAt);
        Next(values, entry.News.Ends, entry.News.NextAt, reach);
        return values;
    }

    /// <summary>Every message says when the next one comes (domain §4).</summary>
    public static void Next(Dictionary<string, string?> values, bool last, DateTimeOffset? at, Reach reach)
    {
        values["last"] = last ? "true" : null;
        values["nextAt"] = !last && at is { } next ? reach.Time(next) : null;
        values["nextOnChange"] = !last && at is null ? "true" : null;
    }

    /// <summary>What the public reads, and nothing of what it is about.</summary>
    private static byte[] Statement(string deliveryId, NewsEntry entry, EntryWords? words) => JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            Specversion = "1.0",
            Id = deliveryId,
            Source = "/v1/statements",
            Type = $"org.crisisops.statement.{entry.News.Kind}.v1",
            Subject = entry.Cause,
            Time = entry.RecordedAt,
            Datacontenttype = "application/json",
            Dataclassification = TlpNames.Of(Tlp.CLEAR),
            Data = new { Text = words?.All },
        },
        Json.Stored);

    private static byte[] Event(string deliveryId, NewsEntry entry, EntryWords? words) => JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            Specversion = "1.0",
            Id = deliveryId,
            Source = $"/v1/timelines/{entry.Stream}",
            Type = $"org.crisisops.{entry.Stream.Split('-')[0] switch { "CR" => "crisis", "EL" => "election", _ => "escalation" }}.{entry.EventType}.v1",
            Subject = entry.News.About ?? entry.Stream,
            Time = entry.OccurredAt,
            Recordedtime = entry.RecordedAt,
            Datacontenttype = "application/json",
            Dataclassification = TlpNames.Of(Tlp.CLEAR),
            Data = new { Incident = entry.Stream, State = entry.News.Ends ? "Over" : "Open", NextMessageAt = entry.News.NextAt, Text = words?.All },
        },
        Json.Stored);
}
