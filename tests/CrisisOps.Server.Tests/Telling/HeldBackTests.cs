using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Deliveries;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Telling;

/// <summary>What waits for later holds up nothing but what has to come after it.</summary>
public sealed class HeldBackTests(MailServer server) : IClassFixture<MailServer>
{
    [Fact]
    public async Task What_waits_for_the_end_of_quiet_hours_holds_up_no_other_incident_and_comes_before_what_followed_it()
    {
        var reader = await Reader.Of(server);
        var now = (await reader.Self.Now()).UtcDateTime;
        var hours = new { tz = "UTC", from = $"{now.AddHours(-1):HH:mm}:00", to = $"{now.AddHours(2):HH:mm}:00" };
        var (quiet, loud) = (StreamCalls.NewRegion(), StreamCalls.NewRegion());
        await reader.Subscribes(quiet, quietHours: hours);
        await reader.Subscribes(loud, quietHours: hours);
        var mild = await server.StandUp(quiet, consequence: 2);
        await mild.Commander.Gives(mild.Key, "post-update", new { condition = "Nothing to get up for." });
        await server.Database.RulesHeard();

        var bad = await server.StandUp(loud);
        await bad.Commander.Gives(bad.Key, "post-update", new { condition = "Get up." });

        (await reader.Next()).Subject.ShouldContain(bad.Key);
        (await reader.Next()).Text.ShouldContain("Get up.");
        (await reader.Rest()).ShouldBeEmpty();
        await mild.Commander.Pass(TimeSpan.FromHours(2.1));
        (await reader.Next()).Subject.ShouldSatisfyAllConditions(s => s.ShouldContain(mild.Key), s => s.ShouldContain("declared"));
        (await reader.Next()).Text.ShouldContain("Nothing to get up for.");
        (await reader.Rest()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_failed_holds_up_what_follows_it_of_the_same_incident_and_nothing_of_another()
    {
        var (key, name) = await server.Partner();
        var path = $"/{key}";
        await server.Confirmed(key, path, ordered: true);
        var (failing, other) = (await server.StandUp(), await server.StandUp());
        server.Receiver.Answers(path, 500);
        var alert = await Issue(failing, name);
        var first = (await server.Receiver.Next(path)).Id;
        await Eventually.Is(async () => (await server.Deliveries($"incident={failing.Key}&recipient={key}")).Single().GetProperty("attempts").GetInt32() == 1, "it has failed");
        server.Receiver.Answers(path, 204);
        await failing.Liaison.Gives(failing.Key, "update-alert", new { alertId = alert, headline = "More", text = "Twelve more hashes." });

        await Issue(other, name);

        (await server.Receiver.Next(path)).Text.ShouldContain(other.Key);
        await server.Delivery($"incident={other.Key}&recipient={key}", "Delivered");
        (await server.Deliveries($"incident={failing.Key}&recipient={key}")).ShouldAllBe(d => d.GetProperty("state").GetString() == "Queued");
        await failing.Lead.Pass(TimeSpan.FromSeconds(6));
        (await server.Receiver.Next(path)).Id.ShouldBe(first);
        (await server.Receiver.Next(path)).Text.ShouldContain("PartnerAlertUpdated");
    }

    private static async Task<string> Issue(CrisisStories.Crisis crisis, string name) =>
        (await crisis.Liaison.Gives(crisis.Key, "issue-alert", new { recipients = new[] { name }, headline = "Live video of an attack", text = "Match these hashes." })).Json.GetProperty("events")[0].GetProperty("alertId").GetString()!;
}
