using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using Shouldly;
using static CrisisOps.Server.Tests.Intake.AlertCalls;

namespace CrisisOps.Server.Tests.Intake;

/// <summary>What a source sends under maintenance is kept back, and looked at when that is over.</summary>
public sealed class KeptBackTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task At_the_end_what_is_still_on_raises_and_what_was_taken_back_does_not()
    {
        var (feed, manager) = (await server.Feed(), await Manager());
        var end = await server.Maintenance(feed, "PT1H");

        var stays = await feed.Sends(Alert("stays"));
        var again = await feed.Sends(Alert("stays"));
        var passes = await feed.Sends(Alert("passes"));
        await feed.Sends(Alert("passes").With("action", "resolve"));
        var (flaps, over, back) = (await feed.Sends(Alert("flaps")), await feed.Sends(Alert("flaps").With("action", "resolve")), await feed.Sends(Alert("flaps")));

        (await Kept(feed)).ShouldAllBe(w => w == "MW-1");
        (await server.RaisedBy(feed)).ShouldBeEmpty();
        (await WhyKept(feed, stays)).ShouldBe("It is kept back: its source is under maintenance (MW-1). It is looked at again when that ends.");
        await manager.MoveTo(end);
        await server.Database.RulesHeard();

        (await server.RaisedBy(feed)).Count.ShouldBe(2);
        (await server.CaseOf(again)).ShouldBe((await server.CaseOf(stays)).ShouldNotBeNull());
        (await server.CaseOf(back)).ShouldNotBeNull().ShouldNotBe(await server.CaseOf(stays));
        foreach (var receipt in new[] { passes, flaps, over })
        {
            (await server.CaseOf(receipt)).ShouldBeNull();
        }

        (await WhyKept(feed, passes)).ShouldBe("It was kept back during maintenance, and was over when that ended.");
        (await Kept(feed)).ShouldBeEmpty();
        await server.Tallied();
        (await (await Specialist(feed)).Read((await server.CaseOf(stays))!)).GetProperty("reportCount").GetInt32().ShouldBe(2);
        (await server.CaseOf(await feed.Sends(Alert("later")))).ShouldNotBeNull();
    }

    [Fact]
    public async Task What_belongs_to_an_open_case_is_folded_in_meanwhile()
    {
        var feed = await server.Feed();
        var key = await server.CaseOf(await feed.Sends(Alert("smoke")));
        await server.Maintenance(feed, "PT1H");

        (await server.CaseOf(await feed.Sends(Alert("smoke")))).ShouldBe(key);
        (await server.CaseOf(await feed.Sends(Alert("other")))).ShouldBeNull();
    }

    [Fact]
    public async Task Called_off_it_is_over_at_once_also_for_what_arrives_at_that_moment()
    {
        var (feed, manager, other) = (await server.Feed(), await Manager(), await server.StartAnotherNode());
        await server.Maintenance(feed, "PT1H");
        await other.Knows(feed.Source);
        var stop = new TaskCompletionSource();
        var senders = Enumerable.Range(0, 6).Select(async n =>
        {
            List<string> receipts = [];
            for (var i = 0; !stop.Task.IsCompleted || i < 5; i++)
            {
                receipts.Add(await (n % 2 == 0 ? feed : feed.At(other)).Sends(Alert($"key-{n}-{i % 40}")));
            }

            return receipts;
        }).ToArray();

        await Eventually.Is(async () => (await Kept(feed)).Count >= 20, "some are kept back");
        await manager.Gives(feed.Source, "cancel-maintenance", new { windowId = "MW-1" });
        await Eventually.Is(async () => (await server.RaisedBy(feed)).Count > 0, "some have raised");
        stop.SetResult();
        var sent = (await Task.WhenAll(senders)).SelectMany(s => s).ToArray();

        await server.Database.RulesHeard();
        (await Kept(feed)).ShouldBeEmpty();
        (await server.Database.Scalar<long>("select count(*) from crisis.alerts where source = $1 and escalation is null", feed.Source)).ShouldBe(0);
        await server.Tallied();
        (await server.Stored(feed)).ShouldBe(sent.Length);
        var cases = await Task.WhenAll((await server.RaisedBy(feed)).Select(async key => (await (await Specialist(feed)).Read(key)).GetProperty("reportCount").GetInt64()));
        cases.Sum().ShouldBe(sent.Length);
    }

    [Fact]
    public async Task A_recurring_window_keeps_back_each_time_and_lets_go_each_time()
    {
        var (feed, manager) = (await server.Feed(), await Manager());
        var end = await server.Maintenance(feed, "PT1H", new { days = Enum.GetNames<DayOfWeek>(), zone = "UTC" });

        foreach (var day in Enumerable.Range(0, 3))
        {
            var receipt = await feed.Sends(Alert($"night-{day}"));
            (await server.ReasonOf(receipt)).ShouldBe("Maintenance");
            await manager.MoveTo(end.AddDays(day));
            await server.Database.RulesHeard();
            (await server.CaseOf(receipt)).ShouldNotBeNull();
            (await server.CaseOf(await feed.Sends(Alert($"day-{day}")))).ShouldNotBeNull();
            await manager.MoveTo(end.AddDays(day + 1).AddMinutes(-30));
        }
    }

    [Fact]
    public async Task While_another_window_goes_on_it_is_kept_back_in_that_one()
    {
        var (feed, manager) = (await server.Feed(), await Manager());
        var end = await server.Maintenance(feed, "PT1H");
        var last = await server.Maintenance(feed, "PT3H");
        var receipt = await feed.Sends(Alert("smoke"));

        await manager.MoveTo(end);
        await server.Database.RulesHeard();
        (await Kept(feed)).ShouldBe(["MW-2"]);
        (await WhyKept(feed, receipt)).ShouldContain("(MW-2)");

        await manager.MoveTo(last);
        await server.Database.RulesHeard();
        (await server.CaseOf(receipt)).ShouldNotBeNull();
    }

    [Fact]
    public async Task With_its_source_every_window_ends()
    {
        var (feed, manager) = (await server.Feed(), await Manager());
        await server.Maintenance(feed, "PT1H");
        await server.Maintenance(feed, "PT3H");
        var receipt = await feed.Sends(Alert("smoke"));

        await manager.Gives(feed.Source, "retire", new { reason = "off" });
        await server.Database.RulesHeard();

        (await server.CaseOf(receipt)).ShouldNotBeNull();
    }

    [Fact]
    public async Task The_rules_of_the_end_decide_and_what_they_keep_says_so()
    {
        var (feed, manager) = (await server.Feed(), await Manager());
        var end = await server.Maintenance(feed, "PT1H");
        var (low, high) = (await feed.Sends(Alert("low", severity: "info")), await feed.Sends(Alert("high", severity: "critical")));
        (await (await server.As("admin-01", roles: ["admin"])).Put("/v1/intake/rules", new { rules = new[] { new { name = "after the move", sources = new[] { feed.Source }, floor = "SEV2" } } })).ShouldBe(200);

        await manager.MoveTo(end);
        await server.Database.RulesHeard();

        (await server.CaseOf(high)).ShouldNotBeNull();
        (await WhyKept(feed, low)).ShouldBe("It is kept and raised nothing: less severe than the floor of the rule 'after the move', and nothing open has its keys.");
    }

    [Fact]
    public async Task An_exercise_is_kept_back_and_let_go_as_an_exercise_and_takes_back_nothing_real()
    {
        var (feed, manager) = (await server.Feed(), await Manager());
        var end = await server.Maintenance(feed, "PT1H");
        var (drill, real) = (await feed.Sends(Alert("drill").With("exercise", true)), await feed.Sends(Alert("real")));
        await feed.Sends(Alert("real").With("action", "resolve").With("exercise", true));

        await manager.MoveTo(end);
        await server.Database.RulesHeard();

        (await (await Specialist(feed)).Read((await server.CaseOf(drill)).ShouldNotBeNull())).GetProperty("exercise").GetBoolean().ShouldBeTrue();
        (await (await Specialist(feed)).Read((await server.CaseOf(real)).ShouldNotBeNull())).TryGetProperty("exercise", out var exercise).ShouldBe(exercise.ValueKind == System.Text.Json.JsonValueKind.False);
    }

    /// <summary>The windows in which alerts of a source are kept back now.</summary>
    private Task<List<string>> Kept(Feed feed) => server.Database.Column<string>("select maintenance from crisis.alerts where source = $1 and maintenance is not null and action = 'Trigger'", feed.Source);

    private async Task<string> WhyKept(Feed feed, string receipt) => (await (await Specialist(feed)).Get($"/v1/alerts/kept?source={feed.Source}")).ShouldBe(200).Json.GetProperty("items").EnumerateArray()
        .Single(i => i.GetProperty("receipt").GetString() == receipt).GetProperty("why").GetString()!;

    private Task<Api> Specialist(Feed feed) => server.As("spec-04", regions: [feed.Region]);

    private Task<Api> Manager() => server.Staff("pm-01", "partner-manager", "admin");
}
