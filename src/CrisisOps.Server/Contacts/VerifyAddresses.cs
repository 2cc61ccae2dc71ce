using CrisisOps.Domain.Contacts;
using CrisisOps.Domain.Crises;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Reactions;
using CrisisOps.Server.Streams;
using CrisisOps.Server.Telling;

namespace CrisisOps.Server.Contacts;

/// <summary>An address is used once somebody has answered there, by the link in a message that went there and nowhere else.</summary>
public sealed class VerifyAddressesHandler
{
    public static Task Handle(
        Happened<ContactAddressRegistered, VerifyAddressesHandler> registered, StreamLoader loader, EndpointMessages messages, DeliveryRows rows, CancellationToken cancellation) =>
        Ask(registered.Stream, registered.Event.AddressId, registered.Id, loader, messages, rows, cancellation);

    public static Task Handle(Happened<ContactAddressEnabled, VerifyAddressesHandler> enabled, StreamLoader loader, EndpointMessages messages, DeliveryRows rows, CancellationToken cancellation) =>
        Ask(enabled.Stream, enabled.Event.AddressId, enabled.Id, loader, messages, rows, cancellation);

    private static async Task Ask(string key, string addressId, Guid cause, StreamLoader loader, EndpointMessages messages, DeliveryRows rows, CancellationToken cancellation)
    {
        var contact = (Contact)(await loader.Load([key], cancellation))[key].State;
        if (contact.AddressOf(addressId) is not { Verified: false, Disabled: null } address || address.Channel == Channel.Phone)
        {
            return; // a telephone is verified by ringing it
        }

        await rows.Add([await messages.Of(DeliveryKind.Verification, Reach.Of(contact, addressId, address.Channel), null, cause, cancellation)], cancellation);
    }
}
