using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Deliveries;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Telling;

/// <summary>Nobody drowns and nobody is woken without need: what is too much, or too early, comes in one message, as it stands by then.</summary>
public sealed class DigestTests(MailServer server) : IClassFixture<MailServer>
{
    [Fact]
    public async Task More_than_six_messages_within_a_quarter_of_an_hour_come_in_one_and_corrected()
    {
        var region = StreamCalls.NewRegion();
        var reader = await Reader.Of(server);
        await reader.Subscribes(region);
        var crisis = await server.StandUp(region);
        for (var number = 1; number <= 8; number++)
        {
            await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = $"News number {number}." });
        }

        (await reader.Next()).Subject.ShouldContain("declared");
        for (var number = 1; number <= 5; number++)
        {
            (await reader.Next()).Text.ShouldContain($"News number {number}.");
        }

        await crisis.Commander.Gives(crisis.Key, "correct-update", new { updateId = "U-7", reason = "a slip", condition = "News number seven." });
        (await reader.Rest()).ShouldBeEmpty(); // they do not have the wrong text

        await crisis.Commander.Pass(TimeSpan.FromMinutes(16));
        var digest = await reader.Next();
        digest.Subject.ShouldBe($"[TLP:AMBER] {crisis.Key}: what has come since");
        digest.Text.ShouldContain("News number 6.");
        digest.Text.ShouldContain("News number seven.");
        digest.Text.ShouldContain("News number 8.");
        digest.Text.ShouldNotContain("News number 7.");
        digest.Text.ShouldNotContain("News number 5.");
    }

    [Fact]
    public async Task An_hourly_subscriber_gets_one_message_an_hour_and_none_when_nothing_has_come()
    {
        var region = StreamCalls.NewRegion();
        var reader = await Reader.Of(server);
        await reader.Subscribes(region, cadence: "Hourly");
        var crisis = await server.StandUp(region);
        (await reader.Next()).Subject.ShouldContain("declared"); // that it began can not wait
        await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "First." });
        await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "Second." });
        (await reader.Rest()).ShouldBeEmpty();

        await crisis.Commander.Pass(TimeSpan.FromHours(1));
        (await reader.Next()).Text.ShouldSatisfyAllConditions(t => t.ShouldContain("First."), t => t.ShouldContain("Second."));
        await crisis.Commander.Pass(TimeSpan.FromHours(1));
        (await reader.Rest()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Quiet_hours_hold_back_until_they_end_but_not_what_is_bad_enough()
    {
        var region = StreamCalls.NewRegion();
        var reader = await Reader.Of(server, tz: "Europe/Vienna");
        var now = TimeZoneInfo.ConvertTime(await reader.Self.Now(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Vienna"));
        await reader.Subscribes(region, quietHours: new { tz = "Europe/Vienna", from = $"{now.AddHours(-1):HH:mm}:00", to = $"{now.AddHours(2):HH:mm}:00" });
        var asleep = await server.StandUp(region, consequence: 2);
        await asleep.Commander.Gives(asleep.Key, "post-update", new { condition = "Nothing to get up for." });
        (await reader.Rest()).ShouldBeEmpty();

        await asleep.Commander.Gives(asleep.Key, "change-level", new { level = "Level1", reason = "it spreads" });
        (await reader.Next()).Text.ShouldContain("Level1");
        await asleep.Commander.Pass(TimeSpan.FromHours(2.1));
        (await reader.Next()).Subject.ShouldContain("declared"); // by itself, at the end of the quiet hours
        (await reader.Next()).Text.ShouldContain("Nothing to get up for.");
    }

    [Fact]
    public async Task Executives_on_duty_hear_of_it_every_hour_also_that_there_is_nothing_new_until_it_is_over()
    {
        var region = StreamCalls.NewRegion();
        var executive = await Reader.Of(server, role: "executive");
        (await (await server.As("admin-01", roles: ["admin"])).Put($"/v1/duty/Executive/{region}", new { person = executive.Id, channels = new[] { "Email" } })).ShouldBe(200);
        var crisis = await server.StandUp(region);
        (await executive.Next()).Subject.ShouldContain("HARBOUR: crisis declared");

        await crisis.Commander.Pass(TimeSpan.FromMinutes(61));
        (await executive.Next()).Text.ShouldContain("Nothing new has come since your last message.");

        await crisis.Commander.Gives(crisis.Key, "publish-sit-rep", new { significantEvents = "Quiet.", plannedActions = "Watch." });
        (await executive.Next()).Subject.ShouldContain("Situation report");
        await crisis.Commander.Gives(crisis.Key, "annul-declaration", new { reason = "not what we thought" });
        (await executive.Next()).Subject.ShouldContain("declared in error");
        await crisis.Lead.Pass(TimeSpan.FromHours(2));
        (await executive.Rest()).ShouldBeEmpty();
    }

    [Fact]
    public async Task That_it_is_over_does_not_wait_for_a_digest_and_what_waited_still_comes()
    {
        var region = StreamCalls.NewRegion();
        var reader = await Reader.Of(server);
        await reader.Subscribes(region, cadence: "Hourly");
        var crisis = await server.StandUp(region);
        await reader.Next();
        await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "Something that waits." });
        await server.Database.RulesHeard();

        await crisis.Commander.Gives(crisis.Key, "annul-declaration", new { reason = "not what we thought" });

        (await reader.Next()).Subject.ShouldContain("declared in error");
        await crisis.Lead.Pass(TimeSpan.FromHours(1));
        (await reader.Next()).Text.ShouldSatisfyAllConditions(t => t.ShouldContain("Something that waits."), t => t.ShouldNotContain("in error"));
        (await reader.Rest()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_digest_that_waits_with_a_wrong_text_in_it_is_written_anew_with_all_the_rest()
    {
        var region = StreamCalls.NewRegion();
        var reader = await Reader.Of(server);
        await reader.Subscribes(region, cadence: "Hourly");
        var crisis = await server.StandUp(region);
        await reader.Next();
        await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "Right." });
        await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "Wrong." });
        await server.Database.RulesHeard();
        await server.Smtp.Stop();
        await crisis.Commander.Pass(TimeSpan.FromHours(1));
        // As if no attempt had been made yet: an attempt that failed may have been read.
        await server.Database.Execute("update crisis.deliveries set attempts = 0, leased_until = null, next_at = next_at + interval '1 day' where kind = 'Digest' and recipient = $1", reader.Contact);

        await crisis.Commander.Gives(crisis.Key, "correct-update", new { updateId = "U-2", reason = "a slip", condition = "Corrected." });
        await server.Smtp.Restart();
        await server.Database.RulesHeard();
        await crisis.Commander.Pass(TimeSpan.FromMinutes(61));

        List<string> texts = [(await reader.Next()).Text];
        texts.AddRange((await reader.Rest()).Select(l => l.Text));
        string.Join('\n', texts).ShouldSatisfyAllConditions(t => t.ShouldContain("Right."), t => t.ShouldContain("Corrected."), t => t.ShouldNotContain("Wrong."));
    }

    [Fact]
    public async Task A_legal_deadline_under_four_hours_wakes_whoever_sleeps_and_a_case_without_one_does_not()
    {
        var region = StreamCalls.NewRegion();
        var reader = await Reader.Of(server);
        var now = await reader.Self.Now();
        var subscription = await reader.Subscribes(region, quietHours: new { tz = "UTC", from = $"{now.UtcDateTime.AddHours(-1):HH:mm}:00", to = $"{now.UtcDateTime.AddHours(6):HH:mm}:00" }, streams: ["ESC"]);
        var spec = await server.Staff("spec-04", "specialist");
        async Task<string> Triaged(bool order)
        {
            object report = order
                ? new { title = "A removal order", source = "GovernmentOrder", surface = "Feed", region = new[] { region }, legalBasis = "EU-TCO-Art3", evidenceRefs = new[] { "EVD-1" }, hardDeadline = (await spec.Now()).AddHours(1) }
                : new { title = "A report", source = "UserReport", surface = "Feed", region = new[] { region } };
            var key = (await spec.Send(HttpMethod.Post, "/v1/escalations", report)).ShouldBe(201).Key;
            await spec.Gives(key, "triage", new { severity = "SEV2", policyArea = "LocalLaw", region = new[] { region }, duplicateSearchDone = true });
            return key;
        }

        await Triaged(order: false);
        var near = await Triaged(order: true);

        (await reader.Next()).Subject.ShouldContain(near);
        (await reader.Rest()).ShouldBeEmpty();
        await reader.Self.Gives(subscription, "remove"); // what waits for the morning is not for the other tests
    }
}
