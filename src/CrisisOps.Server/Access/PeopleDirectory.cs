using System.Collections.Immutable;
using System.Text.Json;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Access;

/// <summary>The stored directory of people: the facts guards ask of persons until shifts and policy streams exist.</summary>
public sealed class PeopleDirectory(NpgsqlDataSource database)
{
    public async Task<ImmutableDictionary<string, PersonFacts>> Find(IReadOnlyCollection<string> ids, CancellationToken cancellation)
    {
        await using var command = database.Statement("select body::text from crisis.people where id = any ($1)", (object)ids.ToArray());
        return await Read(command, cancellation);
    }

    /// <summary>A few of the people sought. The index on the end of the shift gives their order, so the query ends with the last of them.</summary>
    public async Task<ImmutableDictionary<string, PersonFacts>> Among(Candidates.Colleagues sought, CancellationToken cancellation)
    {
        var cleared = Enum.GetValues<Tlp>().Where(tlp => tlp >= sought.Cleared).Select(TlpNames.Of).ToArray();
        await using var command = database.Statement(
            "select body::text from crisis.people where body->>'clearance' = any ($1) and id <> all ($2) order by body->>'onShiftUntil' desc nulls last, id limit $3",
            cleared, sought.Except.ToArray(), Candidates.Most);
        return await Read(command, cancellation);
    }

    public async Task Put(PersonFacts person, CancellationToken cancellation)
    {
        await using var command = database.Statement(
            $"{Book.TurnAnd} insert into crisis.people (id, body) values ($1, $2::jsonb) on conflict (id) do update set body = excluded.body",
            person.Id, JsonSerializer.Serialize(person, Json.Stored));
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Who of the directory is on shift now, holds one of the roles and works in one of the regions; for "who could do it".</summary>
    public async Task<IReadOnlyList<PersonFacts>> OnShift(IReadOnlyCollection<Role> roles, IReadOnlyCollection<string> regions, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = database.Statement(
            "select body::text from crisis.people where (body->>'onShiftUntil')::timestamptz > $1 and body->'roles' ?| $2 order by id limit 200",
            now, roles.Select(RoleNames.Of).ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<PersonFacts> people = [];
        while (await reader.ReadAsync(cancellation))
        {
            var person = JsonSerializer.Deserialize<PersonFacts>(reader.GetString(0), Json.Stored)!;
            if (Regions.Intersect(regions, person.Regions))
            {
                people.Add(person);
            }
        }

        return people;
    }

    private static async Task<ImmutableDictionary<string, PersonFacts>> Read(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var people = ImmutableDictionary.CreateBuilder<string, PersonFacts>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
        {
            var person = JsonSerializer.Deserialize<PersonFacts>(reader.GetString(0), Json.Stored)!;
            people[person.Id] = person;
        }

        return people.ToImmutable();
    }
}
