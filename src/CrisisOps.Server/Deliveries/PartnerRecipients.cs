using System.Collections.Immutable;
using CrisisOps.Domain.Partners;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Streams;
using Endpoint = CrisisOps.Domain.Partners.Endpoint;

namespace CrisisOps.Server.Deliveries;

/// <summary>Partners, reached at the endpoints that they have confirmed.</summary>
public sealed class PartnerRecipients(StreamLoader loader, SecretKey key, TimeProvider clock, IServiceScopeFactory scopes) : IRecipients
{
    public string Prefix => "PRT";

    public async Task<Dictionary<string, (DeliveryAim? Aim, string? Why)>> Aims(IReadOnlyCollection<Addressed> messages, CancellationToken cancellation)
    {
        var partners = await loader.Load([.. messages.Select(d => d.Recipient).Distinct(StringComparer.Ordinal)], cancellation);
        var now = clock.GetUtcNow();
        return messages.ToDictionary(d => d.Id, d => Aim(d, (Partner)partners[d.Recipient].State, now), StringComparer.Ordinal);
    }

    public Task Gone(Addressed message, CancellationToken cancellation) =>
        scopes.Give(message.Recipient, new DisableEndpoint(message.Endpoint, "the other side says that this address is gone"), cancellation);

    public Task<Reply> Confirm(string recipient, string endpoint, CancellationToken cancellation) =>
        scopes.Give(recipient, new VerifyEndpoint(endpoint, "confirmed with the link that was sent there"), cancellation);

    private (DeliveryAim?, string?) Aim(Addressed message, Partner partner, DateTimeOffset now)
    {
        var endpoint = partner.Endpoints.Find(e => e.EndpointId == message.Endpoint);
        return Refused(message.Kind, message.Tlp, partner, endpoint) is { } why ? (null, why) : (new DeliveryAim(endpoint!.Address, Secrets(partner, endpoint, now)), null);
    }

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

    /// <summary>After a rotation both secrets sign for a while, so that the receiver can change over when it likes.</summary>
    public ImmutableArray<byte[]> Secrets(Partner partner, Endpoint endpoint, DateTimeOffset now) =>
        SecretKey.Valid(generation => key.OfEndpoint(partner.Key, endpoint.EndpointId, generation), endpoint.SecretGeneration, endpoint.OldSecretUntil, now);
}
