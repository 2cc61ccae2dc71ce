using System.Text.Json;
using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Timelines;
using Shouldly;

namespace CrisisOps.Server.Tests.Streams;

/// <summary>Streams as they were, by what we knew then and by what was true then.</summary>
public sealed class AsOfTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task What_happened_in_time_and_was_learned_late_was_breached_by_what_we_knew_and_met_by_what_was_true()
    {
        var press = await server.As("pio-01", roles: ["communications"], functions: ["Comms"]);
        var api = await server.As("spec-04");
        var key = await api.Raised(new { title = "When will you answer?", source = "Press" });
        (await api.Post(key, "triage", new { severity = "SEV3", policyArea = "MediaInquiry", region = new[] { "XN" }, duplicateSearchDone = true })).ShouldBeDone();
        var answered = (await Instant(api)).AddHours(1);
        await api.Pass(TimeSpan.FromHours(5));
        var between = await api.Now();
        await api.Pass(TimeSpan.FromMinutes(30));
        (await press.Post(key, "answer-inquiry", new { outcome = "InformationProvided", text = "The approved line.", occurredAt = answered })).ShouldBeDone();

        Result(await api.Read(key)).ShouldBe("MetInTimeLearnedLate");
        Result(await api.Read(key, AsOf(between))).ShouldBe("Breached");
        Result(await api.Read(key, $"{AsOf(between)}&clock=recorded")).ShouldBe("Breached");
        Result(await api.Read(key, $"{AsOf(between)}&clock=occurred")).ShouldBe("MetInTimeLearnedLate");
        Result(await api.Read(key, $"{AsOf(answered.AddMinutes(-1))}&clock=occurred")).ShouldBe("Running");
        (await api.Read(key, $"{AsOf(between)}&clock=occurred")).GetProperty("state").GetString().ShouldBe("Resolved");

        // The timeline on both clocks: the answer stands where it happened only for who knows it.
        (await api.Timeline(key, $"limit=500&asOf={At(between)}")).ShouldNotContain(e => e.GetProperty("kind").GetString() == "Clock" && e.Id() == $"{key}@4");
        (await api.Timeline(key, $"limit=500&asOf={At(answered)}&clock=occurred")).Ids().Length.ShouldBe((await api.Timeline(key, $"limit=500&asOf={At(answered)}")).Length + 1);
    }

    [Fact]
    public async Task A_state_by_the_clock_of_occurrence_has_no_version_and_one_by_the_clock_of_recording_has()
    {
        var api = await server.As("spec-04");
        var key = await api.Raised();
        var now = AsOf(await api.Now());

        (await api.Get($"/v1/escalations/{key}{now}")).ShouldBe(200).ETag.ShouldNotBeNull();
        var occurred = (await api.Get($"/v1/escalations/{key}{now}&clock=occurred")).ShouldBe(200);
        (occurred.ETag, occurred["version"]).ShouldBe((null, null));
        var crisis = await server.StandUp();
        var card = (await crisis.Lead.Get($"/v1/crises/{crisis.Key}{AsOf(await api.Now())}&clock=occurred")).ShouldBe(200);
        (card.ETag, card["version"], card.State).ShouldBe((null, null, "Active"));
    }

    [Fact]
    public async Task A_correction_that_is_said_to_have_occurred_before_what_it_corrects_is_left_out_until_then()
    {
        var crisis = await server.StandUp();
        var before = await crisis.Lead.Now();
        await crisis.Lead.Pass(TimeSpan.FromMinutes(10));
        await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "11 injured.", audiences = new[] { new { audience = "Core" } } });
        await crisis.Commander.Gives(crisis.Key, "correct-update", new { updateId = "U-1", condition = "People were injured.", reason = "not confirmed", occurredAt = before });

        Updates(await crisis.Commander.Read(crisis.Key, $"{AsOf(before.AddMinutes(5))}&clock=occurred")).ShouldBe("");
        Updates(await crisis.Commander.Read(crisis.Key, $"{AsOf(await crisis.Lead.Now())}&clock=occurred")).ShouldBe("U-1r1");
    }

    [Fact]
    public async Task Before_the_raise_had_occurred_or_was_known_there_was_nothing()
    {
        var api = await server.As("spec-04");
        var then = await Instant(api);
        await api.Pass(TimeSpan.FromHours(1));
        var key = await api.Raised(new { occurredAt = then });
        // A note of something that happened before is of a case that was not there.
        (await api.Post(key, "post-note", new { text = "They had called.", occurredAt = then.AddHours(-1) })).ShouldBeDone();

        (await api.Get($"/v1/escalations/{key}{AsOf(then)}")).ShouldBeProblem(404, "not-found");
        (await api.Get($"/v1/escalations/{key}{AsOf(then)}&clock=occurred")).ShouldBe(200);
        (await api.Get($"/v1/escalations/{key}{AsOf(then.AddMinutes(-1))}&clock=occurred")).ShouldBeProblem(404, "not-found");
        (await api.Listed($"/v1/escalations?limit=500&asOf={At(then)}")).ShouldNotContain(key);
        (await api.Listed($"/v1/escalations?limit=500&asOf={At(then)}&clock=occurred")).ShouldContain(key);
    }

    [Fact]
    public async Task An_instant_that_lies_ahead_means_now()
    {
        var api = await server.As("spec-04");
        var key = await api.Raised();
        const string ahead = "9999-12-31T23:59:59.9999999Z";

        (await api.Get($"/v1/escalations/{key}?asOf={ahead}")).ShouldBe(200).State.ShouldBe("Received");
        foreach (var list in (string[])["escalations", "queue", "crises", "deadlines"])
        {
            (await api.Get($"/v1/{list}?asOf={ahead}&limit=500")).ShouldBe(200).Json.GetProperty("items").GetArrayLength()
                .ShouldBe((await api.Get($"/v1/{list}?limit=500")).ShouldBe(200).Json.GetProperty("items").GetArrayLength(), list);
        }
    }

    [Fact]
    public async Task What_was_made_more_secret_since_is_secret_in_the_past_too()
    {
        var owner = await server.As("spec-04", clearance: "RED");
        var other = await server.As("spec-05", clearance: "AMBER");
        var key = await owner.Raised();
        (await owner.Post(key, "take", new { })).ShouldBeDone();
        var open = await owner.Now();
        (await other.Get($"/v1/escalations/{key}{AsOf(open)}")).ShouldBe(200);
        await owner.Pass(TimeSpan.FromMinutes(1));
        (await owner.Post(key, "raise-tlp", new { to = "RED", reason = "names a source" })).ShouldBeDone();

        (await other.Get($"/v1/escalations/{key}{AsOf(open)}")).ShouldBeProblem(404, "not-found");
        (await other.Get($"/v1/escalations/{key}/diff?from=2020-01-01T00:00:00Z&to={At(open)}")).ShouldBeProblem(404, "not-found");
        foreach (var list in (string[])["escalations", "queue"])
        {
            (await other.Listed($"/v1/{list}?limit=500&asOf={At(open)}")).ShouldNotContain(key, list);
            (await owner.Listed($"/v1/{list}?limit=500&asOf={At(open)}")).ShouldContain(key, list);
        }

        (await other.Deadlines($"limit=500&stream={key}&asOf={At(open)}")).ShouldBeEmpty();
        (await owner.Deadlines($"limit=500&stream={key}&asOf={At(open)}")).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_name_that_is_masked_now_is_masked_in_the_past_and_found_by_nobody()
    {
        var crisis = await server.StandUp(summary: "Video by Jorn Falk");
        var then = await crisis.Lead.Now();
        await crisis.Lead.Pass(TimeSpan.FromMinutes(1));
        await crisis.Commander.Gives(crisis.Key, "mask-term", new { term = "Jorn Falk" });
        var colleague = await server.As("spec-61", regions: [crisis.Region]);

        foreach (var path in (string[])[$"/v1/crises/{crisis.Key}?asOf={At(then)}", $"/v1/crises/{crisis.Key}/diff?from=2020-01-01T00:00:00Z&to={At(then)}"])
        {
            (await colleague.Get(path)).ShouldBe(200).Text.ShouldNotContain("Falk", Case.Insensitive, path);
            (await crisis.Commander.Get(path)).ShouldBe(200).Text.ShouldContain("Falk", Case.Insensitive, path);
        }

        (await colleague.Listed($"/v1/crises?q=falk&asOf={At(then)}")).ShouldNotContain(crisis.Key);
        (await colleague.Listed($"/v1/crises?q=video&asOf={At(then)}")).ShouldContain(crisis.Key);
    }

    [Theory]
    [InlineData("escalations/ESC-2027-000101?asOf=yesterday", "asOf")]
    [InlineData("escalations/ESC-2027-000101?asOf=2027-05-15T14:00:00", "asOf")]
    [InlineData("escalations/ESC-2027-000101?version=0", "version")]
    [InlineData("escalations/ESC-2027-000101?asOf=2027-05-15T14:00:00Z&clock=wall", "clock")]
    [InlineData("escalations/ESC-2027-000101?clock=occurred", "clock")]
    [InlineData("crises/CR-2027-0007?version=3&clock=occurred", "clock")]
    [InlineData("crises/CR-2027-0007?version=3&asOf=2027-05-15T14:00:00Z&clock=occurred", "version")]
    [InlineData("escalations?asOf=yesterday", "asOf")]
    [InlineData("escalations?version=3", "version")]
    [InlineData("queue?clock=occurred", "clock")]
    [InlineData("crises?asOf=2027-05-15", "asOf")]
    [InlineData("contacts?clock=both&asOf=2027-05-15T14:00:00Z", "clock")]
    [InlineData("deadlines?asOf=", "asOf")]
    [InlineData("search?q=video&clock=occurred", "clock")]
    [InlineData("timelines/CR-2027-0007?clock=occurred", "clock")]
    [InlineData("queue/live?asOf=2027-05-15T14:00:00Z", "asOf")]
    [InlineData("sla-board?asOf=yesterday", "asOf")]
    [InlineData("sla-board?clock=occurred", "clock")]
    [InlineData("me/work?asOf=2027-05-15", "asOf")]
    [InlineData("me/work?clock=occurred", "clock")]
    [InlineData("me/inbox?asOf=yesterday", "asOf")]
    [InlineData("reads?asOf=yesterday", "asOf")]
    [InlineData("deliveries/msg_1?asOf=yesterday", "asOf")]
    [InlineData("partners/PRT-001/cap?asOf=yesterday", "asOf")]
    [InlineData("partners/PRT-001/cap/crisisops-CR-2027-0007.1?asOf=yesterday", "asOf")]
    [InlineData("escalations/ESC-2027-000101/duplicates?asOf=yesterday", "asOf")]
    [InlineData("changes?asOf=2027-05-15T14:00:00Z", "asOf")]
    public async Task A_parameter_that_is_wrong_is_named(string path, string member) =>
        (await (await server.As("spec-04")).Get($"/v1/{path}")).ShouldBeProblem(422, "validation", member: member);

    [Theory]
    [InlineData("escalations")]
    [InlineData("queue")]
    [InlineData("crises")]
    [InlineData("deadlines")]
    public async Task A_cursor_goes_on_at_its_own_instant_and_clock_only(string list)
    {
        var lead = await server.Staff("lead-01", "duty-lead");
        for (var i = 0; i < 3; i++)
        {
            await lead.Raised();
            await lead.Propose(StreamCalls.NewRegion());
        }

        var then = await lead.Now();
        var cursor = (await lead.Get($"/v1/{list}?limit=1&asOf={At(then)}")).ShouldBe(200)["next"];

        cursor.ShouldNotBeNullOrEmpty();
        (await lead.Get($"/v1/{list}?limit=1&asOf={At(then)}&cursor={cursor}")).ShouldBe(200).Json.GetProperty("items").GetArrayLength().ShouldBe(1);
        foreach (var other in (string[])["", $"&asOf={At(then.AddSeconds(-1))}", $"&asOf={At(then)}&clock=occurred"])
        {
            (await lead.Get($"/v1/{list}?limit=1{other}&cursor={cursor}")).ShouldBeProblem(422, "validation", member: "cursor");
        }
    }

    /// <summary>Now, as an address can say it: in microseconds.</summary>
    [Fact]
    public async Task A_partner_reads_its_receipt_as_it_was_and_can_not_count_what_happens_on_its_case()
    {
        var partner = await server.As("desk-91", roles: ["partner"], partner: "PRT-091", clearance: "AMBER");
        var key = await partner.Raised(new { region = new[] { "XN" }, source = "TrustedPartner" });

        (await partner.Get($"/v1/escalations/{key}{AsOf(await partner.Now())}")).ShouldBe(200).ETag.ShouldBeNull();
        foreach (var version in (string[])["1", "2", "999"])
        {
            (await partner.Get($"/v1/escalations/{key}?version={version}")).ShouldBeProblem(404, "not-found");
        }
    }

    private static async Task<DateTimeOffset> Instant(Api api) => DateTimeOffset.Parse(At(await api.Now()), System.Globalization.CultureInfo.InvariantCulture);

    private static string Result(JsonElement @case) =>
        @case.GetProperty("clocks").EnumerateArray().Single(c => c.GetProperty("kind").GetString() == "FirstResponse").GetProperty("result").GetString()!;

    private static string Updates(JsonElement crisis) => string.Join(',', crisis.GetProperty("updates").EnumerateArray().Select(u => u.GetProperty("updateId").GetString()));

    private static string AsOf(DateTimeOffset at) => $"?asOf={At(at)}";

    private static string At(DateTimeOffset at) => TimelineCalls.Instant(at);
}
