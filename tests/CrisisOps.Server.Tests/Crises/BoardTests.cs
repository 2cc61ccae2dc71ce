using System.Text.Json;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Elections;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Crises;

/// <summary>The wall of the war room, and the draft of the next situation report.</summary>
public sealed class BoardTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_board_says_what_the_room_asks_every_few_minutes()
    {
        var crisis = await Busy();
        var board = await Board(crisis.Commander, crisis.Key);

        board.GetProperty("level").GetString().ShouldBe("Level1");
        board.GetProperty("commander").GetString().ShouldBe("ic-01");
        System.Xml.XmlConvert.ToTimeSpan(board.GetProperty("elapsed").GetString()!).ShouldBeInRange(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(12));
        System.Xml.XmlConvert.ToTimeSpan(board.GetProperty("lastUpdateAge").GetString()!).ShouldBeInRange(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(12));
        board.GetProperty("roles").EnumerateArray().Select(r => r.GetProperty("person").GetString()).ShouldBe(["ic-01", "lo-02", "pio-01"]);
        var lever = board.GetProperty("levers")[0];
        System.Xml.XmlConvert.ToTimeSpan(lever.GetProperty("timeLeft").GetString()!).ShouldBeInRange(TimeSpan.FromMinutes(1428), TimeSpan.FromMinutes(1431));
        (board.GetProperty("partnerAcks").GetProperty("received").GetInt32(), board.GetProperty("partnerAcks").GetProperty("asked").GetInt32()).ShouldBe((1, 2));
        board.GetProperty("asks").GetString().ShouldBe("Legal: advice on the order.");
        board.GetProperty("openTasks")[0].GetProperty("taskId").GetString().ShouldBe("TSK-1");
        board.GetProperty("sitRepsMissed").GetInt32().ShouldBe(0);

        await crisis.Lead.Pass(TimeSpan.FromMinutes(40));
        (await Board(crisis.Commander, crisis.Key)).GetProperty("sitRepsMissed").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Escalations_and_elections_are_counted_only_for_those_who_may_see_them()
    {
        var crisis = await server.StandUp();
        var specialist = await server.As("spec-04", regions: ["*"], clearance: "RED");
        var open = await specialist.Raised(new { proposedSeverity = "SEV1", region = new[] { crisis.Region } });
        var secret = await specialist.Raised(new { proposedSeverity = "SEV2", region = new[] { crisis.Region }, tlp = "RED" });
        await specialist.Gives(crisis.Key, "attach-escalation", new { escalationKey = open });
        await crisis.Lead.Give(crisis.Key, "attach-escalation", new { escalationKey = secret });
        var election = await (await server.Staff("el-01", "election-lead")).Scheduled(crisis.Region);
        await crisis.Lead.Pass(TimeSpan.FromDays(1.1));

        var seen = await Board(await server.As("spec-05", regions: [crisis.Region]), crisis.Key);
        seen.GetProperty("openEscalations").GetProperty("sev1").GetInt32().ShouldBe(1);
        seen.GetProperty("openEscalations").GetProperty("sev2").GetInt32().ShouldBe(0);
        seen.GetProperty("elections")[0].GetProperty("key").GetString().ShouldBe(election);
        seen.GetProperty("elections")[0].GetProperty("phase").GetString().ShouldBe("PreElection");
        var liaison = await Board(crisis.Liaison, crisis.Key);
        liaison.GetProperty("openEscalations").GetProperty("sev1").GetInt32().ShouldBe(0); // in the core team of the crisis, and not of the case
    }

    [Fact]
    public async Task An_executive_reads_the_condition_and_the_masked_stays_masked()
    {
        var crisis = await Busy("Jorn Falk is live");
        await crisis.Commander.Gives(crisis.Key, "mask-term", new { term = "Jorn Falk" });
        await crisis.Commander.Gives(crisis.Key, "add-task", new { title = "Ask who knows Jorn Falk" });
        await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "Sealed.", needs = "A judge.", tlp = "RED" });
        var near = await server.As("spec-05", regions: [crisis.Region]);

        (await near.Get($"/v1/crises/{crisis.Key}/board")).ShouldBeDone().Text.ShouldNotContain("Falk");
        (await near.Get($"/v1/crises/{crisis.Key}/board"))["asks"].ShouldBe("Legal: advice on the order.");
        (await Board(crisis.Commander, crisis.Key)).GetProperty("asks").GetString().ShouldBe("A judge.");
        var executive = await Board(await server.As("exec-01", roles: ["executive"], regions: [crisis.Region]), crisis.Key);
        foreach (var hidden in (string[])["roles", "levers", "partnerAcks", "openTasks", "openEscalations", "asks"])
        {
            executive.TryGetProperty(hidden, out _).ShouldBeFalse(hidden);
        }

        executive.GetProperty("level").GetString().ShouldBe("Level1");
    }

    [Fact]
    public async Task What_a_redacted_update_asked_for_is_asked_of_core_alone_then_and_now()
    {
        var crisis = await Busy();
        var posted = await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "Names a victim.", needs = "Call her family." });
        var then = await crisis.Lead.Now();
        await crisis.Lead.Pass(TimeSpan.FromMinutes(1));
        await crisis.Commander.Gives(crisis.Key, "redact-entry", new { entry = posted.Version, reason = "names a victim" });
        var near = await server.As("spec-05", regions: [crisis.Region]);

        foreach (var asOf in (string[])["", $"?asOf={Uri.EscapeDataString(then.ToString("O"))}"])
        {
            (await near.Get($"/v1/crises/{crisis.Key}/board{asOf}")).ShouldBeDone()["asks"].ShouldBe("Legal: advice on the order.");
            (await crisis.Commander.Get($"/v1/crises/{crisis.Key}/board{asOf}")).ShouldBeDone()["asks"].ShouldBe("Call her family.");
        }
    }

    [Fact]
    public async Task The_wall_shows_live_crises_only_and_only_to_those_who_may_see_them()
    {
        var live = await server.StandUp();
        var proposed = (await live.Lead.Propose(StreamCalls.NewRegion())).ShouldBe(201).Key;
        var ended = await server.StandUp();
        await ended.StandDown();

        var wall = await live.Lead.Listed("/v1/board");

        wall.ShouldContain(live.Key);
        wall.ShouldNotContain(proposed);
        wall.ShouldNotContain(ended.Key);
        (await (await server.As("spec-05", regions: [live.Region])).Listed("/v1/board")).ShouldBe([live.Key]);
        (await (await server.As("spec-07", regions: ["XS"])).Listed("/v1/board")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_draft_is_published_as_it_comes()
    {
        var crisis = await Busy();
        var first = await Draft(crisis.Commander, crisis.Key);
        first.GetProperty("number").GetInt32().ShouldBe(1);
        first.GetProperty("incidentName").GetString().ShouldBe("HARBOUR");
        var events = first.GetProperty("body").GetProperty("significantEvents").GetString()!;
        events.ShouldContain("HARBOUR declared, Level1");
        events.ShouldContain("LEV-1 on: LiveStreamRestriction");
        first.GetProperty("body").GetProperty("plannedActions").GetString()!.ShouldContain("TSK-1 Ask for numbers (lo-02)");
        await crisis.Commander.Gives(crisis.Key, "publish-sit-rep", first.GetProperty("body").GetRawText());

        await crisis.Commander.Gives(crisis.Key, "deactivate-lever", new { leverId = "LEV-1", reason = "over" });
        var second = (await Draft(crisis.Commander, crisis.Key)).GetProperty("body");
        second.GetProperty("version").GetString().ShouldBe("Update");
        second.GetProperty("periodFrom").GetDateTimeOffset().ShouldBe(first.GetProperty("body").GetProperty("periodTo").GetDateTimeOffset());
        second.GetProperty("significantEvents").GetString()!.ShouldNotContain("HARBOUR declared");
        (await crisis.Commander.Gives(crisis.Key, "publish-sit-rep", second.GetRawText())).ShouldBeDone();
    }

    [Fact]
    public async Task A_draft_says_nothing_that_the_readers_of_the_report_may_not_read()
    {
        var crisis = await Busy();
        await crisis.Commander.Gives(crisis.Key, "refer-to-law-enforcement", new { basis = "ThreatToLife", authority = "Norland National Police", reference = "LEA-77", escalations = Array.Empty<string>() });
        await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "A sealed condition.", tlp = "RED" });
        await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "For the core alone.", audiences = new[] { new { audience = "Core" } } });

        var draft = (await crisis.Commander.Get($"/v1/crises/{crisis.Key}/sitrep-draft")).ShouldBeDone();

        draft.Text.ShouldNotContain("LEA-77");
        draft.Text.ShouldNotContain("National Police");
        draft.Text.ShouldNotContain("sealed");
        draft.Text.ShouldNotContain("core alone");
        draft.Text.ShouldContain("Video down.");
    }

    /// <summary>A crisis ten minutes on, with everything that a board shows.</summary>
    private async Task<CrisisStories.Crisis> Busy(string summary = "Live video of an attack")
    {
        var crisis = await server.StandUp(summary: summary);
        await crisis.Commander.Gives(crisis.Key, "activate-lever", new { kind = "LiveStreamRestriction", scope = crisis.Region, ttl = "PT24H", owner = "lo-02", rightsNote = "ends by itself" });
        await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "Video down.", needs = "Legal: advice on the order." });
        await crisis.Liaison.Gives(crisis.Key, "issue-alert", new { recipients = new[] { "VideoHub Alliance", "OpenHash Exchange" }, headline = "Attack", text = "Match these." });
        await crisis.Liaison.Gives(crisis.Key, "record-partner-ack", new { alertId = $"crisisops-{crisis.Key}.1", partner = "OpenHash Exchange", channel = "Api", by = "duty officer" });
        await crisis.Commander.Gives(crisis.Key, "add-task", new { title = "Ask for numbers", owner = "lo-02" });
        await crisis.Lead.Pass(TimeSpan.FromMinutes(10));
        return crisis;
    }

    private static async Task<JsonElement> Board(Api api, string key) => (await api.Get($"/v1/crises/{key}/board")).ShouldBeDone().Json;

    private static async Task<JsonElement> Draft(Api api, string key) => (await api.Get($"/v1/crises/{key}/sitrep-draft")).ShouldBeDone().Json;
}
