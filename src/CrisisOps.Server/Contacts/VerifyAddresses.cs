using CrisisOps.Domain.Contacts;
using CrisisOps.Domain.Crises;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Reactions;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Contacts;

/// <summary>An address is used once somebody has answered there, by the link in a message that went there and nowhere else.</summary>
public sealed class VerifyAddressesHandler
{
    public static Task Handle(
        Happened<ContactAddressRegistered, VerifyAddressesHandler> registered, StreamLoader loader, DeliveryRows rows, SignedLinks links, CancellationToken cancellation) =>
        Ask(registered.Stream, registered.Event.AddressId, registered.Id, loader, rows, links, cancellation);

    public static Task Handle(Happened<ContactAddressEnabled, VerifyAddressesHandler> enabled, StreamLoader loader, DeliveryRows rows, SignedLinks links, CancellationToken cancellation) =>
        Ask(enabled.Stream, enabled.Event.AddressId, enabled.Id, loader, rows, links, cancellation);

    private static async Task Ask(string key, string addressId, Guid cause, StreamLoader loader, DeliveryRows rows, SignedLinks links, CancellationToken cancellation)
    {
        var contact = (Contact)(await loader.Load([key], cancellation))[key].State;
        if (contact.AddressOf(addressId) is not { Verified: false, Disabled: null } address || address.Channel == Channel.Phone)
        {
            return; // a telephone is verified by ringing it
        }

        await rows.Add([EndpointMessages.Confirmation(key, addressId, address.Channel, cause, "address_verification", links,
            "Somebody registered this address to be told things by CrisisOps. If it was you, confirm it with this link; otherwise do nothing, and nothing more will come.")], cancellation);
    }
}
