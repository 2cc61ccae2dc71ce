using System.Net.Http.Headers;
using System.Text.Json;
using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Deliveries;
using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Timelines;
using Shouldly;

namespace CrisisOps.Server.Tests.Access;

/// <summary>GET /v1/reads: who opened what is RED, and who may know it.</summary>
public sealed class ReadLogTests(ReplayServer server) : IClassFixture<ReplayServer>
{
    private readonly string _region = StreamCalls.NewRegion();

    [Fact]
    public async Task Every_way_to_open_a_RED_case_is_noted_with_the_person_and_the_route()
    {
        var (lead, key) = await Secret();
        await lead.Gives(key, "take", new { reason = "I was here" });
        var whole = (await lead.Read(key)).GetProperty("version").GetInt64();
        await lead.Get($"/v1/escalations?region={_region}");
        await lead.Get("/v1/queue");
        await lead.Get("/v1/me/work");
        await lead.Timeline(key);
        await lead.Replayed(key, "speed=max");
        await lead.Get($"/v1/search?q={key}");
        await Live(lead, key);
        await lead.Get($"/v1/escalations/{key}/diff?from=2020-01-01T00:00:00Z&to=2190-01-01T00:00:00Z");

        var reads = await Reads(lead, $"stream={key}");

        reads.ShouldAllBe(r => r.GetProperty("reader").GetString() == "lead-61" && r.GetProperty("stream").GetString() == key);
        reads.Select(r => r.GetProperty("route").GetString()).Distinct().ShouldBe(
            [
                "/v1/escalations/{key}/diff", "/v1/timelines/{key}/live", "/v1/search", "/v1/timelines/{key}/replay", "/v1/timelines/{key}", "/v1/me/work", "/v1/queue", "/v1/escalations",
                "/v1/escalations/{key}",
            ], ignoreOrder: true);
        var page = reads.Single(r => r.GetProperty("route").GetString() == "/v1/timelines/{key}");
        page.GetProperty("entries").EnumerateArray().Select(e => e.GetString()).ShouldBe(Enumerable.Range(1, (int)whole).Select(n => $"{key}@{n}"));
        reads.Single(r => r.GetProperty("route").GetString() == "/v1/escalations/{key}").GetProperty("entries").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task As_of_an_instant_stands_there_what_had_been_opened_by_then()
    {
        var (lead, key) = await Secret();
        var before = TimelineCalls.Instant(await lead.Now());
        await lead.Read(key);
        var between = TimelineCalls.Instant(await lead.Now());
        await lead.Pass(TimeSpan.FromMinutes(1));
        await lead.Timeline(key);

        (await Reads(lead, $"stream={key}&asOf={before}")).ShouldBeEmpty();
        (await Reads(lead, $"stream={key}&asOf={between}")).ShouldHaveSingleItem().GetProperty("route").GetString().ShouldBe("/v1/escalations/{key}");
        (await Reads(lead, $"stream={key}&asOf={TimelineCalls.Instant(await lead.Now())}")).Select(r => r.GetProperty("route").GetString()).ShouldContain("/v1/timelines/{key}");
    }

    [Fact]
    public async Task A_RED_entry_of_a_case_that_is_not_RED_is_noted_and_what_is_not_RED_is_not()
    {
        var crisis = await server.StandUp();
        var scribe = await server.Staff("lead-62", "duty-lead");
        await crisis.Commander.Gives(crisis.Key, "assign-role", new { role = "Scribe", person = "lead-62" });
        await crisis.Commander.Timeline(crisis.Key);
        await crisis.Commander.Read(crisis.Key);
        (await Reads(scribe, $"stream={crisis.Key}")).ShouldBeEmpty();
        var secret = await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "Their address.", tlp = "RED" });

        await crisis.Commander.Timeline(crisis.Key);

        var read = (await Reads(scribe, $"stream={crisis.Key}")).ShouldHaveSingleItem();
        read.GetProperty("reader").GetString().ShouldBe("ic-01");
        read.GetProperty("entries").EnumerateArray().Select(e => e.GetString()).ShouldBe([$"{crisis.Key}@{secret.Version}"]);
        (await Reads(crisis.Lead, $"stream={crisis.Key}")).ShouldBeEmpty(); // leads it, and may not read the update
    }

    [Fact]
    public async Task A_replay_notes_an_entry_when_it_is_sent_and_not_when_it_is_waited_for()
    {
        var (lead, key) = await Secret();
        await server.Database.RulesHeard();
        await lead.Pass(TimeSpan.FromMinutes(1));
        (await lead.Note(key, "Their names")).ShouldBeDone();
        var meanwhile = -1;
        server.Reader.Meanwhile = async wait => meanwhile = wait < TimeSpan.FromSeconds(0.5) ? meanwhile : (await Noted(key)).Max();

        await lead.Replayed(key, "speed=60");

        server.Reader.Meanwhile = null;
        meanwhile.ShouldBe(2);
        (await Noted(key)).ShouldBe([1, 2, 3], ignoreOrder: true);
    }

    [Theory]
    [InlineData("ndjson")]
    [InlineData("markdown")]
    [InlineData("html")]
    public async Task Who_takes_a_crisis_away_is_noted_with_what_is_RED_of_it_as_far_as_they_may_read_it(string format)
    {
        var crisis = await server.StandUp();
        var scribe = await server.Staff("lead-65", "duty-lead");
        await crisis.Commander.Gives(crisis.Key, "assign-role", new { role = "Scribe", person = "lead-65" });
        var secret = await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "Their address.", tlp = "RED" });

        (await crisis.Lead.Get($"/v1/crises/{crisis.Key}/export?format={format}")).ShouldBe(200).Text.ShouldNotContain("Their address."); // not named: it is withheld
        (await crisis.Commander.Get($"/v1/crises/{crisis.Key}/export?format={format}")).ShouldBe(200).Text.ShouldContain("Their address");

        var read = (await Reads(scribe, $"stream={crisis.Key}")).ShouldHaveSingleItem();
        (read.GetProperty("reader").GetString(), read.GetProperty("route").GetString()).ShouldBe(("ic-01", "/v1/crises/{key}/export"));
        read.GetProperty("entries").EnumerateArray().Select(e => e.GetString()).ShouldBe([$"{crisis.Key}@{secret.Version}"]);
    }

    /// <summary>A reader of whom nothing can be noted: the entries were read, and wait to be sent.</summary>
    [Theory]
    [InlineData("/v1/timelines/{key}/live")]
    [InlineData("/v1/timelines/{key}/replay?speed=max")]
    [InlineData("/v1/timelines/{key}")]
    [InlineData("/v1/escalations/{key}")]
    public async Task What_can_not_be_noted_is_not_shown(string route)
    {
        var lead = await Lead("lead-66");
        var key = await lead.Raised(new { region = new[] { _region }, tlp = "RED" });
        (await lead.Note(key, "Their address")).ShouldBeDone();
        await server.Database.Execute("alter table crisis.reads drop constraint if exists not_them; alter table crisis.reads add constraint not_them check (reader <> 'lead-66') not valid");

        using var request = new HttpRequestMessage(HttpMethod.Get, route.Replace("{key}", key, StringComparison.Ordinal));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", lead.Token);
        using var response = await lead.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        var shown = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        shown.ShouldNotContain("Their address");
        shown.ShouldNotContain($"{key}@");
    }

    [Fact]
    public async Task Who_is_named_and_not_cleared_learns_of_no_RED_entry_from_the_log_nor_from_what_others_know()
    {
        var crisis = await server.StandUp();
        await server.Staff("lead-67", "duty-lead");
        await crisis.Commander.Gives(crisis.Key, "assign-role", new { role = "Scribe", person = "lead-67" });
        var secret = await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "Their address.", tlp = "RED" });
        await crisis.Commander.Timeline(crisis.Key);
        var scribe = await server.As("lead-67", roles: ["duty-lead"], regions: ["*"], clearance: "AMBER");
        (await scribe.Timeline(crisis.Key)).Ids().ShouldNotContain($"{crisis.Key}@{secret.Version}");

        (await Reads(scribe, $"stream={crisis.Key}")).ShouldBeEmpty();
        (await scribe.Get($"/v1/knowledge/ic-01?incident={crisis.Key}")).ShouldBe(200).Json.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await scribe.Get($"/v1/knowledge/of/{crisis.Key}@{secret.Version}")).ShouldBeProblem(404, "not-found");
    }

    [Fact]
    public async Task What_a_RED_update_asks_for_is_noted_where_the_board_shows_it()
    {
        var crisis = await server.StandUp();
        var scribe = await server.Staff("lead-68", "duty-lead");
        await crisis.Commander.Gives(crisis.Key, "assign-role", new { role = "Scribe", person = "lead-68" });
        var secret = await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "Sealed.", needs = "A judge.", tlp = "RED" });

        (await crisis.Commander.Get($"/v1/crises/{crisis.Key}/board"))["asks"].ShouldBe("A judge.");
        (await crisis.Commander.Get("/v1/board")).ShouldBe(200).Text.ShouldContain("A judge.");

        var reads = await Reads(scribe, $"stream={crisis.Key}");
        reads.Select(r => r.GetProperty("route").GetString()).ShouldBe(["/v1/board", "/v1/crises/{key}/board"]);
        reads.ShouldAllBe(r => r.GetProperty("entries")[0].GetString() == $"{crisis.Key}@{secret.Version}");
    }

    [Fact]
    public async Task Facts_of_a_RED_case_are_noted_with_the_entries_that_they_come_from()
    {
        var crisis = await server.StandUp();
        var key = await crisis.Lead.Raised(new { region = new[] { crisis.Region }, tlp = "RED" });
        await crisis.StandDown();
        var review = await crisis.Review();
        await crisis.Lead.Gives(review, "name-case", new { escalationKey = key });

        (await crisis.Lead.Get($"/v1/reviews/{review}/facts?asOf=2999-01-01T00:00:00Z")).ShouldBe(200).Text.ShouldContain(key);

        var read = (await Reads(crisis.Lead, $"stream={key}")).Single(r => r.GetProperty("route").GetString() == "/v1/reviews/{key}/facts");
        read.GetProperty("entries").EnumerateArray().Select(e => e.GetString()).ShouldContain($"{key}@1");
    }

    [Theory]
    [InlineData("export?format=ndjson")]
    [InlineData("export?format=markdown")]
    [InlineData("sitrep-draft")]
    public async Task A_RED_message_that_is_taken_away_and_the_draft_of_a_RED_crisis_are_noted(string what)
    {
        var crisis = await server.StandUp();
        var scribe = await server.Staff("lead-69", "duty-lead");
        await crisis.Commander.Gives(crisis.Key, "assign-role", new { role = "Scribe", person = "lead-69" });
        if (what == "sitrep-draft")
        {
            await crisis.Commander.Gives(crisis.Key, "raise-tlp", new { to = "RED", reason = "names of victims" });
        }

        await server.Told("CNT-900001", crisis.Key, "Their address", tlp: 4, audience: 0);

        (await crisis.Commander.Get($"/v1/crises/{crisis.Key}/{what}")).ShouldBe(200);

        var read = (await Reads(scribe, $"stream={crisis.Key}&reader=ic-01")).ShouldHaveSingleItem();
        read.GetProperty("route").GetString().ShouldBe($"/v1/crises/{{key}}/{what.Split('?')[0]}");
    }

    [Fact]
    public async Task It_is_for_duty_leads_and_legal_counsel_of_the_core_team_and_reading_it_is_noted()
    {
        var (lead, key) = await Secret();
        await lead.Read(key);

        (await (await server.As("spec-04", regions: ["*"], clearance: "RED")).Get("/v1/reads")).ShouldBeProblem(403, "forbidden");
        (await (await server.As("admin-01", roles: ["admin"], clearance: "RED")).Get("/v1/reads")).ShouldBeProblem(403, "forbidden");
        (await (await server.As("desk", roles: ["partner"], partner: "PRT-900")).Get("/v1/reads")).ShouldBeProblem(403, "forbidden");
        (await Reads(await server.As("lead-64", roles: ["duty-lead"], regions: ["*"], clearance: "RED"), $"stream={key}")).ShouldBeEmpty(); // not named
        await Reads(lead, $"stream={key}");
        (await Reads(lead, $"stream={key}"))[0].GetProperty("route").GetString().ShouldBe("/v1/reads");
    }

    [Fact]
    public async Task The_list_is_read_in_pages_and_by_reader_and_time()
    {
        var (lead, key) = await Secret();
        for (var n = 0; n < 3; n++)
        {
            await lead.Read(key);
        }

        var first = (await lead.Get($"/v1/reads?stream={key}&limit=2")).ShouldBe(200).Json;
        var rest = (await lead.Get($"/v1/reads?stream={key}&limit=500&cursor={first.GetProperty("next").GetString()}")).ShouldBe(200).Json.GetProperty("items");

        (first.GetProperty("items").GetArrayLength() + rest.GetArrayLength()).ShouldBe(3);
        (await Reads(lead, $"stream={key}&reader=lead-99")).ShouldBeEmpty();
        (await Reads(lead, $"stream={key}&to=2020-01-01T00:00:00Z")).ShouldBeEmpty();
        (await Reads(lead, $"stream={key}&reader=lead-61&from=2020-01-01T00:00:00Z")).ShouldNotBeEmpty();
        (await lead.Get("/v1/reads?cursor=abc")).ShouldBeProblem(422, "validation", member: "cursor");
        (await lead.Get("/v1/reads?from=then")).ShouldBeProblem(422, "validation", member: "from");
    }

    [Fact]
    public async Task What_somebody_opened_is_what_they_know_and_the_entry_says_who_knew_it()
    {
        var (lead, key) = await Secret();
        var before = await lead.Now();
        await lead.Timeline(key);
        await lead.Timeline(key);

        var known = (await lead.Get($"/v1/knowledge/lead-61?incident={key}")).ShouldBe(200).Json.GetProperty("items").EnumerateArray().ToArray();
        known.Select(k => (k.GetProperty("kind").GetString(), k.GetProperty("about").GetString())).ShouldBe([("Read", $"{key}@1"), ("Read", $"{key}@2")]);
        known[1].GetProperty("told").GetString().ShouldBe("Their address");
        (await lead.Get($"/v1/knowledge/lead-61?incident={key}&asOf={Uri.EscapeDataString(before.ToString("O"))}")).Json.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await (await server.As("spec-04", regions: ["*"], clearance: "RED")).Get($"/v1/knowledge/lead-61?incident={key}")).Json.GetProperty("items").GetArrayLength().ShouldBe(0);

        var knowers = (await lead.Get($"/v1/knowledge/of/{key}@2")).ShouldBe(200).Json.GetProperty("items").EnumerateArray().ToArray();
        knowers.Select(k => (k.GetProperty("how").GetString(), k.GetProperty("who").GetString())).ShouldBe([("Wrote", "lead-61"), ("Read", "lead-61")]);
        knowers[1].GetProperty("since").GetDateTimeOffset().ShouldBeGreaterThan(before);
    }

    /// <summary>The entries of a case that were noted, by the store.</summary>
    private async Task<List<int>> Noted(string key) => await server.Database.Column<int>("select unnest(entries)::int from crisis.reads where stream = $1", key);

    private Task<Api> Lead(string name) => server.As(name, roles: ["duty-lead"], regions: ["*"], clearance: "RED");

    private async Task<(Api Lead, string Key)> Secret()
    {
        var lead = await Lead("lead-61");
        var key = await lead.Raised(new { region = new[] { _region }, tlp = "RED" });
        (await lead.Note(key, "Their address")).ShouldBeDone();
        return (lead, key);
    }

    private static async Task Live(Api caller, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/timelines/{key}/live");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", caller.Token);
        using var response = await caller.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.StartsWith("event: entry", StringComparison.Ordinal))
        {
        }
    }

    private static async Task<JsonElement[]> Reads(Api caller, string query) => [.. (await caller.Get($"/v1/reads?limit=500&{query}")).ShouldBe(200).Json.GetProperty("items").EnumerateArray()];
}
