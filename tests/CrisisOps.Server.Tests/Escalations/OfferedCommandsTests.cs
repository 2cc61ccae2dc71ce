using System.Text.Json;
using System.Text.Json.Nodes;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Streams;
using CrisisOps.Server.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace CrisisOps.Server.Tests.Escalations;

/// <summary>What an escalation lists as allowed succeeds as shown; everything else is refused. Over random walks through states and roles.</summary>
public sealed class OfferedCommandsTests(TestServer server) : IClassFixture<TestServer>
{
    private const int Walks = 25;
    private const int Steps = 14;

    // A command that is over must not end the walk at once.
    private static readonly string[] _rarely = ["void", "merge", "reject"];

    // The member that names a person or an entry: when one of these is not listed, no person and no entry at all may do.
    private static readonly Dictionary<string, string> _persons = new() { ["assign"] = "assignee", ["reassign"] = "to", ["name-reader"] = "person" };
    private static readonly string[] _entries = ["correct-note", "redact-entry"];

    [Fact]
    public async Task What_is_listed_succeeds_and_what_is_not_listed_is_refused()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var people = await People();
        var catalog = server.Node.Services.GetRequiredService<CommandCatalog>();
        var refused = 0;
        var succeeded = new Dictionary<string, string>(); // each with the newest body that was taken
        for (var walk = 0; walk < Walks; walk++)
        {
            var key = await Start(people, random);
            for (var step = 0; step < Steps; step++)
            {
                var who = people[random.Next(people.Length)];
                var shown = await who.Api.Get($"/v1/escalations/{key}");
                var offered = shown.Status == 404 ? [] : shown.Json.GetProperty("commands").EnumerateArray().ToList();
                refused += await TryWhatIsNotListed(catalog, key, who, people, offered, succeeded, random, $"seed {seed}, walk {walk}, step {step}, {who.Name}");
                var next = offered.Where(o => !_rarely.Contains(o.GetProperty("name").GetString()) || random.Next(12) == 0).ToArray();
                if (next.Length == 0)
                {
                    continue;
                }

                var command = next[random.Next(next.Length)];
                var name = command.GetProperty("name").GetString()!;
                var answer = await who.Api.Send(HttpMethod.Post, command.GetProperty("href").GetString()!, command.GetProperty("sample").GetRawText());
                answer.Ok.ShouldBeTrue($"seed {seed}, walk {walk}, step {step}: {who.Name} was offered {name} with {command.GetProperty("sample")}, and got {answer.Text}");
                succeeded[name] = command.GetProperty("sample").GetRawText();
            }
        }

        refused.ShouldBeGreaterThan(Walks);
        succeeded.Count.ShouldBeGreaterThan(20, string.Join(" ", succeeded.Keys));
    }

    private static async Task<int> TryWhatIsNotListed(
        CommandCatalog catalog, string key, Person who, Person[] people, List<JsonElement> offered, Dictionary<string, string> known, Random random, string where)
    {
        var listed = offered.Select(o => o.GetProperty("name").GetString()).ToHashSet();
        var others = catalog.All.Where(e => e is { Opens: false, TimerOnly: false, Kind.Plural: "escalations" } && !listed.Contains(e.Name)).ToArray();
        if (offered.Count == 0)
        {
            // Out of sight nothing is listed, and the glass may be broken all the same.
            others = [.. others.Where(e => e.Name != "break-glass-read")];
        }

        random.Shuffle(others);
        // One that chooses, if the role gives one, with every choice there is; and a few of the others.
        var choosing = others.ToLookup(e => _persons.ContainsKey(e.Name) || _entries.Contains(e.Name));
        others = [.. choosing[true].OrderByDescending(e => who.Caller.IsAny(e.Roles)).Take(1), .. choosing[false].Take(5)];
        var before = await who.Version(key);
        var context = new DecisionContext { Now = TimeProvider.System.GetUtcNow(), Caller = who.Caller, Key = "ESC-2027-000000" };
        var tried = 0;
        foreach (var entry in others)
        {
            foreach (var body in Bodies(entry, context, known, people, before).Distinct())
            {
                var answer = await who.Api.Post(key, entry.Name, body);
                answer.Status.ShouldBeInRange(400, 499, $"{where}: {entry.Name} is not listed, but {body} got {answer.Text}");
                tried++;
            }
        }

        (await who.Version(key)).ShouldBe(before, where);
        return tried;
    }

    /// <summary>The example of the reference page, what another case took, which is likelier to slip through, and every choice there is.</summary>
    private static IEnumerable<string> Bodies(CatalogEntry entry, DecisionContext context, Dictionary<string, string> known, Person[] people, long version)
    {
        var example = entry.Example(context)!.Value.GetRawText();
        string[] bodies = known.TryGetValue(entry.Name, out var taken) ? [example, taken] : [example];
        IEnumerable<JsonNode> choices = _persons.ContainsKey(entry.Name) ? people.Select(p => p.Name).Append("nobody-77").Select(name => (JsonNode)name)
            : _entries.Contains(entry.Name) ? Enumerable.Range(1, (int)version + 1).Select(v => (JsonNode)v)
            : [];
        return bodies.Concat(choices.Select(choice =>
        {
            var body = JsonNode.Parse(example)!.AsObject();
            body[_persons.GetValueOrDefault(entry.Name, "entry")] = choice;
            return body.ToJsonString();
        }));
    }

    private static async Task<string> Start(Person[] people, Random random)
    {
        var raiser = people[random.Next(2)];
        return await raiser.Api.Raised(random.Next(4) switch
        {
            0 => new { threatToLife = true, surface = "Live", proposedSeverity = "SEV1" },
            1 => new { source = "GovernmentOrder", legalBasis = "EU-TCO-Art3", evidenceRefs = new[] { "EVD-1" } },
            2 => new { source = "Press", requester = new { contactRef = "vault-1" } },
            _ => new { proposedSeverity = "SEV3" },
        });
    }

    private async Task<Person[]> People()
    {
        var admin = await server.As("admin-01", roles: ["admin"]);
        (string Name, string[] Roles)[] profiles =
        [
            ("spec-04", ["specialist"]), ("lead-01", ["duty-lead"]), ("spec-09", ["specialist"]), ("policy-sme-02", ["policy-expert"]),
            ("legal-counsel-01", ["legal-counsel"]), ("pio-01", ["communications"]), ("exec-01", ["executive"]), ("analyst-01", ["analyst"]),
        ];
        var areas = Enum.GetNames<PolicyArea>();
        List<Person> people = [];
        foreach (var (name, roles) in profiles)
        {
            // Few of the directory are cleared for RED, so that a walk may run out of readers to name.
            var clearance = roles is ["specialist" or "duty-lead"] ? "RED" : "AMBER";
            (await admin.Put($"/v1/directory/people/{name}", new { roles, regions = new[] { "*" }, clearance, clearedAreas = areas, acknowledgedAreas = areas, onShiftUntil = "2090-01-01T00:00:00Z" })).ShouldBe(200);
            var caller = Caller.System with { Id = name, Roles = roles.Select(Server.Access.RoleNames.Parse).OfType<Role>().ToHashSet() };
            people.Add(new Person(name, await server.As(name, roles, clearance: "RED"), caller, server.Database));
        }

        return [.. people];
    }

    private sealed record Person(string Name, Api Api, Caller Caller, TestDatabase Database)
    {
        public Task<long> Version(string key) => Database.Scalar<long>("select version from crisis.mt_streams where id = $1", key);
    }
}
