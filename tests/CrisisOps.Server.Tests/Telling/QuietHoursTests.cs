using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Deliveries;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Telling;

/// <summary>Nobody is woken by a digest, and nobody sleeps through what they asked to be woken for, whatever waits for them already.</summary>
public sealed class QuietHoursTests(MailServer server) : IClassFixture<MailServer>
{
    [Fact]
    public async Task What_is_bad_enough_for_this_subscriber_comes_although_something_of_the_same_case_waits_for_the_morning()
    {
        var (reader, region) = await Asleep(breakThroughSeverity: "SEV2");
        var spec = await server.Staff("spec-04", "specialist");
        var key = await Triaged(spec, region, "SEV3");
        (await reader.Rest()).ShouldBeEmpty();

        await spec.Gives(key, "change-severity", new { severity = "SEV2", reason = "it spreads" });

        (await reader.Next()).Text.ShouldContain("SEV2");
        (await reader.Rest()).ShouldBeEmpty();
        await spec.Pass(TimeSpan.FromHours(2.1));
        (await reader.Next()).Text.ShouldSatisfyAllConditions(t => t.ShouldContain("SEV3"), t => t.ShouldNotContain("SEV2"));
        (await reader.Rest()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_digest_of_what_is_bad_enough_does_not_wait_for_the_morning()
    {
        var (reader, region) = await Asleep(breakThroughSeverity: "SEV2", cadence: "Hourly");
        var spec = await server.Staff("spec-04", "specialist");
        var key = await Triaged(spec, region, "SEV2");
        (await reader.Rest()).ShouldBeEmpty();

        await spec.Pass(TimeSpan.FromHours(1));

        (await reader.Next()).Subject.ShouldContain(key);
        (await reader.Rest()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_digest_that_waits_when_somebody_goes_to_sleep_comes_in_the_morning()
    {
        var region = StreamCalls.NewRegion();
        var reader = await Reader.Of(server);
        var subscription = await reader.Subscribes(region, cadence: "Hourly");
        var crisis = await server.StandUp(region, consequence: 2);
        await reader.Next();
        await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "Nothing to get up for." });
        await server.Database.RulesHeard();
        await reader.Self.Gives(subscription, "change", new { quietHours = Hours(await reader.Self.Now(), "SEV1") });

        await crisis.Commander.Pass(TimeSpan.FromHours(1));
        await Written(crisis.Key);
        (await reader.Rest()).ShouldBeEmpty();

        await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "Nor for this." });
        await crisis.Commander.Pass(TimeSpan.FromHours(2.1));
        (await reader.Next()).Text.ShouldSatisfyAllConditions(t => t.ShouldContain("Nothing to get up for."), t => t.ShouldContain("Nor for this."));
        (await reader.Rest()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_takes_the_quiet_hours_off_gets_what_waited_and_what_comes_then_at_once()
    {
        var region = StreamCalls.NewRegion();
        var reader = await Reader.Of(server);
        var subscription = await reader.Subscribes(region, quietHours: Hours(await reader.Self.Now(), "SEV1"), streams: ["ESC"]);
        var spec = await server.Staff("spec-04", "specialist");
        var key = await Triaged(spec, region, "SEV3");
        (await reader.Rest()).ShouldBeEmpty();

        await reader.Self.Gives(subscription, "change", new { noQuietHours = true });

        (await reader.Next()).Text.ShouldContain("SEV3");
        await spec.Gives(key, "change-severity", new { severity = "SEV2", reason = "it spreads" });
        (await reader.Next()).Text.ShouldContain("SEV2");
        (await reader.Rest()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_crowded_quarter_of_an_hour_that_ends_in_quiet_hours_ends_with_them()
    {
        var region = StreamCalls.NewRegion();
        var reader = await Reader.Of(server);
        var now = (await reader.Self.Now()).UtcDateTime;
        await reader.Subscribes(region, quietHours: new { tz = "UTC", from = $"{now.AddMinutes(5):HH:mm}:00", to = $"{now.AddHours(2):HH:mm}:00" });
        var crisis = await server.StandUp(region, consequence: 2);
        for (var number = 1; number <= 7; number++)
        {
            await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = $"News number {number}." });
        }

        for (var number = 0; number <= 5; number++)
        {
            await reader.Next();
        }

        await crisis.Commander.Pass(TimeSpan.FromMinutes(16));
        (await reader.Rest()).ShouldBeEmpty();
        await crisis.Commander.Pass(TimeSpan.FromHours(2));
        (await reader.Next()).Text.ShouldSatisfyAllConditions(t => t.ShouldContain("News number 6."), t => t.ShouldContain("News number 7."));
        (await reader.Rest()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_wakes_in_a_crowded_night_brings_with_it_what_waited_for_the_morning_once()
    {
        var (reader, region) = await Asleep("SEV1", streams: ["CR"]);
        var crisis = await server.StandUp(region, consequence: 2);
        await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "It can wait." });
        (await reader.Rest()).ShouldBeEmpty();
        await crisis.Commander.Gives(crisis.Key, "change-level", new { level = "Level1", reason = "it spreads" });
        (await reader.Next()).Text.ShouldContain("Level1");
        for (var number = 1; number <= 6; number++)
        {
            await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = $"Get up {number}." });
        }

        // The declaration waits too, and counts.
        for (var number = 1; number <= 4; number++)
        {
            (await reader.Next()).Text.ShouldContain($"Get up {number}.");
        }

        (await reader.Rest()).ShouldBeEmpty();
        await crisis.Commander.Pass(TimeSpan.FromMinutes(16));
        (await reader.Next()).Text.ShouldSatisfyAllConditions(t => t.ShouldContain("It can wait."), t => t.ShouldContain("Get up 5."), t => t.ShouldContain("Get up 6."));
        await crisis.Commander.Pass(TimeSpan.FromHours(3));
        (await reader.Rest()).ShouldHaveSingleItem().Subject.ShouldContain("declared");
    }

    /// <summary>A subscriber in the middle of quiet hours that end in two hours.</summary>
    private async Task<(Reader Reader, string Region)> Asleep(string breakThroughSeverity, string? cadence = null, string[]? streams = null)
    {
        var region = StreamCalls.NewRegion();
        var reader = await Reader.Of(server);
        await reader.Subscribes(region, cadence: cadence, quietHours: Hours(await reader.Self.Now(), breakThroughSeverity), streams: streams ?? ["ESC"]);
        return (reader, region);
    }

    private static object Hours(DateTimeOffset now, string breakThroughSeverity) =>
        new { tz = "UTC", from = $"{now.UtcDateTime.AddHours(-1):HH:mm}:00", to = $"{now.UtcDateTime.AddHours(2):HH:mm}:00", breakThroughSeverity };

    private static async Task<string> Triaged(Api spec, string region, string severity)
    {
        var key = (await spec.Send(HttpMethod.Post, "/v1/escalations", new { title = "A report", source = "UserReport", surface = "Feed", region = new[] { region } })).ShouldBe(201).Key;
        await spec.Gives(key, "triage", new { severity, policyArea = "LocalLaw", region = new[] { region }, duplicateSearchDone = true });
        return key;
    }

    /// <summary>Waits until no digest of an incident is due.</summary>
    private async Task Written(string incident)
    {
        var lead = await server.As("lead-01", roles: ["duty-lead"]);
        await Eventually.Is(async () => await server.Database.Scalar<long>("select count(*) from crisis.digests where incident = $1 and due_at <= $2", incident, await lead.Now()) == 0, "no digest is due");
    }
}
