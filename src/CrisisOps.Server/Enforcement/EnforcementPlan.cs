using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Enforcement;

/// <summary>Makes orders into deliveries; one that does not go out stands on the record too, with its reason.</summary>
public sealed class EnforcementPlan(EnforcementSettings settings, DeliveryRows rows, OrdersOut orders, StreamLoader loader)
{
    /// <summary>Plans what an event asks of the platform, as the case stands now: what was done by hand meanwhile is not ordered.</summary>
    /// <param name="cause">Of the event: the same one orders once.</param>
    /// <param name="ask">The order; null when there is nothing to order.</param>
    public async Task Plan(string escalation, Guid cause, Stamp stamp, Func<Escalation, EnforcementOrder?> ask, CancellationToken cancellation)
    {
        var state = (Escalation)(await loader.Load([escalation], cancellation))[escalation].State;
        if (ask(state) is not { } order)
        {
            return;
        }

        var id = DeliveryRows.IdOf(cause.ToString(), DeliveryKind.EnforcementOrder, PlatformRecipients.Key, PlatformRecipients.Endpoint);
        await rows.Add(
            [
                new PlannedDelivery(
                    id, escalation, DeliveryKind.EnforcementOrder, order.About, PlatformRecipients.Key, PlatformRecipients.Endpoint, Channel.Platform, state.Tlp, Ordered: true,
                    EnforcementMessage.Of(order, state, id, stamp), await Refused(order, state, cancellation)),
            ],
            cancellation);
    }

    private async Task<string?> Refused(EnforcementOrder order, Escalation state, CancellationToken cancellation) => order switch
    {
        // An exercise never reaches real systems (domain §9.4).
        _ when state.Exercise => "exercise",
        _ when !settings.Configured => PlatformRecipients.NotConfigured,
        { Ends: true } when !await orders.Any(state.Key, order.About, cancellation) => "never-told",
        _ => null,
    };
}
