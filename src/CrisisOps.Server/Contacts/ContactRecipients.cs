using CrisisOps.Domain.Contacts;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Contacts;

/// <summary>Contacts, reached at the addresses that were confirmed, or in their inbox; told no more than they may read at that moment.</summary>
public sealed class ContactRecipients(StreamLoader loader, StreamKinds kinds, AddressVault vault, ContactReaders readers, IServiceScopeFactory scopes) : IRecipients
{
    /// <summary>The endpoint of what is read here; no address, and always there.</summary>
    public const string Inbox = "Inbox";

    public string Prefix => "CNT";

    public async Task<Dictionary<string, (DeliveryAim? Aim, string? Why)>> Aims(IReadOnlyCollection<Addressed> messages, CancellationToken cancellation)
    {
        var states = await loader.Load([.. messages.Select(m => m.Recipient).Distinct(StringComparer.Ordinal)], cancellation);
        var contacts = states.ToDictionary(s => s.Key, s => (Contact)s.Value.State, StringComparer.Ordinal);
        var callers = await readers.Of(contacts.Values, cancellation);
        var incidents = await Incidents(messages, cancellation);
        string[] references = [.. messages.Select(m => contacts[m.Recipient].AddressOf(m.Endpoint)?.VaultRef).OfType<string>().Distinct(StringComparer.Ordinal)];
        var addresses = await vault.Read(references, cancellation);
        return messages.ToDictionary(
            m => m.Id,
            m => Aim(m, contacts[m.Recipient], callers.GetValueOrDefault(m.Recipient), incidents.GetValueOrDefault(m.Incident), addresses),
            StringComparer.Ordinal);
    }

    public Task Gone(Addressed message, CancellationToken cancellation) => message.Endpoint == Inbox
        ? Task.CompletedTask
        : scopes.Give(message.Recipient, new DisableAddress(message.Endpoint, "the other side says that this address is gone"), cancellation);

    public Task<Reply> Confirm(string recipient, string endpoint, CancellationToken cancellation) =>
        scopes.Give(recipient, new VerifyAddress(endpoint, "confirmed with the link that was sent there"), cancellation);

    /// <summary>Why a message may not go to this contact at this address, whatever it is about; asked when it is planned, and again when it goes.</summary>
    /// <param name="endpoint">Id of the address, or <see cref="Inbox"/>.</param>
    /// <param name="caller">As whom the contact reads; null when nobody knows.</param>
    public static string? Refused(DeliveryKind kind, Tlp tlp, Contact contact, string endpoint, Caller? caller) => (kind, contact.Stage) switch
    {
        (_, ContactState.None) => "unknown-contact",
        // What is about an address itself goes there while the contact rests: it was asked for just now.
        (DeliveryKind.Verification or DeliveryKind.Test, ContactState.Removed) => "not-active",
        (not (DeliveryKind.Verification or DeliveryKind.Test), not ContactState.Active) => "not-active",
        _ when tlp > LimitOf(contact, caller) => "clearance",
        _ when endpoint == Inbox => null,
        _ => contact.AddressOf(endpoint) switch
        {
            null => "no-address",
            { Disabled: not null } => "address-disabled",
            { Verified: false } when kind != DeliveryKind.Verification => "address-unverified",
            _ => null,
        },
    };

    /// <summary>
    /// Why a message about an incident may not go to this reader: read as less than it was written for, or too secret as that. RED names its
    /// readers in a message too.
    /// </summary>
    /// <param name="incident">Who may see the incident now; null when there is none.</param>
    public static string? RefusedOf(Addressed message, SightFacts? incident, Caller? caller)
    {
        if (message.Audience is not { } written)
        {
            return null;
        }

        if (written == Audience.Public)
        {
            return caller is null || message.Tlp > Tlp.CLEAR ? "not-cleared" : null; // a statement that anybody may read who asked for it
        }

        if (caller is null || incident is null || Sight.AudienceOf(incident, caller) is not { } audience)
        {
            return "not-cleared";
        }

        return (audience == Audience.Core || audience == written) && Sight.Reads(incident, caller, written, message.Tlp) ? null : "not-cleared";
    }

    private static (DeliveryAim?, string?) Aim(Addressed message, Contact contact, Caller? caller, SightFacts? incident, Dictionary<string, string> addresses)
    {
        if ((Refused(message.Kind, message.Tlp, contact, message.Endpoint, caller) ?? RefusedOf(message, incident, caller)) is { } why)
        {
            return (null, why);
        }

        if (message.Endpoint == Inbox)
        {
            return (new DeliveryAim(contact.Key, []), null);
        }

        return addresses.TryGetValue(contact.AddressOf(message.Endpoint)!.VaultRef, out var address) ? (new DeliveryAim(address, []), null) : (null, "no-address");
    }

    /// <summary>The most secret text a contact is sent: a requester what anybody outside is, and one of whom nobody knows anything what is for all.</summary>
    private static Tlp LimitOf(Contact contact, Caller? caller) => contact.Kind == ContactKind.Requester ? Tlp.AMBER : caller?.Clearance ?? Tlp.CLEAR;

    private async Task<Dictionary<string, SightFacts>> Incidents(IReadOnlyCollection<Addressed> messages, CancellationToken cancellation)
    {
        string[] keys = [.. messages.Where(m => m.Audience is not null && kinds.Find(m.Incident) is not null).Select(m => m.Incident).Distinct(StringComparer.Ordinal)];
        return keys.Length == 0
            ? []
            : (await loader.Load(keys, cancellation)).Where(s => s.Value.Version > 0).ToDictionary(s => s.Key, s => kinds.Of(s.Key).SightOf(s.Value.State), StringComparer.Ordinal);
    }
}
