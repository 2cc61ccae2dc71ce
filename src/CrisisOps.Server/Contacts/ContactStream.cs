using CrisisOps.Domain.Contacts;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Contacts;

/// <summary>Contacts, as the lanes and the routes know them.</summary>
public sealed class ContactStream : CardStream<Contact>
{
    public override string Prefix => "CNT";

    public override string Plural => "contacts";

    public override bool InBook => true;

    public override IReadOnlyList<string> CrossFunctional { get; } =
        ["key", "version", "state", "kind", "ref", "language", "tz", "standing", "addresses", "registeredBy", "registeredAt", "suspendedBy", "endedAt", "tlp"];

    /// <summary>That there is one: whom it stands for is no matter of theirs.</summary>
    public override IReadOnlyList<string> Executive { get; } = ["key", "version", "state", "kind"];

    public override IReadOnlyList<string> Card { get; } = ["key", "version", "state", "kind", "ref", "language", "tz", "registeredAt", "endedAt", "tlp"];

    public override KindExample Example => new("CNT-000001", "ContactRegistered", "Active", "ContactAddressRegistered", "Active", ("addressId", "AD-1"));

    public override IReadOnlyList<string> States { get; } = [.. Enum.GetNames<ContactState>().Skip(1)];

    public override object None(string key) => Contact.None with { Key = key };

    public override object Fold(object state, object @event, Stamp stamp) => Contact.Fold((Contact)state, @event, stamp);

    public override string StateName(object state) => ((Contact)state).Stage.ToString();

    public override Tlp TlpOf(object state) => ((Contact)state).Tlp;

    /// <summary>None: a contact is somebody, not somewhere.</summary>
    public override IReadOnlyCollection<string> RegionsOf(object state) => [];

    public override IEnumerable<Deadline> Deadlines(object state) => [];

    /// <summary>A colleague reads their own file, whatever they are cleared for; else those read it who keep it. Specialists read those of requesters only.</summary>
    public override SightFacts SightOf(object state)
    {
        var contact = (Contact)state;
        var requester = contact.Kind == ContactKind.Requester;
        string[] self = contact.Kind == ContactKind.Person ? [contact.Ref] : [];
        var involved = requester ? OwnContactGuard.Answerers : OwnContactGuard.Keepers;
        return new SightFacts(
            contact.Tlp, [], self, [], self, [], [.. involved.Where(r => r is not (Role.DutyLead or Role.Specialist))], null, requester ? Audience.CrossFunctional : null);
    }

    public override bool Open(object state) => ((Contact)state).Open;

    public override bool Exercise(object state) => false;

    public override DateTimeOffset OpenedAt(object state) => ((Contact)state).RegisteredAt;

    public override string Words(object state) => state is Contact contact ? $"{contact.Key} {contact.Ref} {contact.Kind}" : "";

    public override IEnumerable<(string Kind, string Id)> Claims(object state) =>
        state is Contact { Open: true } contact ? [(ContactRefGuard.RefFact, ContactRefGuard.FactId(contact.Ref))] : [];

    /// <summary>Numbered through, whatever the year: <c>CNT-000001</c>.</summary>
    public override string KeyPrefix(Command command, DateTimeOffset now) => Prefix;

    /// <summary>Addresses that are held no more are erased with the event that says so.</summary>
    protected override void ProjectMore(IReadOnlyList<StreamChange> changes, NpgsqlBatch batch)
    {
        foreach (var change in changes)
        {
            AddressVault.Erase(change, batch);
        }
    }
}
