using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Contacts;

/// <summary>Takes a disabled address up again. It has to be verified anew: meanwhile somebody else may answer there.</summary>
public sealed record EnableAddress(string AddressId) : Command, IContactCommand<EnableAddress>
{
    public static CommandRule<Contact> Rule { get; } = ContactGivers.WhileOpen("enable-address", ContactGivers.Colleagues);

    public static Ruling Decide(EnableAddress command, Contact state, DecisionContext context)
    {
        var (address, refused) = ContactAddressGuard.Find(state, command.AddressId, context.Caller);
        if (address is null)
        {
            return refused!;
        }

        return address.Disabled is null
            ? Ruling.Refuse("address-disabled", $"{address.AddressId} is enabled already.")
            : Ruling.Accept(new ContactAddressEnabled(address.AddressId));
    }

    public static IEnumerable<EnableAddress> Samples(Contact state, DecisionContext context) => state.Stage == ContactState.None
        ? [new("AD-1")]
        : state.Addresses.Where(a => !a.Removed && a.Disabled is not null).Select(a => new EnableAddress(a.AddressId));
}

public sealed record ContactAddressEnabled(string AddressId) : IContactEvent
{
    public Contact Apply(Contact state, Stamp stamp) => state.With(AddressId, a => a with { Disabled = null, Verified = false });

    public Entry Say(Contact before, Contact after, Stamp stamp) => new Entry(EntryKind.Note, ContactAddressGuard.Named(after, AddressId, "enabled, to be verified anew")).ToCrossFunctional();
}
