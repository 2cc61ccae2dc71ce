using System.Text.Json;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Crises;

/// <summary>The clocks of a crisis, on a clock that is moved.</summary>
public sealed class CrisisDeadlineTests(TestServer server, TestPostgres postgres) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_situation_report_that_is_missed_is_recorded_once_for_each_slot_and_settled_by_the_next()
    {
        var crisis = await server.StandUp();
        var due = (await crisis.Lead.Read(crisis.Key)).GetProperty("nextSitRepDue").GetDateTimeOffset();
        await crisis.Lead.MoveTo(due.AddMinutes(-1));
        (await server.Database.Recorded(crisis.Key, "sit_rep_overdue")).ShouldBeEmpty();

        await crisis.Lead.MoveTo(due.AddMinutes(31));

        var missed = await Overdue(server.Database, crisis.Key);
        missed.Select(m => m.GetProperty("slot").GetInt32()).ShouldBe([1, 2]);
        missed.Select(m => m.GetProperty("dueAt").GetDateTimeOffset()).ShouldBe([due, due.AddMinutes(30)]);
        (await server.Database.DeadlineState(crisis.Key, "SitRepDue")).ShouldBe("Missed,Missed,Open");

        await crisis.Commander.Gives(crisis.Key, "publish-sit-rep", new { significantEvents = "Late.", plannedActions = "Go on." });
        (await server.Database.DeadlineState(crisis.Key, "SitRepDue")).ShouldBe("Late,Late,Open");
        (await Overdue(server.Database, crisis.Key)).Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_report_in_time_is_no_overdue_one()
    {
        var crisis = await server.StandUp();
        var due = (await crisis.Lead.Read(crisis.Key)).GetProperty("nextSitRepDue").GetDateTimeOffset();
        await crisis.Lead.MoveTo(due.AddMinutes(-2));
        await crisis.Commander.Gives(crisis.Key, "publish-sit-rep", new { significantEvents = "In time.", plannedActions = "Go on." });

        await crisis.Lead.MoveTo(due.AddMinutes(29));

        (await server.Database.Recorded(crisis.Key, "sit_rep_overdue")).ShouldBeEmpty();
        (await crisis.Lead.Read(crisis.Key)).GetProperty("nextSitRepDue").GetDateTimeOffset().ShouldBe(due.AddMinutes(30));
    }

    [Fact]
    public async Task A_lever_ends_at_its_time_and_an_extended_one_later()
    {
        var crisis = await server.StandUp(consequence: 0); // Level3: a report every eight hours
        object Lever(string kind) => new { kind, scope = crisis.Region, ttl = "PT1H", owner = "lo-02", rightsNote = "ends by itself" };
        await crisis.Commander.Gives(crisis.Key, "activate-lever", Lever("LiveStreamRestriction"));
        await crisis.Commander.Gives(crisis.Key, "activate-lever", Lever("CommentRestriction"));
        await crisis.Commander.Gives(crisis.Key, "extend-lever", new { leverId = "LEV-2", ttl = "PT3H", reason = "it spreads again" });

        await crisis.Lead.Pass(TimeSpan.FromMinutes(61));
        (await States(crisis)).ShouldBe(["Expired", "Active"]);
        await crisis.Lead.Pass(TimeSpan.FromHours(3));

        (await States(crisis)).ShouldBe(["Expired", "Expired"]);
        (await server.Database.Recorded(crisis.Key, "lever_expired")).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_partner_who_does_not_acknowledge_is_overdue_once_and_one_who_did_is_not()
    {
        var crisis = await server.StandUp();
        await crisis.Liaison.Gives(crisis.Key, "issue-alert", new { recipients = new[] { "VideoHub Alliance", "OpenHash Exchange" }, headline = "Attack", text = "Match these." });
        await crisis.Liaison.Gives(crisis.Key, "record-partner-ack", new { alertId = $"crisisops-{crisis.Key}.1", partner = "OpenHash Exchange", channel = "Api", by = "duty officer" });

        await crisis.Lead.Pass(TimeSpan.FromMinutes(25));

        (await server.Database.Column<string>("select data->>'partner' from crisis.mt_events where stream_id = $1 and type = 'partner_ack_overdue'", crisis.Key)).ShouldBe(["VideoHub Alliance"]);
        (await server.Database.Column<string>("select ref || ' ' || state from crisis.deadlines where stream = $1 and kind = 'PartnerAckWindow' order by ref", crisis.Key))
            .ShouldBe([$"crisisops-{crisis.Key}.1/OpenHash Exchange Met", $"crisisops-{crisis.Key}.1/VideoHub Alliance Missed"]);
    }

    [Fact]
    public async Task A_promised_update_an_acknowledgement_and_a_task_are_overdue_at_their_times()
    {
        var crisis = await server.StandUp(consequence: 0);
        var now = await crisis.Lead.Now();
        await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "Video down.", nextUpdateAt = now.AddMinutes(20), ackRequiredWithin = "PT10M" });
        await crisis.Commander.Gives(crisis.Key, "add-task", new { title = "Ask for numbers", owner = "lo-02", dueAt = now.AddMinutes(30) });

        await crisis.Lead.MoveTo(now.AddMinutes(40));

        (await server.Database.Column<string>("select type from crisis.mt_events where stream_id = $1 and type like '%overdue' order by version", crisis.Key))
            .ShouldBe(["crisis_update_ack_overdue", "crisis_update_overdue", "crisis_task_overdue"]);
    }

    [Fact]
    public async Task A_server_that_was_down_for_three_hours_records_each_missed_slot_once_with_due_and_detected_times()
    {
        await using var database = await postgres.CreateDatabase();
        string key;
        DateTimeOffset due;
        await using (var node = await TestNode.Start(database.ConnectionString))
        {
            var lead = await node.As("lead-01", roles: ["duty-lead"]);
            key = (await lead.Propose("XN-1")).ShouldBe(201).Key;
            await lead.Gives(key, "stand-up", new { consequence = 4, virality = 3, certainty = "Observed", codename = "HARBOUR" });
            due = (await lead.Read(key)).GetProperty("nextSitRepDue").GetDateTimeOffset();
        }

        await database.Execute("insert into crisis.settings (name, value) values ('clock-offset', $1) on conflict (name) do update set value = excluded.value", $"{TimeSpan.FromHours(3).Ticks}");
        await using var later = await TestNode.Start(database.ConnectionString);
        var reader = await later.As("lead-01", roles: ["duty-lead"]);

        await Eventually.Is(async () => (await database.Recorded(key, "sit_rep_overdue")).Count >= 6, "the missed slots are recorded");
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken); // a second firing would show by then
        var missed = await Overdue(database, key);
        missed.Select(m => m.GetProperty("dueAt").GetDateTimeOffset()).ShouldBe(Enumerable.Range(0, 6).Select(slot => due.AddMinutes(30 * slot)));
        missed.Select(m => m.GetProperty("detectedAt").GetDateTimeOffset()).Distinct().ShouldHaveSingleItem().ShouldBe(due.AddHours(2.5), TimeSpan.FromMinutes(2));
        (await reader.Read(key)).GetProperty("nextSitRepDue").GetDateTimeOffset().ShouldBe(due.AddHours(3));
    }

    private static async Task<JsonElement[]> Overdue(TestDatabase database, string key) =>
        [.. (await database.Column<string>("select data::text from crisis.mt_events where stream_id = $1 and type = 'sit_rep_overdue' order by version", key)).Select(text => JsonDocument.Parse(text).RootElement)];

    private static async Task<string?[]> States(CrisisStories.Crisis crisis) =>
        [.. (await crisis.Lead.Read(crisis.Key)).GetProperty("levers").EnumerateArray().Select(l => l.GetProperty("state").GetString())];
}
