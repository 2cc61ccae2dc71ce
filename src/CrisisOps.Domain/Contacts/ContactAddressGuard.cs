using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Partners;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Contacts;

/// <summary>What an address of a contact may be.</summary>
public static class ContactAddressGuard
{
    /// <summary>How many a contact has at most, removed ones aside.</summary>
    public const int Most = 10;

    /// <summary>Null when somebody can be reached by this channel at this address. The answer never says the address back.</summary>
    public static Ruling? Check(Channel channel, string? address) => channel switch
    {
        Channel.Email or Channel.Chat or Channel.Phone => AddressShape.Fault(channel, address) is { } fault ? Ruling.Refuse("address-shape", fault) : null,
        _ => Ruling.Refuse("address-channel", "An address is of an Email, a Chat or a Phone. The inbox is always there and needs none."),
    };

    /// <summary>The address, or a refusal that says why there is none.</summary>
    internal static (ContactAddress? Address, Ruling? Refused) Find(Contact state, string? addressId, Caller caller) =>
        OwnContactGuard.Check(state, caller) is { } refused ? (null, refused)
        : state.AddressOf(addressId) is { } address ? (address, null)
        : (null, Ruling.Refuse("address-known", $"{state.Key} has no address '{addressId}'."));

    /// <summary>How a timeline names an address: by id and channel.</summary>
    internal static string Named(Contact state, string addressId, string what) =>
        state.Addresses.Find(a => a.AddressId == addressId) is { } address ? $"Address {addressId} ({address.Channel}) {what}" : $"Address {addressId} {what}";
}
