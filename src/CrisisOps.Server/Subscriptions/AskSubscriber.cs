using System.Globalization;
using System.Text.Json;
using CrisisOps.Domain.Contacts;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Partners;
using CrisisOps.Domain.Shared;
using CrisisOps.Domain.Subscriptions;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Reactions;
using CrisisOps.Server.Streams;
using CrisisOps.Server.Telling;

namespace CrisisOps.Server.Subscriptions;

/// <summary>What somebody else asked for is in force once its subscriber has said yes, by the link in a message that goes to them.</summary>
public sealed class AskSubscriberHandler
{
    public static async Task Handle(
        Happened<SubscriptionRequested, AskSubscriberHandler> requested, StreamLoader loader, Templates templates, DeliveryRows rows, SignedLinks links, CancellationToken cancellation)
    {
        var states = await loader.Load([requested.Stream, requested.Event.Subscriber], cancellation);
        var subscription = (Subscription)states[requested.Stream].State;
        if (subscription.Stage == SubscriptionState.Pending)
        {
            await rows.Add([await Asked(subscription, states[subscription.Subscriber].State, requested.Id, templates, links, cancellation)], cancellation);
        }
    }

    private static async Task<PlannedDelivery> Asked(Subscription subscription, object subscriber, Guid cause, Templates templates, SignedLinks links, CancellationToken cancellation)
    {
        var reach = FirstWay(subscriber);
        var id = DeliveryRows.IdOf(cause.ToString(), DeliveryKind.SubscriptionRequest, subscription.Subscriber, reach?.Endpoint ?? "");
        var (message, template) = reach is null ? (null, null) : await Message(subscription, id, reach, templates, links, cancellation);
        return new PlannedDelivery(
            id, subscription.Key, DeliveryKind.SubscriptionRequest, subscription.Key, subscription.Subscriber, reach?.Endpoint ?? "", reach?.Channel ?? Channel.Other, Tlp.CLEAR, false,
            message ?? RenderedMessage.None, reach is null ? "no-endpoint" : message is null ? "template-variable" : null)
        {
            Subscription = subscription.Key,
            Template = template,
        };
    }

    /// <summary>The first that needs no person to ring, in the order of registration; null when there is none.</summary>
    private static Reach? FirstWay(object subscriber) => subscriber switch
    {
        Contact contact when contact.Addresses.Find(a => a is { Usable: true, Channel: not Channel.Phone }) is { } address => Reach.Of(contact, address.AddressId, address.Channel),
        Partner partner when partner.Endpoints.Find(e => e is { Usable: true, Channel: not Channel.Phone }) is { } endpoint => Reach.Of(partner, endpoint),
        _ => null,
    };

    private static async Task<(RenderedMessage? Message, string? Template)> Message(
        Subscription subscription, string id, Reach reach, Templates templates, SignedLinks links, CancellationToken cancellation)
    {
        var (confirm, stop) = (links.To(SubscriptionLinks.Subscribe, subscription.Key), links.To(SubscriptionLinks.Unsubscribe, subscription.Key));
        var values = Terms(subscription.Terms);
        values["subscription"] = subscription.Key;
        values["confirm"] = confirm;
        values["unsubscribe"] = stop;
        var (words, template) = await templates.Render(DeliveryKind.SubscriptionRequest, subscription.Audience, reach, values, cancellation);
        if (words is null)
        {
            return (null, template);
        }

        var message = reach.Channel != Channel.Webhook ? words : new RenderedMessage("subscription_requested", "application/cloudevents+json", JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                Specversion = "1.0",
                Id = id,
                Source = $"/v1/subscriptions/{subscription.Key}",
                Type = "org.crisisops.subscription.requested.v1",
                Subject = subscription.Key,
                Datacontenttype = "application/json",
                Dataclassification = TlpNames.Of(Tlp.CLEAR),
                Data = new { Subscription = subscription.Key, Confirm = confirm, Unsubscribe = stop, Text = words.Text.TrimEnd('\n') },
            },
            Json.Stored));
        return (message with { Told = $"asked to confirm {subscription.Key}" }, template);
    }

    /// <summary>Says what it is about by its terms; the scope may name what its receiver has not been told of yet.</summary>
    private static Dictionary<string, string?> Terms(SubscriptionTerms terms)
    {
        var values = TemplateVariables.Unset(DeliveryKind.SubscriptionRequest);
        values["audience"] = $"{terms.Audience}";
        values["maxTlp"] = TlpNames.Of(terms.MaxTlp);
        values["cadence"] = $"{terms.Cadence}";
        values["channels"] = string.Join(", ", terms.Channels);
        values["ackRequired"] = terms.AckRequired ? "true" : null;
        if (terms.QuietHours is { } quiet)
        {
            values["quietFrom"] = quiet.From.ToString("HH:mm", CultureInfo.InvariantCulture);
            values["quietTo"] = quiet.To.ToString("HH:mm", CultureInfo.InvariantCulture);
            values["quietTz"] = quiet.Tz;
            values["breakThrough"] = $"{quiet.BreakThroughSeverity}";
        }

        return values;
    }
}
