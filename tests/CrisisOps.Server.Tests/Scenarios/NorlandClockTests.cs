using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CrisisOps.Server.Tests.Harness;
using Shouldly;
using static CrisisOps.Server.Tests.Scenarios.NorlandRows;

namespace CrisisOps.Server.Tests.Scenarios;

/// <summary>What was due when, and what became of it (domain §7, assertions 4, 5, 7, 8, 10, 13 and 14).</summary>
[Collection(NorlandCollection.Name)]
public sealed partial class NorlandClockTests(NorlandStory story)
{
    [Fact]
    public async Task ClusterRule()
    {
        var core = await story.Person("ic-01");
        var crisis = await core.Read(CR7, "?version=1");

        crisis.Text("trigger").ShouldBe("ClusterRule");
        crisis.Text("type").ShouldBe("TerrorOrViolentExtremistAttack");
        crisis.Instant("proposedAt").ShouldBeGreaterThan(story.Events.Single(e => e.Stream == E103 && e.Version == 1).At);
        crisis.GetProperty("escalations").EnumerateArray().Select(e => e.Text("key")).ShouldBe([E101, E102, E103]);
        (await core.Listed("/v1/crises?limit=500")).ShouldBe([CR7]);
        story.Events.Count(e => e.Type == "crisis_proposed").ShouldBe(1);
    }

    [Fact]
    public async Task TimeToX()
    {
        var core = await story.Person("ic-01");
        var crisis = await core.Read(CR7);
        var alert = (await NorlandStory.Timeline(core, CR7, "&kind=Alert"))[0].Instant("recordedAt");
        var signal = (await NorlandStory.Timeline(core, E101, "&kind=Raised"))[0].Instant("recordedAt");
        var removal = (await NorlandStory.Timeline(core, E101)).Single(e => e.Text("entryId") == Entry(28)).Instant("recordedAt");
        var declared = crisis.Instant("declaredAt");

        (declared - crisis.Instant("proposedAt")).ShouldBe(new TimeSpan(0, 3, 59), Instants.Soon);
        (alert - declared).ShouldBe(TimeSpan.FromMinutes(7), Instants.Soon);
        (removal - signal).ShouldBe(new TimeSpan(0, 16, 50), Instants.Soon);
    }

    [Fact]
    public async Task LegalClock()
    {
        var clock = await NorlandStory.Clock(await story.Person("legal-counsel-01"), E104, "TCO_REMOVAL_1H");

        clock.Instant("dueAt").ShouldBe(At("05-15 15:20:00"));
        clock.Text("result").ShouldBe("Met");
        clock.Instant("metAt").ShouldBeSoonAfter(At("05-15 14:52:00"));
    }

    [Fact]
    public void LegalClock_is_neither_merged_nor_slept_nor_paused_away()
    {
        story.Tried("merge").ShouldBeProblem(422, "guard-failed", guard: "no-running-legal-clock");
        story.Tried("snooze").ShouldBeProblem(422, "guard-failed");
        // A question to the authority is allowed; it stops no legal clock.
        story.Tried("ask").ShouldBeDone().Text.ShouldNotContain("TCO_REMOVAL_1H");
    }

    [Fact]
    public async Task PartnerAck()
    {
        var core = await story.Person("lo-02");
        var overdue = story.Events.Where(e => e.Type == "partner_ack_overdue").ShouldHaveSingleItem();

        overdue.Data.Text("partner").ShouldBe("VideoHub Alliance");
        overdue.Data.GetRawText().ShouldContain("Phone");
        var entry = (await NorlandStory.Timeline(core, CR7)).Single(e => e.Text("entryId") == Entry(39)).GetRawText();
        entry.ShouldContain("VideoHub Alliance");
        entry.ShouldNotContain("OpenHash Exchange");
    }

    [Fact]
    public async Task ElectionTimers_begin_the_silence_at_local_midnight()
    {
        var entered = (await NorlandStory.Timeline(await story.Person("el-lead-01"), EL1)).Single(e => e.Text("entryId") == Entry(6)).Instant("recordedAt");

        entered.ShouldBeSoonAfter(At("05-14 22:00:00"));
        TimeZoneInfo.ConvertTime(entered, TimeZoneInfo.FindSystemTimeZoneById("Europe/Vienna")).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture).ShouldBe("2027-05-15 00:00");
    }

    [Fact]
    public async Task SlaBoard()
    {
        var lead = await story.Person("duty-lead-01");
        var counts = (await lead.Get("/v1/sla-board")).ShouldBeDone().Json.GetProperty("items").EnumerateArray()
            .SelectMany(group => group.GetProperty("clocks").EnumerateArray().Select(c => (Group: group.Text("group"), Kind: c.Text("kind"), Clock: c))).ToArray();

        var breached = counts.Where(c => c.Clock.GetProperty("breaches").GetInt64() > 0).ShouldHaveSingleItem();
        (breached.Group, breached.Kind).ShouldBe(("MediaInquiry", "FirstResponse"));
        breached.Clock.GetProperty("metLate").GetInt64().ShouldBe(1);
        counts.Sum(c => c.Clock.GetProperty("breaches").GetInt64()).ShouldBe(1);
        counts.Sum(c => c.Clock.GetProperty("running").GetInt64() + c.Clock.GetProperty("atRisk").GetInt64() + c.Clock.GetProperty("breached").GetInt64()).ShouldBe(0);

        counts.Where(c => c.Kind == "ThreatToLifeReferral").Sum(c => c.Clock.GetProperty("met").GetInt64()).ShouldBe(1);

        var breach = story.Events.Where(e => e.Type == "sla_breached").ShouldHaveSingleItem();
        breach.Stream.ShouldBe(E102);
        breach.At.ShouldBeSoonAfter(At("05-15 18:02:00"));
        (story.Events.Single(e => e.Type == "inquiry_answered").At - breach.Data.Instant("dueAt")).ShouldBe(TimeSpan.FromMinutes(38), Instants.Soon);
        story.Events.ShouldNotContain(e => e.Type == "update_overdue" || e.Type == "legal_deadline_missed");
    }

    /// <summary>The clocks as they stood: the referral before and after the command told law enforcement, the inquiry before its time, overdue, and answered.</summary>
    [Theory]
    [InlineData("2027-05-15T14:05:00Z", "ThreatToLifeReferral", "running")]
    [InlineData("2027-05-15T14:10:00Z", "ThreatToLifeReferral", "atRisk")]
    [InlineData("2027-05-15T14:11:00Z", "ThreatToLifeReferral", "met")]
    [InlineData("2027-05-15T16:00:00Z", "FirstResponse", "running")]
    [InlineData("2027-05-15T18:00:00Z", "FirstResponse", "atRisk")]
    [InlineData("2027-05-15T18:10:00Z", "FirstResponse", "breached")]
    [InlineData("2027-05-15T18:45:00Z", "FirstResponse", "metLate")]
    public async Task SlaBoard_as_of(string instant, string kind, string standing)
    {
        var lead = await story.Person("duty-lead-01");
        var group = kind == "FirstResponse" ? "MediaInquiry" : "DangerousOrgsAndIndividuals";

        var board = (await lead.Get($"/v1/sla-board?asOf={instant}")).ShouldBeDone().Json;

        board.Instant("at").ShouldBe(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture));
        var clocks = board.GetProperty("items").EnumerateArray().Single(g => g.Text("group") == group).GetProperty("clocks").EnumerateArray().Single(c => c.Text("kind") == kind);
        string[] all = ["running", "atRisk", "paused", "met", "metLearnedLate", "metLate", "breached"];
        all.Where(s => clocks.GetProperty(s).GetInt64() > 0).ShouldBe([standing]);
    }

    [Fact]
    public async Task SlaBoard_as_of_an_instant_ahead_is_that_of_now()
    {
        var lead = await story.Person("duty-lead-01");

        var then = (await lead.Get("/v1/sla-board?groupBy=source&asOf=2190-01-01T00:00:00Z")).ShouldBeDone().Json.GetProperty("items").GetRawText();

        then.ShouldBe((await lead.Get("/v1/sla-board?groupBy=source")).ShouldBeDone().Json.GetProperty("items").GetRawText());
    }

    /// <summary>The command told law enforcement, once for all cases; the case itself is not written, and its clock is met.</summary>
    [Fact]
    public async Task SlaBoard_of_the_referral_and_of_the_order()
    {
        var core = await story.Person("ic-01");
        var referral = await NorlandStory.Clock(core, E101, "LE_REFERRAL");
        var told = (await NorlandStory.Timeline(core, CR7, "&kind=Referral")).ShouldHaveSingleItem();

        told.Text("entryId").ShouldBe(Entry(26));
        referral.Instant("dueAt").ShouldBeSoonAfter(At("05-15 14:12:20"));
        referral.Text("result").ShouldBe("Met");
        referral.Instant("metAt").ShouldBe(told.Instant("occurredAt"));
        (referral.Instant("dueAt") - referral.Instant("metAt")).ShouldBe(new TimeSpan(0, 1, 50), Instants.Soon);
        referral.GetProperty("breaches").GetInt32().ShouldBe(0);
        (await (await story.Person("legal-counsel-01")).Read(E104)).GetProperty("clocks").EnumerateArray().ShouldAllBe(c => c.Text("clockId") != "FIRST_RESPONSE");
    }

    [Fact]
    public async Task Cadence()
    {
        var core = await story.Person("ic-01");
        (await core.Read(CR7, "?asOf=2027-05-15T14:30:00Z")).Instant("nextSitRepDue").ShouldBe(ReportsDue[0], Instants.Soon);
        (await core.Read(CR7, "?asOf=2027-05-15T22:31:00Z")).Instant("nextSitRepDue").ShouldBe(ReportsDue[16], Instants.Soon);

        var reports = await NorlandStory.Timeline(core, CR7, "&kind=SitRep");

        reports.Select(r => Number().Match(r.Text("headline")).Groups[1].Value).ShouldBe(Enumerable.Range(1, 26).Select(n => $"{n}"));
        reports[^1].Text("headline").ShouldContain("Final");
        // Each says when the next one is due; after #16 the stabilization changes the cadence, and after #25 comes the Final one.
        string[] next = [.. ReportsDue.Skip(1).Select(Minute)];
        next[15] = Minute(At("05-15 22:37:00"));
        reports.Take(24).Select(Next).ShouldBe(next);
        Next(reports[24]).ShouldBe(Minute(At("05-17 14:30:00")));
        Next(reports[25]).ShouldBe("");
        reports.Take(25).Zip(ReportsDue).ShouldAllBe(r => r.First.Instant("recordedAt") <= r.Second && r.Second - r.First.Instant("recordedAt") < TimeSpan.FromMinutes(1));
        story.Events.ShouldNotContain(e => e.Type == "sit_rep_overdue");
        (await story.Database.Scalar<long>("select count(*) from crisis.deadlines where stream = $1 and kind = 'SitRepDue' and state = 'Met'", CR7)).ShouldBeGreaterThanOrEqualTo(25);
    }

    private static string Next(JsonElement report) => Due().Match(report.Text("body")).Groups[1].Value;

    private static string Minute(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    [GeneratedRegex("#([0-9]+) ")]
    private static partial Regex Number();

    [GeneratedRegex("next situation report due ([0-9-]+ [0-9:]+)Z")]
    private static partial Regex Due();
}
