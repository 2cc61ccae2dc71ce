using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Contacts;

/// <summary>Somebody who can be told something, and how, folded from its events. Its key is a number: <c>CNT-000001</c>.</summary>
public sealed record Contact
{
    public static readonly Contact None = new();

    public string Key { get; init; } = "";
    public long Version { get; init; }
    public ContactState Stage { get; init; }
    public ContactKind Kind { get; init; }

    /// <summary>
    /// Whom it stands for: the id of a person as their token has it, the name of a team, or the contact reference that an escalation has for
    /// its requester. Held by no other contact that is not removed.
    /// </summary>
    public string Ref { get; init; } = "";

    /// <summary>BCP 47 tag of the language that is written to them; English where we have no text in it.</summary>
    public string Language { get; init; } = "en";

    /// <summary>IANA id of their time zone: instants in messages are written in it, with the offset.</summary>
    public string Tz { get; init; } = "UTC";

    /// <summary>As what a team reads; null for everybody else.</summary>
    public ContactStanding? Standing { get; init; }

    /// <summary>All there ever were, in the order of their ids.</summary>
    public ImmutableList<ContactAddress> Addresses { get; init; } = [];
    public string RegisteredBy { get; init; } = "";

    /// <summary>Who suspended it; null while it is not suspended.</summary>
    public string? SuspendedBy { get; init; }
    public DateTimeOffset RegisteredAt { get; init; }

    /// <summary>When it was removed, UTC; null while it was not.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The secrecy of this file.</summary>
    public Tlp Tlp { get; init; } = Tlp.AMBER;

    [JsonIgnore] public bool Open => Stage is ContactState.Active or ContactState.Suspended;

    /// <summary>The one fold: the aggregation, the write path and the replay all call it.</summary>
    public static Contact Fold(Contact state, object @event, Stamp stamp) =>
        ((IContactEvent)@event).Apply(state, stamp) with { Version = stamp.Version };

    /// <summary>The address of this id; null when there is none, or it was removed.</summary>
    public ContactAddress? AddressOf(string? addressId) => Addresses.Find(a => a.AddressId == addressId && !a.Removed);

    /// <summary>The same with another form of one address.</summary>
    internal Contact With(string addressId, Func<ContactAddress, ContactAddress> change) =>
        this with { Addresses = [.. Addresses.Select(a => a.AddressId == addressId ? change(a) : a)] };
}

/// <summary>As what a team reads, the same facts as a token has for a person (design §6).</summary>
public sealed record ContactStanding(ImmutableArray<Role> Roles, ImmutableArray<Function> Functions, ImmutableArray<string> Regions, Tlp Clearance);

/// <summary>
/// A way to reach a contact. Where it leads stands in the vault (the table <c>crisis.contact_addresses</c>), which can be erased; here is only
/// the reference. The inbox is always there and is no address.
/// </summary>
/// <param name="AddressId"><c>AD-1</c>, <c>AD-2</c>, … in the order of registration; never used again.</param>
/// <param name="Channel">Email, Chat or Phone.</param>
/// <param name="VaultRef">Reference of the row in the vault.</param>
public sealed record ContactAddress(string AddressId, Channel Channel, string VaultRef)
{
    /// <summary>Somebody has answered there.</summary>
    public bool Verified { get; init; }

    /// <summary>Why nothing is sent there for now; null while it is enabled.</summary>
    public string? Disabled { get; init; }

    /// <summary>Taken off for good; kept so that its id means the same forever.</summary>
    public bool Removed { get; init; }

    /// <summary>Verified, enabled and there.</summary>
    [JsonIgnore] public bool Usable => Verified && Disabled is null && !Removed;
}

/// <summary>An event of the contact stream. None of them says an address.</summary>
public interface IContactEvent : IStreamEvent<Contact>
{
    /// <summary>What the timeline says of it; there is no event without an entry.</summary>
    Entry Say(Contact before, Contact after, Stamp stamp);

    Entry? IStreamEvent<Contact>.Tell(Contact before, Contact after, Stamp stamp) => Say(before, after, stamp);
}

/// <summary>A command on the contact stream.</summary>
public interface IContactCommand<TSelf> : ICommand<Contact, TSelf>
    where TSelf : Command, IContactCommand<TSelf>;
