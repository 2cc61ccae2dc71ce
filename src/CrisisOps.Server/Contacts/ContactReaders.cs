using CrisisOps.Domain.Contacts;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;

namespace CrisisOps.Server.Contacts;

/// <summary>As whom a contact reads: what it may be told is what this caller may read.</summary>
public sealed class ContactReaders(PeopleDirectory people)
{
    /// <summary>The caller that a contact is; null for one of whom nobody knows what they may read, and for a requester, who reads answers and no incident.</summary>
    /// <param name="person">What the directory says of a colleague; null when it does not know them.</param>
    public static Caller? CallerOf(Contact contact, PersonFacts? person) => contact.Kind switch
    {
        ContactKind.Person when person is not null => new Caller(
            contact.Ref, ActorType.Specialist, person.Roles.ToHashSet(), person.Functions.ToHashSet(), person.Regions, person.Clearance),
        ContactKind.Team when contact.Standing is { } standing => new Caller(
            $"team:{contact.Ref}", ActorType.Specialist, standing.Roles.ToHashSet(), standing.Functions.ToHashSet(), standing.Regions, standing.Clearance),
        _ => null,
    };

    /// <summary>The callers of contacts by their keys; whoever has none is not there.</summary>
    public async Task<Dictionary<string, Caller>> Of(IReadOnlyCollection<Contact> contacts, CancellationToken cancellation)
    {
        string[] ids = [.. contacts.Where(c => c.Kind == ContactKind.Person).Select(c => c.Ref).Distinct(StringComparer.Ordinal)];
        var known = ids.Length == 0 ? null : await people.Find(ids, cancellation);
        Dictionary<string, Caller> callers = new(StringComparer.Ordinal);
        foreach (var contact in contacts)
        {
            if (CallerOf(contact, known?.GetValueOrDefault(contact.Ref)) is { } caller)
            {
                callers[contact.Key] = caller;
            }
        }

        return callers;
    }
}
