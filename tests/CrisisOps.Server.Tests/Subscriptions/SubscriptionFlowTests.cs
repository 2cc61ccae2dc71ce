using CrisisOps.Server.Tests.Contacts;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Timelines;
using Shouldly;

namespace CrisisOps.Server.Tests.Subscriptions;

/// <summary>Asked for, changed, paused, resumed, disabled and ended by those whose it is and by those who look after it.</summary>
public sealed class SubscriptionFlowTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task What_you_ask_for_yourself_is_in_force_and_yours_to_change_and_end()
    {
        var (person, id, contact) = await server.Colleague();
        var quietHours = new { tz = "Europe/Vienna", from = "22:00", to = "07:00", breakThroughSeverity = "SEV2" };
        var asked = (await person.Subscribe(contact, more: new { channels = new[] { "Email", "Inbox" }, quietHours })).ShouldBe(201);
        (asked.State, asked.Version, asked.Location!.ToString()).ShouldBe(("Active", 2, $"/v1/subscriptions/{asked.Key}"));

        await person.Gives(asked.Key, "change", new { cadence = "Hourly", ackRequired = true });
        var read = await person.Read(asked.Key);
        (read.GetProperty("person").GetString(), read.GetProperty("maxTlp").GetString(), read.GetProperty("cadence").GetString(), read.GetProperty("ackRequired").GetBoolean()).ShouldBe((id, "AMBER", "Hourly", true));
        (read.GetProperty("quietHours").GetProperty("from").GetString(), read.GetProperty("quietHours").GetProperty("breakThroughSeverity").GetString()).ShouldBe(("22:00:00", "SEV2"));
        await person.Gives(asked.Key, "change", new { noQuietHours = true });
        (await person.Read(asked.Key)).TryGetProperty("quietHours", out _).ShouldBeFalse();

        (await person.Listed($"/v1/subscriptions?q={contact}&open=true")).ShouldBe([asked.Key]);
        (await person.Gives(asked.Key, "remove")).State.ShouldBe("Removed");
        (await person.Listed($"/v1/subscriptions?q={contact}&open=true")).ShouldBeEmpty();
        (await person.Timeline(asked.Key)).Select(TimelineCalls.Headline).ShouldBe(
            [$"Requested for {contact}", "Confirmed", "Changed: cadence, acknowledgement", "Changed: quiet hours", "Removed"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_pause_ends_by_itself_at_its_time()
    {
        var (person, _, contact) = await server.Colleague();
        var key = (await person.Subscribe(contact)).ShouldBe(201).Key;
        var now = await person.Now();
        await person.Gives(key, "pause", new { until = now.AddDays(3), reason = "on leave" });
        await person.Gives(key, "pause", new { until = now.AddDays(7), reason = "longer leave" });

        await person.MoveTo(now.AddDays(5));
        (await person.StateOf(key)).ShouldBe("Paused");
        await person.MoveTo(now.AddDays(8));

        (await person.StateOf(key)).ShouldBe("Active");
        (await server.Database.Recorded(key, "subscription_resumed")).ShouldHaveSingleItem();
        (await server.Database.DeadlineState(key)).ShouldNotContain("Open");
    }

    [Fact]
    public async Task It_is_seen_and_kept_by_its_subscriber_and_by_those_who_keep_contacts()
    {
        var (person, _, contact) = await server.Colleague();
        var key = (await person.Subscribe(contact)).ShouldBe(201).Key;
        var (other, _, theirs) = await server.Colleague();
        var manager = await server.Staff("pm-01", "partner-manager");

        (await other.Get($"/v1/subscriptions/{key}")).ShouldBeProblem(404, "not-found");
        (await other.Give(key, "remove")).ShouldBeProblem(404, "not-found");
        (await other.Listed("/v1/subscriptions?limit=500")).ShouldNotContain(key);
        (await other.Subscribe(contact)).ShouldBeProblem(422, "guard-failed", guard: "subscriber-known");
        (await (await server.As("exec-01", roles: ["executive"], clearance: "RED")).Give(key, "pause")).ShouldBeProblem(403, "forbidden", guard: "own-subscription");

        (await manager.Gives(key, "disable", new { reason = "nothing arrives" })).State.ShouldBe("Disabled");
        (await person.Give(key, "resume")).ShouldBeProblem(403, "forbidden", guard: "enabled-by-manager");
        (await manager.Gives(key, "resume", new { note = "the address works again" })).State.ShouldBe("Active");
        (await manager.Subscribe(theirs)).ShouldBe(201).State.ShouldBe("Pending");
    }

    [Fact]
    public async Task Somebody_for_whom_it_was_asked_says_yes_by_the_api_too()
    {
        var (person, _, contact) = await server.Colleague();
        var manager = await server.Staff("pm-01", "partner-manager");
        var key = (await manager.Subscribe(contact)).ShouldBe(201).Key;
        await server.Database.RulesHeard(); // whoever has said yes by then is not asked

        (await manager.Give(key, "confirm")).ShouldBeProblem(403, "forbidden", guard: "own-subscription");
        (await person.Gives(key, "confirm")).State.ShouldBe("Active");
        (await person.Give(key, "confirm")).ShouldBeProblem(409, "illegal-transition");
        (await server.Database.Column<string>("select reason from crisis.deliveries where subscription = $1", key)).ShouldBe(["no-endpoint"], "there was no address to ask at");
    }

    [Fact]
    public async Task A_team_is_told_when_a_manager_says_so()
    {
        var manager = await server.Staff("pm-01", "partner-manager");
        var team = (await manager.Send(HttpMethod.Post, "/v1/contacts", new { kind = "Team", @ref = "night-desk", standing = new { roles = new[] { "specialist" }, functions = Array.Empty<string>(), regions = new[] { "XN" } } })).ShouldBe(201).Key;

        (await manager.Subscribe(team)).ShouldBe(201).State.ShouldBe("Active");
    }

    [Fact]
    public async Task Who_leaves_is_told_nothing_any_more()
    {
        var (person, _, contact) = await server.Colleague();
        string[] keys = [(await person.Subscribe(contact)).ShouldBe(201).Key, (await person.Subscribe(contact, "Executive")).ShouldBe(201).Key];
        await person.Gives(keys[1], "pause");

        await person.Gives(contact, "remove", new { reason = "left" });

        foreach (var key in keys)
        {
            await Eventually.Is(async () => await person.StateOf(key) == "Removed", $"{key} ended");
        }

        (await person.Subscribe(contact)).ShouldBeProblem(422, "guard-failed", guard: "subscriber-open");
    }

    [Fact]
    public async Task A_subscriber_has_fifty_at_most_however_fast_they_ask()
    {
        var (person, _, contact) = await server.Colleague();
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => person.Subscribe(contact)));

        answers.Count(a => a.Status == 201).ShouldBe(50);
        answers.Where(a => a.Status != 201).ShouldAllBe(a => a["guard"] == "subscription-limit");
        await person.Gives(answers.First(a => a.Status == 201).Key, "remove");
        (await person.Subscribe(contact)).ShouldBe(201);
    }

    [Theory]
    [InlineData("""{"scope":{},"audience":"Core"}""", "validation", null, "subscriber")]
    [InlineData("""{"subscriber":"CNT","audience":"Core"}""", "validation", null, "scope")]
    [InlineData("""{"subscriber":"CNT","scope":{}}""", "validation", null, "audience")]
    [InlineData("""{"subscriber":"CNT","scope":{"stream":["CR"]},"audience":"Core"}""", "validation", null, "scope.stream")]
    [InlineData("""{"subscriber":"CNT","scope":{"regions":["Norland"]},"audience":"Core"}""", "validation", null, "scope.regions")]
    [InlineData("""{"subscriber":"CNT","scope":{"streams":[null]},"audience":"Core"}""", "validation", null, "scope")]
    [InlineData("""{"subscriber":"CNT","scope":{},"audience":"Everybody"}""", "validation", null, "audience")]
    [InlineData("""{"subscriber":"CNT","scope":{},"audience":"Core","quietHours":{"tz":"UTC","from":"25:00","to":"07:00"}}""", "validation", null, "quietHours.from")]
    [InlineData("""{"subscriber":"CNT","scope":{},"audience":"Core","quietHours":{"from":"22:00","to":"07:00"}}""", "validation", null, "quietHours.tz")]
    [InlineData("""{"subscriber":"CNT","scope":{},"audience":"Core","quietHours":{"tz":"Europe/Atlantis","from":"22:00","to":"07:00"}}""", "guard-failed", "zone-known", null)]
    [InlineData("""{"subscriber":"CNT","scope":{},"audience":"Core","quietHours":{"tz":"UTC","from":"07:00","to":"07:00"}}""", "guard-failed", "quiet-hours-end", null)]
    [InlineData("""{"subscriber":"CNT","scope":{},"audience":"Core","channels":["Phone"]}""", "guard-failed", "channel-fit", null)]
    [InlineData("""{"subscriber":"CNT","scope":{},"audience":"Core","channels":["Email","Email"]}""", "guard-failed", "channel-once", null)]
    [InlineData("""{"subscriber":"CNT","scope":{},"audience":"Public","maxTlp":"GREEN"}""", "guard-failed", "max-tlp", null)]
    [InlineData("""{"subscriber":"CNT","scope":{},"audience":"Partner"}""", "guard-failed", "audience-of-contact", null)]
    [InlineData("""{"subscriber":"CNT","scope":{"streams":["crises"]},"audience":"Core"}""", "guard-failed", "scope-streams", null)]
    [InlineData("""{"subscriber":"CNT-999999","scope":{},"audience":"Core"}""", "guard-failed", "subscriber-known", null)]
    public async Task What_makes_no_sense_is_refused_and_not_written(string body, string type, string? guard, string? member)
    {
        var (person, _, contact) = await server.Colleague();
        var before = await server.Database.Everything();

        (await person.Send(HttpMethod.Post, "/v1/subscriptions", body.Replace("\"CNT\"", $"\"{contact}\"", StringComparison.Ordinal))).ShouldBeProblem(422, type, guard, member);

        (await server.Database.Everything()).ShouldBe(before);
    }

    [Theory]
    [InlineData("pause", """{"until":"2020-01-01T00:00:00Z"}""", "pause-ahead")]
    [InlineData("pause", """{"reason":"jane@crisisops.example"}""", "address-untold")]
    [InlineData("change", "{}", "change-given")]
    [InlineData("change", """{"audience":"Public"}""", "max-tlp")]
    [InlineData("change", """{"noQuietHours":true,"quietHours":{"tz":"UTC","from":"22:00","to":"07:00"}}""", "quiet-hours-either")]
    public async Task A_later_command_that_makes_no_sense_is_not_written(string command, string body, string guard)
    {
        var (person, _, contact) = await server.Colleague();
        var key = (await person.Subscribe(contact)).ShouldBe(201).Key;
        var before = await server.Database.Everything();

        (await person.Send(HttpMethod.Post, $"/v1/subscriptions/{key}/{command}", body)).ShouldBeProblem(422, "guard-failed", guard: guard);

        (await server.Database.Everything()).ShouldBe(before);
    }
}
