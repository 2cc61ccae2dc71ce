using System.Text.Json.Nodes;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Streams;
using CrisisOps.Server.Tests.Harness;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using static CrisisOps.Server.Tests.Scenarios.NorlandRows;

namespace CrisisOps.Server.Tests.Scenarios;

/// <summary>The incident as it stood at any instant, asked for after all of it (domain §7, assertions 2, 3, 5 and 6).</summary>
[Collection(NorlandCollection.Name)]
public sealed class NorlandAsOfTests(NorlandStory story)
{
    [Theory]
    [InlineData("2027-05-15T14:10:00Z", 25, 6)]
    [InlineData("2027-05-15T14:30:00Z", 38, 11)]
    [InlineData("2027-05-15T18:10:00Z", 58 + 7, 16 + 7)]
    public async Task AsOf_the_seven_streams_had_so_many_events(string instant, int everything, int crisis)
    {
        var core = await Core();
        var versions = new Dictionary<string, long>();
        foreach (var key in Seven)
        {
            var then = await core.Get($"{StreamCalls.Path(key)}?asOf={instant}");
            versions[key] = then.Status == 404 ? 0 : then.ShouldBe(200).Version;
        }

        (versions.Values.Sum(), versions[CR7]).ShouldBe((everything, crisis));
    }

    [Theory]
    [InlineData("2027-05-15T14:05:00Z", "Proposed", null)]
    [InlineData("2027-05-15T14:10:00Z", "Active", "Level1")]
    [InlineData("2027-05-15T23:00:00Z", "Stabilizing", "Level1")]
    public async Task AsOf_the_crisis_stood_there(string instant, string state, string? level)
    {
        var then = (await (await Core()).Get($"/v1/crises/{CR7}?asOf={instant}")).ShouldBe(200);

        (then.State, then["level"]).ShouldBe((state, level));
    }

    [Fact]
    public async Task Bitemporal_the_case_was_known_at_13_55_and_true_at_13_52()
    {
        var core = await Core();

        (await core.Get($"/v1/escalations/{E101}?asOf=2027-05-15T13:53:00Z")).ShouldBeProblem(404, "not-found");
        (await core.Listed("/v1/escalations?asOf=2027-05-15T13:53:00Z")).ShouldBeEmpty();
        (await core.Get($"/v1/escalations/{E101}?asOf=2027-05-15T13:53:00Z&clock=occurred")).ShouldBe(200).State.ShouldBe("Received");
        (await core.Listed("/v1/escalations?asOf=2027-05-15T13:53:00Z&clock=occurred")).ShouldBe([E101]);
        (await core.Listed("/v1/escalations?asOf=2027-05-15T13:51:00Z&clock=occurred")).ShouldBeEmpty();
    }

    [Fact]
    public async Task TimeToX_by_when_each_state_is_there_for_the_first_time()
    {
        var core = await Core();
        async Task<bool> Is(string path, string instant, Func<Answer, bool> so) => (await core.Get($"/v1/{path}?asOf={instant}")) is { Status: 200 } then && so(then);

        // Proposal to declaration 3 min 59 s, declaration to the first alert 7 min, first signal to removal 16 min 50 s; each by a step of the clock before and after.
        (await Is($"crises/{CR7}", "2027-05-15T14:03:00Z", _ => true)).ShouldBeFalse();
        (await Is($"crises/{CR7}", "2027-05-15T14:06:59Z", c => c.State == "Proposed")).ShouldBeTrue();
        (await Is($"crises/{CR7}", "2027-05-15T14:07:10Z", c => c.State == "Active" && c.Json.GetProperty("alerts").GetArrayLength() == 0)).ShouldBeTrue();
        (await Is($"crises/{CR7}", "2027-05-15T14:13:59Z", c => c.Json.GetProperty("alerts").GetArrayLength() == 0)).ShouldBeTrue();
        (await Is($"crises/{CR7}", "2027-05-15T14:14:10Z", c => c.Json.GetProperty("alerts").GetArrayLength() == 1)).ShouldBeTrue();
        (await Is($"escalations/{E101}", "2027-05-15T14:11:59Z", c => !c.Json.GetProperty("decision").TryGetProperty("results", out var results) || results.GetArrayLength() == 0)).ShouldBeTrue();
        (await Is($"escalations/{E101}", "2027-05-15T14:12:10Z", c => c.Json.GetProperty("decision").GetProperty("results").GetArrayLength() == 3)).ShouldBeTrue();
        var crisis = (await core.Get($"/v1/crises/{CR7}?asOf=2027-05-15T14:20:00Z")).ShouldBe(200).Json;
        (crisis.Instant("declaredAt") - crisis.Instant("proposedAt")).ShouldBeInRange(TimeSpan.FromSeconds(230), TimeSpan.FromSeconds(239 + 10));
        (crisis.GetProperty("alerts")[0].Instant("sentAt") - crisis.Instant("declaredAt")).ShouldBeInRange(TimeSpan.FromSeconds(410), TimeSpan.FromSeconds(430));
    }

    [Fact]
    public async Task What_the_command_did_for_a_case_counts_from_then_on_and_not_in_the_versions_of_the_case()
    {
        var core = await Core();
        async Task<string> Referral(string query) =>
            (await core.Read(E101, query)).GetProperty("clocks").EnumerateArray().Single(c => c.Text("kind") == "ThreatToLifeReferral").Text("result");

        (await Referral("?asOf=2027-05-15T14:10:20Z")).ShouldBe("Running");
        (await Referral("?asOf=2027-05-15T14:10:45Z")).ShouldBe("Met");
        (await Referral("")).ShouldBe("Met");
        (await Referral("?version=7")).ShouldBe("Running");
    }

    [Fact]
    public async Task Corrected_only_Core_reads_the_old_text_of_then()
    {
        const string withdrawn = "11 injured";
        (await (await story.Person("ic-01")).Get($"/v1/crises/{CR7}/diff?from=2027-05-15T14:17:00Z&to=2027-05-15T14:19:00Z")).ShouldBe(200).Text.ShouldContain(withdrawn);
        foreach (var reader in new[] { await story.As("spec-77", regions: ["XN"], clearance: "AMBER+STRICT"), await story.As("exec-07", roles: ["executive"], regions: ["*"], clearance: "RED") })
        {
            foreach (var path in (string[])["?asOf=2027-05-15T14:19:00Z", "/diff?from=2027-05-15T14:17:00Z&to=2027-05-15T14:19:00Z", "/diff?from=2027-05-15T14:17:00Z&to=2027-05-15T14:30:00Z"])
            {
                (await reader.Get($"/v1/crises/{CR7}{path}")).ShouldBe(200).Text.ShouldNotContain(withdrawn);
            }
        }
    }

    [Fact]
    public async Task At_every_version_every_stream_is_what_its_events_up_to_there_make_of_it()
    {
        var services = story.Node.Services;
        var kinds = services.GetRequiredService<StreamKinds>();
        await using var session = services.GetRequiredService<IDocumentStore>().QuerySession();
        // Owner of everything, cleared for everything: whoever reads a stream as Core reads all of its state.
        var core = await Core();
        var compared = 0;
        foreach (var key in story.Events.Select(e => e.Stream).Distinct())
        {
            var kind = kinds.Of(key);
            var events = await session.Events.FetchStreamAsync(key, token: TestContext.Current.CancellationToken);
            var now = events.Aggregate(kind.None(key), (state, e) => kind.Fold(state, e.Data, EventStamps.Of(e)));
            var then = kind.None(key);
            foreach (var e in events)
            {
                then = kind.Fold(then, e.Data, EventStamps.Of(e));
                var answer = (await core.Get($"{StreamCalls.Path(key)}?version={e.Version}")).ShouldBe(200);

                JsonNode.DeepEquals(JsonNode.Parse(answer.Text), JsonNode.Parse(kind.ViewThen(then, Audience.Core, now).ToJsonString(Json.Stored))).ShouldBeTrue($"{key}@{e.Version}: {answer.Text}");
                answer.ETag.ShouldBe($"\"{e.Version}\"");
                compared++;
            }

            (await core.Get($"{StreamCalls.Path(key)}?version={events.Count + 1}")).ShouldBeProblem(404, "not-found");
        }

        compared.ShouldBe(story.Events.Count);
    }

    [Theory]
    [InlineData("2027-05-15T14:20:30Z", $"{CR7} SitRep", $"{E102} SlaClock/FIRST_RESPONSE", $"{E104} LegalClock/TCO_REMOVAL_1H")]
    [InlineData("2027-05-15T14:58:30Z", $"{CR7} SitRep", $"{E102} SlaClock/FIRST_RESPONSE", null)]
    [InlineData("2027-05-15T18:10:00Z", $"{CR7} SitRep", $"{E102} SlaClock/FIRST_RESPONSE", null)]
    public async Task Deadlines_as_of_an_instant_are_those_that_stood_then(string instant, string report, string answer, string? order)
    {
        var standing = await Standing(await Core(), instant);

        standing.ShouldContain(d => d.StartsWith(report, StringComparison.Ordinal));
        standing.ShouldContain(d => d.StartsWith(answer, StringComparison.Ordinal));
        standing.Any(d => d.StartsWith($"{E104} LegalClock", StringComparison.Ordinal)).ShouldBe(order is not null);
    }

    [Fact]
    public async Task Deadlines_stood_as_they_stood_open_then_near_then_missed()
    {
        var core = await Core();

        (await Answer(core, "2027-05-15T14:10:00Z")).ShouldBe("Open");
        (await Answer(core, "2027-05-15T17:30:00Z")).ShouldBe("Warned");
        (await Answer(core, "2027-05-15T18:10:00Z")).ShouldBe("Missed");
        (await Answer(core, "2027-05-15T18:41:00Z")).ShouldBeNull();
    }

    [Fact]
    public async Task The_queue_as_of_an_instant_has_the_open_cases_of_then_in_the_order_of_then()
    {
        var core = await Core();

        (await core.Listed("/v1/queue?asOf=2027-05-15T13:50:00Z")).ShouldBeEmpty();
        (await core.Listed("/v1/queue?asOf=2027-05-15T14:02:30Z")).ShouldBe([E101, E102]);
        // Live content first; then the order, whose hour runs, before what is only older.
        (await core.Listed("/v1/queue?asOf=2027-05-15T14:24:30Z")).ShouldBe([E101, E102, E104, E103]);
        (await core.Listed("/v1/queue?asOf=2027-05-15T15:05:00Z")).ShouldBe([E101, E102], ignoreOrder: true);
    }

    private static async Task<string?> Answer(Api core, string instant) =>
        (await core.Get($"/v1/deadlines?stream={E102}&kind=SlaClock&asOf={instant}")).ShouldBe(200).Json.GetProperty("items").EnumerateArray()
            .Where(d => d.Text("ref") == "FIRST_RESPONSE").Select(d => d.Text("state")).SingleOrDefault();

    private static async Task<string[]> Standing(Api core, string instant) =>
        [.. (await core.Get($"/v1/deadlines?limit=500&asOf={instant}")).ShouldBe(200).Json.GetProperty("items").EnumerateArray().Select(d => $"{d.Text("stream")} {d.Text("kind")}/{d.Text("ref")}")];

    private Task<Api> Core() => story.As("duty-lead-01", roles: ["duty-lead"], regions: ["*"], clearance: "RED");
}
