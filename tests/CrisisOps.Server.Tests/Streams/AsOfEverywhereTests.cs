using System.Text.Json;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Streams;

/// <summary>Whatever is read of an incident is read as of an instant too; what is not says here why.</summary>
public sealed class AsOfEverywhereTests(TestServer server) : IClassFixture<TestServer>
{
    private static readonly Dictionary<string, string> _without = new()
    {
        ["/v1/timelines/{key}/live"] = "goes on as one watches",
        ["/v1/queue/live"] = "goes on as one watches",
        ["/v1/changes"] = "what is new since a cursor, which is an instant",
        ["/v1/timelines/{key}/replay"] = "the past itself: from, to and clock",
        ["/v1/crises/{key}/sitrep-draft"] = "a body to be sent now; the reports that were sent stand on the timeline",
        ["/v1/history/keys"] = "says nothing of an incident",
        ["/v1/history/heads"] = "heads by their size, each with its instant",
        ["/v1/history/heads/latest"] = "the newest of them",
        ["/v1/history/proof"] = "a proof at the newest head",
        ["/v1/history/consistency"] = "a proof between two sizes",
        ["/v1/history/anchors"] = "how far each anchor has come",
        ["/v1/directory/people/{id}"] = "a register: administration",
        ["/v1/directory/facts/{kind}/{id}"] = "a register: administration",
        ["/v1/duty"] = "a register: administration",
        ["/v1/intake/rules"] = "a register: administration",
        ["/v1/templates"] = "a register: administration",
        ["/v1/contacts/{key}/addresses"] = "addresses are erased, and never told as they were",
        ["/v1/partners/{key}/endpoints/{endpoint}/secrets"] = "secrets",
        ["/v1/sources/{key}/signing-secrets"] = "secrets",
        ["/v1/sources/{key}/uses"] = "how a source does",
        ["/v1/partners/{key}/status"] = "how endpoints do",
        ["/v1/enforcement/status"] = "how the way to the platform does",
        ["/v1/receipts/{receipt}"] = "for a sender, whom nothing is told but that it is kept",
        ["/v1/heartbeat"] = "says that a source is there",
        ["/dev/clock"] = "the clock itself",
    };

    [Fact]
    public async Task Every_read_of_an_incident_takes_an_instant_and_the_others_say_why_not()
    {
        var reads = await Reads();

        reads.Count.ShouldBeGreaterThan(60);
        reads.Where(r => !r.Value.Contains("asOf") && !Between(r)).Select(r => r.Key).Order().ShouldBe(_without.Keys.Order());
    }

    [Fact]
    public async Task Every_list_that_takes_an_instant_takes_it_strictly()
    {
        var lead = await server.As("lead-01", ["duty-lead"], clearance: "RED");
        var lists = (await Reads()).Where(r => r.Value.Contains("asOf") && !r.Key.Contains('{', StringComparison.Ordinal)).Select(r => r.Key).ToArray();

        lists.Length.ShouldBeGreaterThan(15);
        foreach (var list in lists)
        {
            var needed = list == "/v1/search" ? "&q=video" : "";
            (await lead.Get($"{list}?asOf=2027-05-15T14:00:00{needed}")).ShouldBeProblem(422, "validation", member: "asOf");
            var page = (await lead.Get($"{list}?asOf=2001-01-01T00:00:00Z{needed}")).ShouldBe(200).Json;
            foreach (var items in page.EnumerateObject().Where(m => m.Value.ValueKind == JsonValueKind.Array))
            {
                items.Value.GetArrayLength().ShouldBe(0, $"{list} {items.Name} before everything");
            }
        }
    }

    /// <summary>What compares two instants.</summary>
    private static bool Between(KeyValuePair<string, HashSet<string>> read) => read.Key.EndsWith("/diff", StringComparison.Ordinal) && read.Value.IsSupersetOf(["from", "to", "clock"]);

    /// <summary>All that is read with a token, by its path, with the parameters of its query.</summary>
    private async Task<Dictionary<string, HashSet<string>>> Reads()
    {
        var document = (await server.Node.With(null).Get("/openapi/v1.json")).ShouldBe(200).Json;
        var parameters = document.GetProperty("components").GetProperty("parameters");
        return document.GetProperty("paths").EnumerateObject().Where(p => p.Value.TryGetProperty("get", out _)).ToDictionary(
            p => p.Name,
            p => p.Value.GetProperty("get").TryGetProperty("parameters", out var taken)
                ? taken.EnumerateArray().Select(t => parameters.GetProperty(t.GetProperty("$ref").GetString()!.Split('/')[^1]).GetProperty("name").GetString()!).ToHashSet()
                : []);
    }
}
