using System.Collections.Immutable;
using System.Security.Cryptography;
using CrisisOps.Domain.Contacts;
using CrisisOps.Domain.Crises;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Contacts;

/// <summary>
/// The addresses of contacts, apart from the events: those are kept for good, and these can be erased. Whoever deletes the row has erased the
/// address; backups that are older than that still hold it.
/// </summary>
public sealed class AddressVault(NpgsqlDataSource database, StreamLoader loader, StreamKinds kinds, TimeProvider clock)
{
    /// <summary>What a command on its way may take at most. A row that is older and stands on no contact was left behind by a server that died.</summary>
    private static readonly TimeSpan _longestWay = TimeSpan.FromHours(1);

    /// <summary>Puts the address into the vault and gives the command with its reference. The row goes again unless the contact holds it then: after a refusal, a dry run, a repeat.</summary>
    public async Task<Reply> Keep(string contact, RegisterAddress command, Func<RegisterAddress, Task<Reply>> give, CancellationToken cancellation)
    {
        if (ContactAddressGuard.Check(command.Channel, command.Address) is not null || await Contact(contact, cancellation) is null)
        {
            return await give(command); // it is refused without one
        }

        var twins = await References(contact, command.Channel, command.Address, cancellation);
        var reference = $"VLT-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}";
        await using (var write = database.Statement(
            "insert into crisis.contact_addresses (ref, contact, channel, address, created_at) values ($1, $2, $3, $4, $5)",
            reference, contact, command.Channel.ToString(), command.Address, clock.GetUtcNow()))
        {
            await write.ExecuteNonQueryAsync(cancellation);
        }

        var reply = await give(command.KeptAs(reference, twins));
        if (reply is Reply.Busy or Reply.Gone)
        {
            return reply; // it may be written all the same; if it is not, the row goes with the next address
        }

        // Whoever hangs up now leaves no address behind.
        if ((await Contact(contact, CancellationToken.None))?.Addresses.Exists(a => a.VaultRef == reference && !a.Removed) != true)
        {
            await using var erase = database.Statement("delete from crisis.contact_addresses where ref = $1", reference);
            await erase.ExecuteNonQueryAsync(CancellationToken.None);
        }

        return reply;
    }

    /// <summary>The addresses by their references; one that was erased is not there.</summary>
    public async Task<Dictionary<string, string>> Read(IReadOnlyCollection<string> references, CancellationToken cancellation)
    {
        Dictionary<string, string> addresses = new(StringComparer.Ordinal);
        if (references.Count == 0)
        {
            return addresses;
        }

        await using var command = database.Statement("select ref, address from crisis.contact_addresses where ref = any ($1)", (object)references.ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            addresses[reader.GetString(0)] = reader.GetString(1);
        }

        return addresses;
    }

    /// <summary>Erases what a contact does not hold any more, in the transaction of its events.</summary>
    internal static void Erase(StreamChange change, NpgsqlBatch batch)
    {
        var contact = (Contact)change.After;
        if (contact.Stage == ContactState.Removed)
        {
            batch.Append("delete from crisis.contact_addresses where contact = $1", change.Key);
        }
        else if (change.Events.Any(e => e.Data is ContactAddressRegistered or ContactAddressRemoved))
        {
            batch.Append(
                "delete from crisis.contact_addresses where contact = $1 and (ref = any ($2) or (ref <> all ($3) and created_at < $4))",
                change.Key, References(contact, removed: true), References(contact, removed: false), change.Events[^1].Stamp.RecordedAt - _longestWay);
        }
    }

    private static string[] References(Contact contact, bool removed) => [.. contact.Addresses.Where(a => a.Removed == removed).Select(a => a.VaultRef)];

    private async Task<Contact?> Contact(string key, CancellationToken cancellation) =>
        kinds.Find(key) is ContactStream && (await loader.Load([key], cancellation))[key] is { Version: > 0, State: Contact contact } ? contact : null;

    private async Task<ImmutableArray<string>> References(string contact, Channel channel, string address, CancellationToken cancellation)
    {
        await using var command = database.Statement(
            "select ref from crisis.contact_addresses where contact = $1 and channel = $2 and address = $3", contact, channel.ToString(), address);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var references = ImmutableArray.CreateBuilder<string>();
        while (await reader.ReadAsync(cancellation))
        {
            references.Add(reader.GetString(0));
        }

        return references.ToImmutable();
    }
}
