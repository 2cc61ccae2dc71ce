using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Contacts;

/// <summary>Nothing is sent there until it is enabled again: by a person, or by a rule when the other side says that it is gone.</summary>
public sealed record DisableAddress(string AddressId, string Reason) : Command, IContactCommand<DisableAddress>
{
    public static CommandRule<Contact> Rule { get; } = ContactGivers.WhileOpen("disable-address", ContactGivers.ColleaguesAndRules);

    public static Ruling Decide(DisableAddress command, Contact state, DecisionContext context)
    {
        var (address, refused) = ContactAddressGuard.Find(state, command.AddressId, context.Caller);
        if (address is null)
        {
            return refused!;
        }

        if (address.Disabled is { } why)
        {
            return Ruling.Refuse("address-enabled", $"{address.AddressId} is disabled already: {why}");
        }

        return AddressTextGuard.Check(command.Reason, "reason-given", "Say in reason why nothing may be sent there.")
            ?? Ruling.Accept(new ContactAddressDisabled(address.AddressId, command.Reason));
    }

    public static IEnumerable<DisableAddress> Samples(Contact state, DecisionContext context) => state.Stage == ContactState.None
        ? [new("AD-1", "I lost the telephone.")]
        : state.Addresses.Where(a => !a.Removed && a.Disabled is null).Select(a => new DisableAddress(a.AddressId, "I lost the telephone."));
}

public sealed record ContactAddressDisabled(string AddressId, string Reason) : IContactEvent
{
    public Contact Apply(Contact state, Stamp stamp) => state.With(AddressId, a => a with { Disabled = Reason });

    public Entry Say(Contact before, Contact after, Stamp stamp) => new Entry(EntryKind.Note, ContactAddressGuard.Named(after, AddressId, "disabled"), Reason).ToCrossFunctional();
}
