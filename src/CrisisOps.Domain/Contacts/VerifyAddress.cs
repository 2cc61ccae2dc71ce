using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Contacts;

/// <summary>
/// Somebody has answered there. A rule says so when the link that was sent there was followed; a person only for a phone, by calling back:
/// what a machine can prove is not taken on somebody's word.
/// </summary>
/// <param name="How">What proves it, for example <c>called back, she answered</c>; never the address itself.</param>
public sealed record VerifyAddress(string AddressId, string How) : Command, IContactCommand<VerifyAddress>
{
    public static CommandRule<Contact> Rule { get; } = ContactGivers.WhileOpen("verify-address", ContactGivers.ColleaguesAndRules);

    public static Ruling Decide(VerifyAddress command, Contact state, DecisionContext context)
    {
        var (address, refused) = ContactAddressGuard.Find(state, command.AddressId, context.Caller);
        if (address is null)
        {
            return refused!;
        }

        if (address.Verified)
        {
            return Ruling.Refuse("address-unverified", $"{address.AddressId} is verified already.");
        }

        if (address.Disabled is not null)
        {
            return Ruling.Refuse("address-enabled", $"{address.AddressId} is disabled; enable it first.", "enable-address");
        }

        if (AddressTextGuard.Check(command.How, "proof-given", "Say in how what proves that they answer there.") is { } unsaid)
        {
            return unsaid;
        }

        return address.Channel == Channel.Phone || context.Caller.Is(Role.System)
            ? Ruling.Accept(new ContactAddressVerified(address.AddressId, command.How))
            : Ruling.Refuse(RefusalKind.Forbidden, "challenge-answered", $"{address.AddressId} ({address.Channel}) is verified by the link that was sent there; by a person only a phone.");
    }

    public static IEnumerable<VerifyAddress> Samples(Contact state, DecisionContext context) => state.Stage == ContactState.None
        ? [new("AD-1", "called back, she answered")]
        : state.Addresses.Where(a => !a.Removed && !a.Verified).Select(a => new VerifyAddress(a.AddressId, a.Channel == Channel.Phone ? "called back" : "the link was followed"));
}

public sealed record ContactAddressVerified(string AddressId, string How) : IContactEvent
{
    public Contact Apply(Contact state, Stamp stamp) => state.With(AddressId, a => a with { Verified = true });

    public Entry Say(Contact before, Contact after, Stamp stamp) => new Entry(EntryKind.Ack, ContactAddressGuard.Named(after, AddressId, "verified"), How).ToCrossFunctional();
}
