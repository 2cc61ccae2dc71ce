using System.Collections.Immutable;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Contacts;

/// <summary>
/// Says where a contact is reached. The address goes into the vault before this is decided, and what is recorded is its reference there; so
/// it can be erased. It is used once somebody has answered there, which whoever wrote to us from it has.
/// </summary>
/// <param name="Channel">Email, Chat or Phone.</param>
/// <param name="Address">A plain address for Email, an absolute http or https URL for Chat, a number with its country for Phone.</param>
public sealed record RegisterAddress(Channel Channel, string Address) : Command, IContactCommand<RegisterAddress>
{
    public static CommandRule<Contact> Rule { get; } = ContactGivers.WhileOpen("register-address", ContactGivers.ColleaguesAndRules);

    // No member of a body: nobody outside says what stands in the vault.
    internal string? VaultRef { get; private init; }

    internal ImmutableArray<string> Twins { get; private init; } = [];

    internal bool WrittenFrom { get; private init; }

    /// <summary>The same, with its address in the vault.</summary>
    /// <param name="vaultRef">Where it stands there.</param>
    /// <param name="twins">References under which this contact has the very same address.</param>
    public RegisterAddress KeptAs(string vaultRef, ImmutableArray<string> twins) => this with { VaultRef = vaultRef, Twins = twins };

    /// <summary>The same, of an address from which they wrote to us: to ask there whether they are there would only be noise.</summary>
    public RegisterAddress AsWrittenFrom() => this with { WrittenFrom = true };

    public static Ruling Decide(RegisterAddress command, Contact state, DecisionContext context)
    {
        if ((OwnContactGuard.Check(state, context.Caller) ?? ContactAddressGuard.Check(command.Channel, command.Address)) is { } refused)
        {
            return refused;
        }

        if (state.Addresses.Find(a => !a.Removed && command.Twins.Contains(a.VaultRef)) is { } same)
        {
            return Ruling.Refuse("address-new", $"{same.AddressId} is this address already.");
        }

        if (state.Addresses.Count(a => !a.Removed) >= ContactAddressGuard.Most)
        {
            return Ruling.Refuse("address-limit", $"A contact has {ContactAddressGuard.Most} addresses at most; remove one that is not needed.", "remove-address");
        }

        if (command.VaultRef is not { } kept)
        {
            return Ruling.Refuse("address-kept", "The address could not be put into the vault; give this command on its own path, and again.");
        }

        var registered = new ContactAddressRegistered(FormattableString.Invariant($"AD-{state.Addresses.Count + 1}"), command.Channel, kept);
        return command.WrittenFrom ? Ruling.Accept(registered, new ContactAddressVerified(registered.AddressId, "they wrote from it")) : Ruling.Accept(registered);
    }

    public static IEnumerable<RegisterAddress> Samples(Contact state, DecisionContext context)
    {
        var kept = FormattableString.Invariant($"VLT-SAMPLE-{state.Addresses.Count + 1}");
        return
        [
            new RegisterAddress(Channel.Email, FormattableString.Invariant($"duty-{state.Addresses.Count + 1}@team.example")).KeptAs(kept, []),
            new RegisterAddress(Channel.Phone, FormattableString.Invariant($"+43 1 5550{100 + state.Addresses.Count}")).KeptAs(kept, []),
        ];
    }
}

/// <param name="VaultRef">Where the address stands in the vault, for as long as it stands there.</param>
public sealed record ContactAddressRegistered(string AddressId, Channel Channel, string VaultRef) : IContactEvent
{
    public Contact Apply(Contact state, Stamp stamp) => state with { Addresses = state.Addresses.Add(new ContactAddress(AddressId, Channel, VaultRef)) };

    public Entry Say(Contact before, Contact after, Stamp stamp) => new Entry(EntryKind.Note, ContactAddressGuard.Named(after, AddressId, "registered")).ToCrossFunctional();
}
