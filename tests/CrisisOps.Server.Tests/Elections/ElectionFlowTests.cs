using System.Text.Json;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Elections;

/// <summary>Elections over the API: opened once, scheduled in local time, run by the clock, closed with a review.</summary>
public sealed class ElectionFlowTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task From_the_registration_to_the_closed_file()
    {
        var lead = await server.Staff("el-01", "election-lead");
        var specialist = await server.Staff("spec-04", "specialist");
        var region = StreamCalls.NewRegion();
        var key = await lead.Scheduled(region);
        await specialist.Gives(key, "record-authority-notice", new { reference = "NEC-17", summary = "Polling stations are listed." });
        await specialist.Gives(key, "post-update", new { condition = "Quiet so far.", audiences = new[] { new { audience = "CrossFunctional" } } });
        await lead.Gives(key, "activate-measure", new { kind = "PoliticalAdsPause", expiresAt = (await lead.Now()).AddDays(9) });
        (await specialist.Give(key, "enter-phase", new { phase = "PreElection" })).ShouldBeProblem(403, "forbidden", guard: "role");

        await lead.Pass(TimeSpan.FromDays(7));

        (await lead.Read(key)).GetProperty("state").GetString().ShouldBe("PostElection");
        (await lead.Give(key, "close")).ShouldBeProblem(422, "guard-failed", guard: "measures-lifted");
        await lead.Gives(key, "lift-measure", new { measureId = "MEA-1", reason = "counted" });
        (await lead.Give(key, "close")).ShouldBeProblem(422, "guard-failed", guard: "review-filed");
        await lead.Gives(key, "file-review", new { reviewRef = "DOC-9" });
        (await lead.Gives(key, "close")).State.ShouldBe("Closed");
        (await server.Database.TimelineRows(key)).ShouldBe(await server.Database.Events(key));
        // The file is closed, so the same vote may be registered anew.
        (await lead.Register(region)).ShouldBe(201);
    }

    [Fact]
    public async Task The_same_vote_is_registered_once_also_at_the_same_instant()
    {
        var lead = await server.Staff("el-01", "election-lead");
        var region = StreamCalls.NewRegion();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => lead.Register(region)));

        var key = answers.Where(a => a.Status == 201).ShouldHaveSingleItem().Key;
        answers.Where(a => a.Status != 201).ShouldAllBe(a => a.Status == 422 && a["guard"] == "one-open-election" && a.Text.Contains(key));
        (await lead.Register(region, day: $"{(await lead.Now()).Year + 3}-05-16")).ShouldBe(201).Key.ShouldNotBe(key);
    }

    [Theory]
    [InlineData("Mars/Base")]
    [InlineData("W. Europe Standard Time")]
    [InlineData("Etc/GMT+1")]
    [InlineData("CET")]
    [InlineData("../../etc/passwd")]
    [InlineData("Europe/../Europe/Vienna")]
    [InlineData("europe/vienna")]
    [InlineData("+02:00")]
    public async Task A_zone_that_is_none_is_refused(string tz)
    {
        var lead = await server.Staff("el-01", "election-lead");
        var region = StreamCalls.NewRegion();
        var before = await server.Database.Everything();

        (await lead.Register(region, tz)).ShouldBeProblem(422, "guard-failed", guard: "zone-known");

        (await server.Database.Everything()).ShouldBe(before);
    }

    [Fact]
    public async Task A_local_time_that_the_clock_skips_or_shows_twice_is_read_as_documented()
    {
        var lead = await server.Staff("el-01", "election-lead");
        var key = (await lead.Register(StreamCalls.NewRegion())).ShouldBe(201).Key;
        var year = (await lead.Now()).Year + 2;
        var (spring, autumn) = (LastSunday(year, 3), LastSunday(year, 10));

        await lead.Gives(key, "set-schedule", new
        {
            phases = new[]
            {
                new { phase = "PreElection", at = $"{spring:yyyy-MM-dd}T02:30" }, // does not exist: the clock jumps from 02:00 to 03:00
                new { phase = "Voting", at = $"{spring:yyyy-MM-dd}T07:00" },
                new { phase = "Counting", at = $"{autumn:yyyy-MM-dd}T02:30" }, // is shown twice: the earlier counts
                new { phase = "Certification", at = $"{autumn:yyyy-MM-dd}T02:30+01:00" }, // the later one, said with its offset
            },
        });

        (await lead.Read(key)).GetProperty("schedule").EnumerateArray().Select(s => ElectionStories.Text(s.GetProperty("startsAt").GetDateTimeOffset())).ShouldBe(
        [
            $"{spring:yyyy-MM-dd}T01:00:00Z", $"{spring:yyyy-MM-dd}T05:00:00Z", $"{autumn:yyyy-MM-dd}T00:30:00Z", $"{autumn:yyyy-MM-dd}T01:30:00Z",
        ]);
    }

    [Fact]
    public async Task A_schedule_that_does_not_hold_together_is_refused()
    {
        var lead = await server.Staff("el-01", "election-lead");
        var key = (await lead.Register(StreamCalls.NewRegion())).ShouldBe(201).Key;
        var now = await lead.Now();
        object Two(DateTimeOffset voting, DateTimeOffset counting) => new { phases = new[] { new { phase = "Voting", at = ElectionStories.Text(voting) }, new { phase = "Counting", at = ElectionStories.Text(counting) } } };

        (await lead.Give(key, "set-schedule", Two(now.AddDays(2), now.AddDays(1)))).ShouldBeProblem(422, "guard-failed", guard: "schedule-unbroken");
        (await lead.Give(key, "set-schedule", new { phases = new[] { new { phase = "PreElection", at = "yesterday" } } })).ShouldBeProblem(422, "guard-failed", guard: "phase-time");
        (await lead.Give(key, "amend-schedule", new { phases = ElectionStories.Phases(now), reason = "none yet" })).ShouldBeProblem(422, "guard-failed", guard: "schedule-set");
        (await lead.Give(key, "set-schedule", new { phases = ElectionStories.Phases(now, shift: -3) })).ShouldBeProblem(422, "guard-failed", guard: "phase-ahead");
        (await lead.Give(key, "set-schedule", new { phases = ElectionStories.Phases(now) })).ShouldBeDone();
        (await lead.Give(key, "set-schedule", new { phases = ElectionStories.Phases(now) })).ShouldBeProblem(422, "guard-failed", guard: "schedule-unset");
    }

    [Fact]
    public async Task Near_staff_and_executives_read_their_parts_and_another_region_nothing()
    {
        var lead = await server.Staff("el-01", "election-lead");
        var region = StreamCalls.NewRegion();
        var key = (await lead.Send(HttpMethod.Post, "/v1/elections", new { region, electionType = "Local", tz = "UTC", authority = "Commission", electionDay = "2090-05-16", contacts = new[] { "vault-9" } })).ShouldBe(201).Key;

        (await lead.Get($"/v1/elections/{key}")).Text.ShouldContain("vault-9");
        var near = (await (await server.As("spec-77", regions: [region])).Get($"/v1/elections/{key}")).ShouldBe(200);
        near.Text.ShouldNotContain("vault-9");
        near.Json.TryGetProperty("tasks", out JsonElement _).ShouldBeTrue();
        var executive = (await (await server.As("exec-01", roles: ["executive"], regions: [region])).Get($"/v1/elections/{key}")).ShouldBe(200);
        executive.Json.TryGetProperty("tasks", out _).ShouldBeFalse();
        (await (await server.As("spec-07", regions: ["XS"])).Get($"/v1/elections/{key}")).ShouldBeProblem(404, "not-found");
        (await lead.Listed($"/v1/elections?region={region}&state=Registered&open=true&q=Commission")).ShouldBe([key]);
        (await lead.Listed($"/v1/elections?region={region}&state=Voting")).ShouldBeEmpty();
    }

    private static DateTime LastSunday(int year, int month)
    {
        var last = new DateTime(year, month, DateTime.DaysInMonth(year, month), 0, 0, 0, DateTimeKind.Unspecified);
        return last.AddDays(-(int)last.DayOfWeek);
    }
}
