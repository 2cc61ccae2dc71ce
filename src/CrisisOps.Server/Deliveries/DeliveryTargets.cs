using System.Collections.Immutable;
using CrisisOps.Domain.Partners;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Streams;
using Wolverine;
using Endpoint = CrisisOps.Domain.Partners.Endpoint;

namespace CrisisOps.Server.Deliveries;

/// <param name="Secrets">Those in force, the newest first.</param>
public sealed record DeliveryAim(string Address, ImmutableArray<byte[]> Secrets);

/// <summary>
/// Where a message goes, judged when it goes: a partner that was suspended, lost clearance or changed its endpoint while the message waited
/// gets nothing at the old place.
/// </summary>
public sealed class DeliveryTargets(StreamLoader loader, SecretKey key, TimeProvider clock, IServiceScopeFactory scopes)
{
    /// <summary>The aim of each message, or why it does not go out.</summary>
    public async Task<Dictionary<string, (DeliveryAim? Aim, string? Why)>> Of(IReadOnlyCollection<LeasedDelivery> deliveries, CancellationToken cancellation)
    {
        var partners = await loader.Load([.. deliveries.Select(d => d.Recipient).Distinct(StringComparer.Ordinal)], cancellation);
        var now = clock.GetUtcNow();
        return deliveries.ToDictionary(d => d.Id, d => Aim(d, (Partner)partners[d.Recipient].State, now), StringComparer.Ordinal);
    }

    /// <summary>An address that is no more is sent nothing until somebody looks at it.</summary>
    public async Task Gone(LeasedDelivery delivery, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IMessageBus>().InvokeAsync<Reply>(
            new Order<DisableEndpoint>(delivery.Recipient, new DisableEndpoint(delivery.Endpoint, "the other side says that this address is gone"), Caller.System, OrderTerms.None), cancellation);
    }

    private (DeliveryAim?, string?) Aim(LeasedDelivery delivery, Partner partner, DateTimeOffset now) =>
        Refused(delivery, partner) is { } why ? (null, why)
        : partner.Endpoints.Find(e => e.EndpointId == delivery.Endpoint) is { } endpoint ? (new DeliveryAim(endpoint.Address, Secrets(partner, endpoint, now)), null)
        : (null, "no-endpoint");

    /// <summary>Why a message may not go out now; asked when it is planned, and again when it goes.</summary>
    public static string? Refused(DeliveryKind kind, Tlp tlp, Partner partner, Endpoint? endpoint) => (kind, partner.Stage) switch
    {
        (_, PartnerState.None) => "unknown-partner",
        (DeliveryKind.Verification or DeliveryKind.Test, PartnerState.Offboarded) => "not-active",
        (not (DeliveryKind.Verification or DeliveryKind.Test), not PartnerState.Active) => "not-active",
        _ when tlp > partner.TlpClearance => "clearance",
        _ => endpoint switch
        {
            null or { Removed: true } => "no-endpoint",
            { Disabled: not null } => "endpoint-disabled",
            { Verified: false } when kind != DeliveryKind.Verification => "endpoint-unverified",
            _ => null,
        },
    };

    private static string? Refused(LeasedDelivery delivery, Partner partner) =>
        delivery.Overtaken ?? Refused(delivery.Kind, delivery.Tlp, partner, partner.Endpoints.Find(e => e.EndpointId == delivery.Endpoint));

    /// <summary>After a rotation both secrets sign for a while, so that the receiver can change over when it likes.</summary>
    public ImmutableArray<byte[]> Secrets(Partner partner, Endpoint endpoint, DateTimeOffset now)
    {
        var newest = key.OfEndpoint(partner.Key, endpoint.EndpointId, endpoint.SecretGeneration);
        return endpoint.OldSecretUntil > now && endpoint.SecretGeneration > 1
            ? [newest, key.OfEndpoint(partner.Key, endpoint.EndpointId, endpoint.SecretGeneration - 1)]
            : [newest];
    }
}
