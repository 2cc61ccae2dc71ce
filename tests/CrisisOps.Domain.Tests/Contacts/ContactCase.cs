using CrisisOps.Domain.Contacts;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using CrisisOps.Domain.Tests.Harness;

namespace CrisisOps.Domain.Tests.Contacts;

/// <summary>Given, when, then for one contact.</summary>
public sealed class ContactCase()
    : Given<Contact, ContactCase>(Contact.None with { Key = ContactCase.Key }, new DecisionContext { Now = Start, Caller = Self, Key = ContactCase.Key })
{
    public const string Key = "CNT-000001";
    public const string Mail = "me@team.example";
    public const string Chat = "https://chat.example/hooks/T0/B0/xyz";
    public const string Number = "+43 1 5550100";
    public static readonly DateTimeOffset Start = new(2027, 3, 1, 9, 0, 0, TimeSpan.Zero);

    public static readonly Caller Self = Person("spec-04", Role.Specialist);
    public static readonly Caller Other = Person("spec-09", Role.Specialist);
    public static readonly Caller Manager = Person("pm-01", Role.PartnerManager);
    public static readonly Caller Lead = Person("lead-01", Role.DutyLead);
    public static readonly Caller Admin = Person("admin-01", Role.Admin);

    public static RegisterContact Own { get; } = new(ContactKind.Person, "spec-04", "de-AT", "Europe/Vienna");

    public static RegisterContact Team { get; } = new(ContactKind.Team, "night-desk", Standing: new TeamStanding([Role.Specialist], [Function.Comms], ["XN"], Tlp.AMBER));

    public static RegisterContact Requester { get; } = new(ContactKind.Requester, "CNT-1", "fr");

    /// <summary>A colleague's, registered by themselves.</summary>
    public static ContactCase Registered() => new ContactCase().When(Own).ShouldBeAccepted();

    public static ContactCase RegisteredTeam() => new ContactCase().Knowing(c => c with { Caller = Manager }).When(Team).ShouldBeAccepted();

    /// <summary>With an e-mail address AD-1, a phone AD-2 and a chat AD-3.</summary>
    public static ContactCase Reachable() => Registered()
        .When(Kept(Channel.Email, Mail, "VLT-1")).ShouldBeAccepted()
        .When(Kept(Channel.Phone, Number, "VLT-2")).ShouldBeAccepted()
        .When(Kept(Channel.Chat, Chat, "VLT-3")).ShouldBeAccepted();

    /// <summary>The command as the server gives it, with its address in the vault.</summary>
    public static RegisterAddress Kept(Channel channel, string address, string vaultRef, params string[] twins) => new RegisterAddress(channel, address).KeptAs(vaultRef, [.. twins]);

    public static Caller Person(string id, params Role[] roles) => new(id, ActorType.Specialist, roles.ToHashSet(), new HashSet<Function>(), ["*"], Tlp.RED);

    public ContactAddress Address(string addressId) => State.Addresses.Find(a => a.AddressId == addressId)!;

    public override Contact Fold(Contact state, object @event, Stamp stamp) => Contact.Fold(state, @event, stamp);

    /// <summary>The timeline entry of the newest event.</summary>
    public Entry Told() => ToldAt(^1)!;
}
