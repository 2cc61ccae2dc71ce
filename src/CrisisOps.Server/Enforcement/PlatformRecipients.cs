using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Enforcement;

/// <summary>The platform itself, reached where the configuration says. What an order asks for is looked at once more before it goes.</summary>
public sealed class PlatformRecipients(EnforcementSettings settings, OrdersOut orders, StreamLoader loader) : IRecipients
{
    /// <summary>The key that deliveries to the platform have.</summary>
    public const string Key = "PLATFORM-enforcement";

    /// <summary>The one endpoint of it.</summary>
    public const string Endpoint = "ENFORCEMENT";

    public const string NotConfigured = "not-configured";

    public string Prefix => "PLATFORM";

    public async Task<Dictionary<string, (DeliveryAim? Aim, string? Why)>> Aims(IReadOnlyCollection<Addressed> messages, CancellationToken cancellation)
    {
        if (settings.Place() is not { } place)
        {
            return messages.ToDictionary(m => m.Id, _ => ((DeliveryAim?)null, (string?)NotConfigured), StringComparer.Ordinal);
        }

        var aim = new DeliveryAim(place.AbsoluteUri, [settings.Key()]);
        var sent = await orders.Of([.. messages.Where(m => m.Kind == DeliveryKind.EnforcementOrder).Select(m => m.Id)], cancellation);
        var cases = await loader.Load([.. sent.Values.Select(o => o.Escalation).Distinct(StringComparer.Ordinal)], cancellation);
        return messages.ToDictionary(
            m => m.Id,
            m => sent.GetValueOrDefault(m.Id) is { } order && !Stands(order, (Escalation)cases[order.Escalation].State) ? ((DeliveryAim?)null, (string?)"overtaken") : (aim, null),
            StringComparer.Ordinal);
    }

    /// <summary>Only the operator can give it another address; until then it is a dead letter.</summary>
    public Task Gone(Addressed message, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Configured, and confirmed by nobody.</summary>
    public Task<Reply> Confirm(string recipient, string endpoint, CancellationToken cancellation) => Task.FromResult<Reply>(Reply.NotFound.Instance);

    /// <summary>Whether anything of an order is still to be done: not ended, replaced or recorded as done by hand while it waited.</summary>
    private static bool Stands(OrderOut order, Escalation state) => (order switch
    {
        { Ends: true } => EnforcementOrder.OfEnd(state, order.About),
        _ when state.InterimActions.Exists(a => a.ActionId == order.About) => EnforcementOrder.OfInterimAction(state, order.About),
        _ => EnforcementOrder.OfDecision(state, order.About, [.. order.Actions.Select(a => a.ActionId)]),
    }) is not null;
}
