using System.Collections.Frozen;
using CrisisOps.Domain.Contacts;
using CrisisOps.Domain.Partners;
using CrisisOps.Domain.Shared;
using CrisisOps.Domain.Subscriptions;
using CrisisOps.Server.Access;
using CrisisOps.Server.Contacts;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Telling;

/// <param name="Caller">With whose rights they read; null when they read nothing of an incident.</param>
public sealed record BookedContact(Contact Contact, Caller? Caller);

/// <summary>A subscription and whoever it is for: a contact or a partner.</summary>
public sealed record BookedSubscription(Subscription Subscription, BookedContact? Contact, Partner? Partner);

/// <summary>Everybody who can be told, at one moment.</summary>
/// <param name="ByRef">Contacts by the person, team or requester that they stand for.</param>
public sealed record Book(
    long Version, IReadOnlyList<BookedSubscription> Subscriptions, FrozenDictionary<string, BookedContact> ByRef, FrozenDictionary<string, BookedContact> ByKey, IReadOnlyList<Duty> Duties);

/// <summary>
/// Keeps the <see cref="Book"/> as the store has it: one number says whether anything was changed, so that of a thousand subscriptions none is read
/// for an event, and none that was confirmed before it is missed.
/// </summary>
public sealed class SubscriptionBook(NpgsqlDataSource database, StreamLoader loader, PeopleDirectory people, DutyList duty)
{
    private volatile Book? _book;

    public async ValueTask<Book> Now(CancellationToken cancellation)
    {
        await using var command = database.Statement("select version from crisis.book");
        var version = (long)(await command.ExecuteScalarAsync(cancellation))!;
        return _book is { } book && book.Version == version ? book : _book = await Read(version, cancellation);
    }

    /// <summary>What is changed while it is read has a later number, and it is read again.</summary>
    private async Task<Book> Read(long version, CancellationToken cancellation)
    {
        var states = await loader.Load(await Keys(cancellation), cancellation);
        Contact[] contacts = [.. states.Values.Select(s => s.State).OfType<Contact>().Where(c => c.Stage == ContactState.Active)];
        Subscription[] subscriptions = [.. states.Values.Select(s => s.State).OfType<Subscription>()];
        var partners = await loader.Load([.. subscriptions.Select(s => s.Subscriber).Where(s => s.StartsWith("PRT-", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)], cancellation);
        var facts = await people.Find([.. contacts.Where(c => c.Kind == ContactKind.Person).Select(c => c.Ref)], cancellation);
        BookedContact[] booked = [.. contacts.Select(c => new BookedContact(c, ContactReaders.CallerOf(c, facts.GetValueOrDefault(c.Ref))))];
        var byKey = booked.ToFrozenDictionary(b => b.Contact.Key, StringComparer.Ordinal);
        return new Book(
            version,
            [.. subscriptions.Select(s => new BookedSubscription(s, byKey.GetValueOrDefault(s.Subscriber), partners.TryGetValue(s.Subscriber, out var held) ? (Partner)held.State : null))],
            booked.ToFrozenDictionary(b => b.Contact.Ref, StringComparer.Ordinal), byKey, await duty.Read(cancellation));
    }

    private async Task<List<string>> Keys(CancellationToken cancellation)
    {
        await using var command = database.Statement("select key from crisis.cards where kind in ('CNT', 'SUB') and open order by key");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<string> keys = [];
        while (await reader.ReadAsync(cancellation))
        {
            keys.Add(reader.GetString(0));
        }

        return keys;
    }
}
