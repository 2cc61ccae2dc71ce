using System.Text.Json;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Partners;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Contacts;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Intake.Mail;

namespace CrisisOps.Server.Telling;

/// <summary>What a requester is told.</summary>
/// <param name="Requester">Who, where the event names one of several; null for the one of the case.</param>
/// <param name="Text">What was written to them, word for word; null where the template says it all.</param>
/// <param name="Last">Nothing more comes of it.</param>
public sealed record RequesterNews(DeliveryKind Kind, string? Requester = null, RequesterOutcome? Outcome = null, string? Text = null, DateTimeOffset? DueAt = null, DateTimeOffset? NextAt = null, bool Last = false)
{
    /// <summary>Null when the event tells the requester nothing.</summary>
    public static RequesterNews? Of(object @event, Escalation then) => @event switch
    {
        ReceiptAcknowledged => new(DeliveryKind.RequesterReceipt),
        RequesterResponded { DisclosureLevel: DisclosureLevel.ReceiptOnly } e => new(DeliveryKind.RequesterReceipt, e.Requester, NextAt: e.NextUpdateDue),
        RequesterResponded e when then.OutcomeForRequester() is var outcome =>
            new(DeliveryKind.RequesterOutcome, e.Requester, outcome, e.Text, NextAt: outcome == RequesterOutcome.UnderReview ? e.NextUpdateDue : null, Last: outcome != RequesterOutcome.UnderReview),
        EscalationRejected e => new(DeliveryKind.RequesterOutcome, null, RequesterOutcome.NotTakenUp, e.Explanation, Last: true),
        InquiryAnswered e => new(DeliveryKind.PressLine, null, null, e.Text, Last: true),
        InputRequested { External: true } e => new(DeliveryKind.RequesterQuestion, null, null, e.Question, e.DueAt),
        _ => null,
    };
}

/// <summary>
/// Whoever raised a case is answered where and in the language in which they can be reached, subscriber or not; what they are told is what was written to
/// them, and never more of the case (domain §4).
/// </summary>
public sealed class RequesterPlan(SubscriptionBook books, PartnerDirectory partners, Templates templates, MailThreads mails)
{
    /// <summary>Writes nothing: a dry run asks the same. Null when nobody is told.</summary>
    /// <param name="entry">The secrecy of the entry. As secret as the case, it is released to whoever asked by being written to them; made more secret than that, it is held against their clearance.</param>
    public async Task<PlannedDelivery?> Plan(string cause, object @event, Tlp entry, Escalation then, Stamp stamp, CancellationToken cancellation)
    {
        if (RequesterNews.Of(@event, then) is not { } news || (news.Requester ?? then.Requester?.PartnerId ?? then.Requester?.ContactRef) is not { } who)
        {
            return null;
        }

        var tlp = entry > then.Tlp ? entry : Tlp.CLEAR;
        var (reach, why) = await Find(who, news.Kind, tlp, then, cancellation);
        why = then.Exercise ? "exercise" : why;
        if (reach is null || why is not null)
        {
            // The name of a requester leaves Core in no list of deliveries.
            return new PlannedDelivery(
                DeliveryRows.IdOf(cause, news.Kind, "requester", ""), then.Key, news.Kind, $"@{stamp.Version}", reach?.Recipient ?? "requester", "", Channel.Other, tlp, false, RenderedMessage.None,
                why ?? "no-contact");
        }

        var id = DeliveryRows.IdOf(cause, news.Kind, reach.Recipient, reach.Endpoint);
        var (message, template) = await Message(id, news, then, stamp, reach, cancellation);
        return new PlannedDelivery(
            id, then.Key, news.Kind, $"@{stamp.Version}", reach.Recipient, reach.Endpoint, reach.Channel, tlp, reach.Ordered, message ?? RenderedMessage.None, message is null ? "template-variable" : null)
        {
            Template = template,
            InReplyTo = reach.Channel == Channel.Email ? await mails.LastOf(then.Key, who, cancellation) : null,
        };
    }

    private async Task<(Reach? Reach, string? Why)> Find(string who, DeliveryKind kind, Tlp tlp, Escalation then, CancellationToken cancellation)
    {
        if ((await partners.Named([who], cancellation)).GetValueOrDefault(who) is { } partner)
        {
            var reach = Reach.Of(partner, []);
            return reach is null ? (null, "no-endpoint") : (Spoken(reach, then), PartnerRecipients.Refused(kind, tlp, partner, partner.EndpointOf(reach.Endpoint)));
        }

        var book = await books.Now(cancellation);
        if (!book.ByRef.TryGetValue(who, out var booked))
        {
            return (null, null);
        }

        var place = Reach.Of(booked.Contact, [Channel.Email, Channel.Chat]);
        return (place, ContactRecipients.Refused(kind, tlp, booked.Contact, place.Endpoint, booked.Caller));
    }

    /// <summary>The language of the report goes before that of the organisation.</summary>
    private static Reach Spoken(Reach reach, Escalation then) => then.Requester?.Language is { } language ? reach with { Language = language } : reach;

    private async Task<(RenderedMessage?, string)> Message(string id, RequesterNews news, Escalation then, Stamp stamp, Reach reach, CancellationToken cancellation)
    {
        // Where the case's content lies is said to nobody outside, whatever was pasted.
        var text = then.ContentRefs.Aggregate(news.Text, (written, content) => content.Url is { Length: > 0 } url ? written?.Replace(url, "[link left out]", StringComparison.OrdinalIgnoreCase) : written);
        var outcome = news.Outcome is { } known ? RequesterWords.Of(known, reach.Language) : null;
        var told = string.Join('\n', new[] { outcome, text }.OfType<string>());
        told = told.Length == 0 ? $"{news.Kind}" : told;
        if (reach.Channel == Channel.Webhook && reach.Format != EndpointFormat.Text)
        {
            return (new RenderedMessage(then.Key, "application/cloudevents+json", Event(id, news, then, stamp, text), told), "cloudevents");
        }

        var values = TemplateVariables.Unset(news.Kind);
        values["reference"] = then.Key;
        values["outcome"] = outcome;
        values["text"] = text;
        values["at"] = reach.Time(stamp.RecordedAt);
        values["dueAt"] = news.DueAt is { } due ? reach.Time(due) : null;
        NewsMessages.Next(values, news.Last, news.NextAt, reach);
        var (message, template) = await templates.Render(news.Kind, null, reach, values, cancellation);
        return (message is null ? null : message with { Told = told }, template);
    }

    private static byte[] Event(string id, RequesterNews news, Escalation then, Stamp stamp, string? text) => JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            Specversion = "1.0",
            Id = id,
            Source = $"/v1/escalations/{then.Key}",
            Type = $"org.crisisops.escalation.{news.Kind}.v1",
            Subject = then.Key,
            Time = stamp.OccurredAt,
            Datacontenttype = "application/json",
            Data = new { Reference = then.Key, news.Outcome, Text = text, news.DueAt, NextMessageAt = news.NextAt, news.Last },
        },
        Json.Stored);
}

/// <summary>Outcomes in the languages that we write.</summary>
internal static class RequesterWords
{
    public static string Of(RequesterOutcome outcome, string language) => (outcome, language.Split('-')[0]) switch
    {
        (RequesterOutcome.UnderReview, "de") => "wird noch geprüft",
        (RequesterOutcome.ActionTaken, "de") => "wir haben Maßnahmen ergriffen",
        (RequesterOutcome.NoAction, "de") => "wir haben keine Maßnahmen ergriffen",
        (RequesterOutcome.NotTakenUp, "de") => "wir befassen uns hier nicht damit",
        (RequesterOutcome.UnderReview, _) => "under review",
        (RequesterOutcome.ActionTaken, _) => "action taken",
        (RequesterOutcome.NoAction, _) => "no action",
        _ => "not taken up",
    };
}
