using System.Text.Json;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Timelines;
using Shouldly;
using static CrisisOps.Server.Tests.Intake.AlertCalls;

namespace CrisisOps.Server.Tests.Intake;

/// <summary>An alert stands as of an instant where it stood then, however often it has moved since.</summary>
public sealed class AlertsThenTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Kept_in_one_window_and_then_in_another_and_then_raised_it_stands_at_each_instant_where_it_stood()
    {
        var (feed, api) = (await server.Feed(), await server.As("spec-04"));
        var before = await api.Now();
        var end = await server.Maintenance(feed, "PT1H");
        var last = await server.Maintenance(feed, "PT3H");
        var receipt = await feed.Sends(Alert("smoke", severity: "high"));
        var first = await api.Now();
        await api.MoveTo(end);
        await server.Database.RulesHeard();
        var second = await api.Now();
        await api.MoveTo(last);
        await server.Database.RulesHeard();
        var third = await api.Now();
        var key = (await server.CaseOf(receipt)).ShouldNotBeNull();

        (await Kept(api, feed, before)).ShouldBeEmpty();
        (await Kept(api, feed, first)).ShouldBe([(receipt, KeptBack("MW-1"))]);
        (await Kept(api, feed, second)).ShouldBe([(receipt, KeptBack("MW-2"))]);
        (await Kept(api, feed, third)).ShouldBeEmpty();
        foreach (var at in new[] { before, first, second })
        {
            (await api.Get($"/v1/escalations/{key}/alerts?asOf={TimelineCalls.Instant(at)}")).ShouldBeProblem(404, "not-found");
        }

        (await Behind(api, key, third)).ShouldBe([(receipt, "New")]);
        // What raised the case and the case came in one commit: at the instant of the one the other is there.
        var raisedAt = (await api.Read(key)).GetProperty("raisedAt").GetDateTimeOffset();
        (await Behind(api, key, raisedAt)).ShouldBe([(receipt, "New")]);
        (await Kept(api, feed, raisedAt)).ShouldBeEmpty();
        (await Kept(api, feed, raisedAt.AddMicroseconds(-1))).Length.ShouldBe(1);
    }

    [Fact]
    public async Task What_was_folded_in_at_the_end_is_behind_the_case_from_then_on_and_what_was_over_says_so_from_then_on()
    {
        var (feed, api) = (await server.Feed(), await server.As("spec-04"));
        var end = await server.Maintenance(feed, "PT1H");
        var (one, two, over) = (await feed.Sends(Alert("stays")), await feed.Sends(Alert("stays")), await feed.Sends(Alert("passes")));
        var back = await feed.Sends(Alert("passes").With("action", "resolve"));
        var then = await api.Now();
        await api.MoveTo(end);
        await server.Database.RulesHeard();
        var key = (await server.CaseOf(one)).ShouldNotBeNull();

        (await Kept(api, feed, then)).Select(k => k.Receipt).ShouldBe([one, two, over, back], ignoreOrder: true);
        (await Kept(api, feed, then)).Single(k => k.Receipt == over).Why.ShouldBe(KeptBack("MW-1"));
        (await Kept(api, feed, await api.Now())).ShouldBe(await Kept(api, feed));
        (await Kept(api, feed)).Select(k => k.Receipt).ShouldBe([over, back], ignoreOrder: true);
        (await Kept(api, feed)).Single(k => k.Receipt == over).Why.ShouldBe("It was kept back during maintenance, and was over when that ended.");
        (await Behind(api, key, await api.Now())).ShouldBe([(one, "New"), (two, "DedupKey")], ignoreOrder: true);
        // The filter asks for the reason of then.
        (await Kept(api, feed, then, "&reason=NothingOpen")).Select(k => k.Receipt).ShouldBe([back]);
        (await Kept(api, feed, then, "&reason=BelowFloor")).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_severity_and_the_rule_are_those_by_which_it_was_read_then()
    {
        var (feed, api) = (await server.Feed(), await server.As("spec-04"));
        var end = await server.Maintenance(feed, "PT1H");
        var receipt = await feed.Sends(Alert("low", severity: "info"));
        var then = await api.Now();
        (await (await server.As("admin-01", roles: ["admin"])).Put("/v1/intake/rules", new
        {
            rules = new[] { new { name = "after the move", sources = new[] { feed.Source }, severities = new Dictionary<string, string> { ["info"] = "SEV3" }, floor = "SEV2" } },
        })).ShouldBe(200);
        await api.MoveTo(end);
        await server.Database.RulesHeard();

        var (was, isNow) = (await Item(api, feed, receipt, $"&asOf={TimelineCalls.Instant(then)}"), await Item(api, feed, receipt, ""));

        (Text(was, "reason"), Text(was, "rule")).ShouldBe(("Maintenance", "everything else"));
        (Text(isNow, "reason"), Text(isNow, "rule")).ShouldBe(("BelowFloor", "after the move"));
        Text(isNow, "severity").ShouldNotBe(Text(was, "severity"));
    }

    [Fact]
    public async Task By_the_clock_of_occurrence_it_counts_from_when_its_source_says_that_it_happened()
    {
        var (feed, api) = (await server.Feed(), await server.As("spec-04"));
        await server.Maintenance(feed, "PT1H");
        await api.Pass(TimeSpan.FromMinutes(30));
        var between = (await api.Now()).AddMinutes(-10);
        var told = await feed.Sends(Alert("told").With("occurredAt", between.AddMinutes(-10)));
        await feed.Sends(Alert("untold"));
        await feed.Sends(Alert("later").With("occurredAt", between.AddMinutes(5)));

        (await Kept(api, feed, between)).ShouldBeEmpty();
        (await Kept(api, feed, between, "&clock=occurred")).Select(k => k.Receipt).ShouldBe([told]);
        (await Kept(api, feed, await api.Now(), "&clock=occurred")).Length.ShouldBe(3);
    }

    [Fact]
    public async Task Pages_of_the_past_follow_each_other_and_a_cursor_belongs_to_its_instant()
    {
        var (feed, api) = (await server.Feed(), await server.As("spec-04"));
        var end = await server.Maintenance(feed, "PT1H");
        foreach (var n in Enumerable.Range(0, 5))
        {
            await feed.Sends(Alert($"kept-{n}"));
        }

        await feed.Sends(Alert("gone").With("action", "resolve"));
        var then = await api.Now();
        await api.MoveTo(end);
        await server.Database.RulesHeard();
        var whole = await Kept(api, feed, then);
        List<string> paged = [];
        string? cursor = null;
        do
        {
            var page = (await api.Get($"/v1/alerts/kept?source={feed.Source}&limit=2&asOf={TimelineCalls.Instant(then)}{(cursor is null ? "" : $"&cursor={cursor}")}")).ShouldBe(200);
            paged.AddRange(page.Json.GetProperty("items").EnumerateArray().Select(i => Text(i, "receipt")));
            cursor = page["next"] is { Length: > 0 } next ? next : null;
            if (cursor is not null)
            {
                foreach (var other in new[] { "", $"&asOf={TimelineCalls.Instant(then.AddSeconds(-1))}", $"&asOf={TimelineCalls.Instant(then)}&clock=occurred" })
                {
                    (await api.Get($"/v1/alerts/kept?source={feed.Source}&limit=2{other}&cursor={cursor}")).ShouldBeProblem(422, "validation", member: "cursor");
                }
            }
        }
        while (cursor is not null);

        whole.Length.ShouldBe(6);
        paged.ShouldBe(whole.Select(k => k.Receipt));
    }

    [Fact]
    public async Task Who_may_not_see_it_now_does_not_see_it_at_any_instant_and_a_wrong_instant_is_named()
    {
        var (feed, api) = (await server.Feed(), await server.As("spec-04"));
        var end = await server.Maintenance(feed, "PT1H");
        var receipt = await feed.Sends(Alert("smoke"));
        var then = TimelineCalls.Instant(await api.Now());
        await api.MoveTo(end);
        await server.Database.RulesHeard();
        var key = (await server.CaseOf(receipt)).ShouldNotBeNull();
        var elsewhere = await server.As("spec-05", regions: [StreamCalls.NewRegion()]);

        (await Kept(elsewhere, feed, await api.Now())).ShouldBeEmpty();
        (await elsewhere.Get($"/v1/alerts/kept?source={feed.Source}&asOf={then}")).ShouldBe(200).Text.ShouldNotContain(receipt);
        (await elsewhere.Get($"/v1/escalations/{key}/alerts?asOf={TimelineCalls.Instant(await api.Now())}")).ShouldBeProblem(404, "not-found");
        (await (await server.As("exec-01", roles: ["executive"])).Get($"/v1/alerts/kept?asOf={then}")).ShouldBeProblem(403, "forbidden");
        foreach (var list in new[] { "alerts/kept", $"escalations/{key}/alerts" })
        {
            (await api.Get($"/v1/{list}?asOf=yesterday")).ShouldBeProblem(422, "validation", member: "asOf");
            (await api.Get($"/v1/{list}?clock=occurred")).ShouldBeProblem(422, "validation", member: "clock");
        }
    }

    [Fact]
    public async Task What_comes_in_and_stays_leaves_no_former_place()
    {
        var feed = await server.Feed();
        await feed.Sends(Alert("fire"));
        await feed.Sends(Alert("fire"));
        await feed.Sends(Alert("smoke").With("action", "resolve"));
        await server.Maintenance(feed, "PT1H");
        await feed.Sends(Alert("kept"));

        (await server.Stored(feed)).ShouldBe(4);
        (await server.Database.Scalar<long>("select count(*) from crisis.alert_places p join crisis.alerts a on a.id = p.alert where a.source = $1", feed.Source)).ShouldBe(0);
        (await server.Database.Scalar<long>("select count(*) from crisis.alerts where source = $1 and placed_at is not null", feed.Source)).ShouldBe(0);
    }

    private static async Task<(string Receipt, string Why)[]> Kept(Api api, Feed feed, DateTimeOffset? asOf = null, string more = "")
    {
        var then = asOf is { } at ? $"&asOf={TimelineCalls.Instant(at)}" : "";
        return [.. (await api.Get($"/v1/alerts/kept?limit=500&source={feed.Source}{then}{more}")).ShouldBe(200).Json.GetProperty("items").EnumerateArray().Select(i => (Text(i, "receipt"), Text(i, "why")))];
    }

    private static async Task<JsonElement> Item(Api api, Feed feed, string receipt, string more) =>
        (await api.Get($"/v1/alerts/kept?source={feed.Source}{more}")).ShouldBe(200).Json.GetProperty("items").EnumerateArray().Single(i => Text(i, "receipt") == receipt);

    private static async Task<(string Receipt, string Reason)[]> Behind(Api api, string key, DateTimeOffset asOf) =>
        [.. (await api.Get($"/v1/escalations/{key}/alerts?asOf={TimelineCalls.Instant(asOf)}")).ShouldBe(200).Json.GetProperty("items").EnumerateArray().Select(i => (Text(i, "receipt"), Text(i, "reason")))];

    private static string KeptBack(string window) => $"It is kept back: its source is under maintenance ({window}). It is looked at again when that ends.";

    private static string Text(JsonElement item, string member) => item.GetProperty(member).GetString()!;
}
