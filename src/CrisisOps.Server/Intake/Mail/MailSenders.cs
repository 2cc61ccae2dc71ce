using CrisisOps.Domain.Contacts;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Contacts;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Intake.Mail;

/// <summary>
/// Who wrote a mail, as a contact to whom an answer can go: their address stands in the vault, and everywhere else its reference. Whoever writes
/// again is the same contact, until it is removed.
/// </summary>
public sealed class MailSenders(NpgsqlDataSource database, CommandLanes lanes, AddressVault vault, StreamLoader loader, FactStore facts)
{
    /// <summary>The reference of whoever writes from this address, for an alert; null when nobody could be reached there.</summary>
    /// <param name="mail">The receipt of the mail: a first mail that is read again names the same new contact.</param>
    /// <param name="language">BCP 47; null when the mail does not say it.</param>
    /// <exception cref="AlertsBusyException">It is not known now.</exception>
    public async Task<string?> RefOf(string address, Guid mail, string? language, CancellationToken cancellation)
    {
        if (ContactAddressGuard.Check(Channel.Email, address) is not null)
        {
            return null;
        }

        if (await Known(address, cancellation) is { } known)
        {
            return known;
        }

        var reference = $"REQ-{mail:n}";
        var contact = await lanes.Execute<Contact, RegisterContact>(
            new Order<RegisterContact>(null, new RegisterContact(ContactKind.Requester, reference, language), Caller.System, OrderTerms.None), cancellation) switch
        {
            Reply.Done done => done.Key,
            Reply.Refused { Refusal.Guard: "contact-ref-unique" } => (await facts.Find([(ContactRefGuard.RefFact, reference)], cancellation)).Values.Single(),
            _ => throw new AlertsBusyException(),
        };
        var kept = await vault.Keep(
            contact, new RegisterAddress(Channel.Email, address).AsWrittenFrom(),
            command => lanes.Execute<Contact, RegisterAddress>(new Order<RegisterAddress>(contact, command, Caller.System, OrderTerms.None), cancellation), cancellation);
        return kept is Reply.Done or Reply.Refused ? reference : throw new AlertsBusyException();
    }

    private async Task<string?> Known(string address, CancellationToken cancellation)
    {
        List<(string Vault, string Contact)> held = [];
        await using (var command = database.Statement("select ref, contact from crisis.contact_addresses where lower(address) = lower($1) and channel = 'Email' order by created_at, ref", address))
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
            {
                held.Add((reader.GetString(0), reader.GetString(1)));
            }
        }

        if (held.Count == 0)
        {
            return null;
        }

        var states = await loader.Load([.. held.Select(h => h.Contact).Distinct(StringComparer.Ordinal)], cancellation);
        foreach (var (reference, key) in held)
        {
            if (states[key].State is Contact { Kind: ContactKind.Requester, Open: true } contact && contact.Addresses.Find(a => a.VaultRef == reference && !a.Removed) is { } at)
            {
                await Heard(contact, at, cancellation);
                return contact.Ref;
            }
        }

        return null;
    }

    /// <summary>An address that a colleague typed in proves itself by what comes from it. One that was disabled stays so.</summary>
    private async Task Heard(Contact contact, ContactAddress address, CancellationToken cancellation)
    {
        if (address is { Verified: false, Disabled: null })
        {
            await lanes.Execute<Contact, VerifyAddress>(new Order<VerifyAddress>(contact.Key, new VerifyAddress(address.AddressId, "they wrote from it"), Caller.System, OrderTerms.None), cancellation);
        }
    }
}
