using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Deliveries;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Telling;

/// <summary>What waits because of a duty goes to nobody whose duty is over by then; who has the duty now is told.</summary>
public sealed class OffDutyTests(MailServer server) : IClassFixture<MailServer>
{
    [Fact]
    public async Task Who_is_off_duty_gets_no_digest_and_that_stands_on_the_record_and_who_is_on_duty_and_subscribed_does()
    {
        var region = StreamCalls.NewRegion();
        var (before, now) = (await Reader.Of(server, role: "legal-counsel", functions: ["Legal"]), await Reader.Of(server, role: "legal-counsel", functions: ["Legal"]));
        await OnDuty("Legal", region, before);
        await now.Subscribes(region, cadence: "Hourly");
        var crisis = await Crowded(region, before);
        (await now.Next()).Subject.ShouldContain("declared");

        await OnDuty("Legal", region, now);
        await crisis.Commander.Pass(TimeSpan.FromHours(1));

        (await now.Next()).Text.ShouldSatisfyAllConditions(t => t.ShouldContain("News number 1."), t => t.ShouldContain("News number 7."));
        var record = await server.Delivery($"incident={crisis.Key}&recipient={before.Contact}&kind=Digest", "Suppressed");
        record.GetProperty("reason").GetString().ShouldBe("off-duty");
        (await Rows(crisis.Key, before)).ShouldBe(0);
        (await before.Rest()).ShouldBeEmpty();
        (await now.Rest()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_is_off_duty_and_has_subscribed_gets_what_waited_as_a_subscriber()
    {
        var region = StreamCalls.NewRegion();
        var (before, now) = (await Reader.Of(server, role: "legal-counsel", functions: ["Legal"]), await Reader.Of(server, role: "legal-counsel", functions: ["Legal"]));
        await OnDuty("Legal", region, before);
        var subscription = await before.Subscribes(region, cadence: "Hourly");
        var crisis = await Crowded(region, before);

        await OnDuty("Legal", region, now);
        await crisis.Commander.Pass(TimeSpan.FromHours(1));

        var digest = await before.Next();
        digest.Text.ShouldContain("News number 7.");
        digest.Headers["List-Unsubscribe"].ShouldNotBeNull($"it comes under {subscription}");
        (await before.Rest()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_takes_over_hears_what_has_come_and_from_then_on_every_hour_and_who_left_is_not_looked_at_again()
    {
        var region = StreamCalls.NewRegion();
        var (before, now) = (await Reader.Of(server, role: "executive"), await Reader.Of(server, role: "executive"));
        await OnDuty("Executive", region, before);
        var crisis = await server.StandUp(region);
        await before.Next();

        await OnDuty("Executive", region, now);
        await crisis.Commander.Pass(TimeSpan.FromMinutes(61));

        (await now.Next()).Text.ShouldContain("HARBOUR: crisis declared");
        (await Rows(crisis.Key, before)).ShouldBe(0);
        await crisis.Commander.Pass(TimeSpan.FromMinutes(61));
        (await now.Next()).Text.ShouldContain("Nothing new has come since your last message.");
        (await before.Rest()).ShouldBeEmpty();
        await Over(crisis, before, now);
    }

    [Fact]
    public async Task Who_was_an_executive_on_duty_and_is_only_subscribed_now_does_not_hear_every_hour_that_there_is_nothing_new()
    {
        var region = StreamCalls.NewRegion();
        var (before, now) = (await Reader.Of(server, role: "executive"), await Reader.Of(server, role: "executive"));
        await OnDuty("Executive", region, before);
        await before.Subscribes(region, audience: "Executive", cadence: "Hourly");
        var crisis = await server.StandUp(region);
        await before.Next();
        await OnDuty("Executive", region, now);

        await crisis.Commander.Pass(TimeSpan.FromMinutes(61));
        await now.Next();
        await crisis.Commander.Pass(TimeSpan.FromMinutes(61));
        await now.Next();

        (await before.Rest()).ShouldBeEmpty();
        await Over(crisis, before, now);
    }

    /// <summary>A crisis of which somebody was told so much that the seventh of its updates waits.</summary>
    private async Task<CrisisStories.Crisis> Crowded(string region, Reader reader)
    {
        var crisis = await server.StandUp(region);
        for (var number = 1; number <= 7; number++)
        {
            await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = $"News number {number}." });
        }

        for (var number = 0; number <= 5; number++)
        {
            await reader.Next();
        }

        await server.Database.RulesHeard();
        return crisis;
    }

    /// <summary>Ends it, so that nobody hears of it any more.</summary>
    private static async Task Over(CrisisStories.Crisis crisis, params Reader[] readers)
    {
        await crisis.Commander.Gives(crisis.Key, "annul-declaration", new { reason = "not what we thought" });
        foreach (var reader in readers)
        {
            (await reader.Next()).Subject.ShouldContain("declared in error");
            (await reader.Rest()).ShouldBeEmpty();
        }
    }

    private Task<long> Rows(string incident, Reader reader) =>
        server.Database.Scalar<long>("select count(*) from crisis.digests where incident = $1 and recipient = $2", incident, reader.Contact);

    private async Task OnDuty(string function, string region, Reader reader) =>
        (await (await server.As("admin-01", roles: ["admin"])).Put($"/v1/duty/{function}/{region}", new { person = reader.Id, channels = new[] { "Email" } })).ShouldBe(200);
}
