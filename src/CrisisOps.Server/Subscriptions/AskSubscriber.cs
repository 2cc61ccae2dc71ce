using System.Text;
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

namespace CrisisOps.Server.Subscriptions;

/// <summary>What somebody else asked for is in force once its subscriber has said yes, by the link in a message that goes to them.</summary>
public sealed class AskSubscriberHandler
{
    private const string Subject = "CrisisOps: confirm what you are told";

    public static async Task Handle(
        Happened<SubscriptionRequested, AskSubscriberHandler> requested, StreamLoader loader, DeliveryRows rows, SignedLinks links, CancellationToken cancellation)
    {
        var states = await loader.Load([requested.Stream, requested.Event.Subscriber], cancellation);
        var subscription = (Subscription)states[requested.Stream].State;
        if (subscription.Stage == SubscriptionState.Pending)
        {
            await rows.Add([Asked(subscription, states[subscription.Subscriber].State, requested.Id, links)], cancellation);
        }
    }

    private static PlannedDelivery Asked(Subscription subscription, object subscriber, Guid cause, SignedLinks links)
    {
        var (endpoint, channel) = FirstWay(subscriber);
        var id = DeliveryRows.IdOf(cause.ToString(), DeliveryKind.SubscriptionRequest, subscription.Subscriber, endpoint);
        var (message, why) = endpoint.Length == 0 ? (RenderedMessage.None, "no-endpoint") : (Message(subscription, id, channel, links), null);
        return new PlannedDelivery(
            id, subscription.Key, DeliveryKind.SubscriptionRequest, subscription.Key, subscription.Subscriber, endpoint, channel, Tlp.CLEAR, false, message, why)
        {
            Subscription = subscription.Key,
        };
    }

    /// <summary>The first that needs no person to ring, in the order of registration; an empty id when there is none.</summary>
    private static (string Endpoint, Channel Channel) FirstWay(object subscriber) => subscriber switch
    {
        Contact contact when contact.Addresses.Find(a => a is { Usable: true, Channel: not Channel.Phone }) is { } address => (address.AddressId, address.Channel),
        Partner partner when partner.Endpoints.Find(e => e is { Usable: true, Channel: not Channel.Phone }) is { } endpoint => (endpoint.EndpointId, endpoint.Channel),
        _ => ("", Channel.Other),
    };

    /// <summary>Says what it is about by its terms; the scope may name what its receiver has not been told of yet.</summary>
    private static RenderedMessage Message(Subscription subscription, string id, Channel channel, SignedLinks links)
    {
        var (confirm, stop) = (links.To(SubscriptionLinks.Subscribe, subscription.Key), links.To(SubscriptionLinks.Unsubscribe, subscription.Key));
        var words = $"Somebody asked that CrisisOps sends you messages ({subscription.Terms.Words()}). If you want them, confirm it with this link; otherwise do nothing, and none will come.";
        var told = $"asked to confirm {subscription.Key}";
        return channel == Channel.Webhook
            ? new RenderedMessage("subscription_requested", "application/cloudevents+json", JsonSerializer.SerializeToUtf8Bytes(
                new
                {
                    Specversion = "1.0",
                    Id = id,
                    Source = $"/v1/subscriptions/{subscription.Key}",
                    Type = "org.crisisops.subscription.requested.v1",
                    Subject = subscription.Key,
                    Datacontenttype = "application/json",
                    Dataclassification = TlpNames.Of(Tlp.CLEAR),
                    Data = new { Subscription = subscription.Key, Confirm = confirm, Unsubscribe = stop, Text = words },
                },
                Json.Stored), told)
            : new RenderedMessage(Subject, "text/plain", Encoding.UTF8.GetBytes($"{words}\n\n{confirm}\n\n{subscription.Key}\n"), told);
    }
}
