using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Contacts;

/// <summary>Takes an address off for good, and erases it in the vault. The same one may be registered anew, with an id of its own.</summary>
public sealed record RemoveAddress(string AddressId) : Command, IContactCommand<RemoveAddress>
{
    public static CommandRule<Contact> Rule { get; } = ContactGivers.WhileOpen("remove-address", ContactGivers.Colleagues);

    public static Ruling Decide(RemoveAddress command, Contact state, DecisionContext context)
    {
        var (address, refused) = ContactAddressGuard.Find(state, command.AddressId, context.Caller);
        return address is null ? refused! : Ruling.Accept(new ContactAddressRemoved(address.AddressId));
    }

    public static IEnumerable<RemoveAddress> Samples(Contact state, DecisionContext context) => state.Stage == ContactState.None
        ? [new("AD-1")]
        : state.Addresses.Where(a => !a.Removed).Select(a => new RemoveAddress(a.AddressId));
}

public sealed record ContactAddressRemoved(string AddressId) : IContactEvent
{
    public Contact Apply(Contact state, Stamp stamp) => state.With(AddressId, a => a with { Removed = true });

    public Entry Say(Contact before, Contact after, Stamp stamp) => new Entry(EntryKind.Note, ContactAddressGuard.Named(after, AddressId, "removed and erased")).ToCrossFunctional();
}
