using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Elections;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Reactions;

/// <summary>What begins with a phase of an election (domain §3, P9).</summary>
public sealed class ElectionRuleTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_phase_turns_on_what_is_planned_for_it_and_nothing_else()
    {
        var lead = await server.Staff("el-01", "election-lead");
        var key = await lead.Scheduled(RuleCalls.NewCountry());
        object[] measures =
        [
            new { phase = "SilencePeriod", kind = "PoliticalAdsPause", afterPhase = "Counting", hours = 168 },
            new { phase = "Counting", kind = "PrematureVictoryLabels", afterPhase = "Counting", hours = 48 },
        ];
        await lead.Gives(key, "plan-measures", new { measures });
        var now = await lead.Now();

        await lead.MoveTo(now.AddDays(2.5));
        (await Active(lead, key)).ShouldBe(["PoliticalAdsPause"]);
        await lead.MoveTo(now.AddDays(4.5));

        (await Active(lead, key)).ShouldBe(["PoliticalAdsPause", "PrematureVictoryLabels"]);
        (await server.Database.Scalar<string>("select user_name from crisis.mt_events where stream_id = $1 and type = 'election_measure_activated' limit 1", key)).ShouldBe("system");
    }

    [Fact]
    public async Task Silence_and_voting_set_the_least_severity_of_voter_interference_and_the_counting_lifts_it()
    {
        var region = RuleCalls.NewCountry();
        var lead = await server.Staff("el-01", "election-lead");
        var specialist = await server.Staff("spec-04", "specialist");
        await lead.Scheduled(region);
        var now = await lead.Now();
        (await Triage(specialist, region)).ShouldBeDone();

        await lead.MoveTo(now.AddDays(2.5));
        (await Triage(specialist, region)).ShouldBeProblem(422, "guard-failed", guard: "election-severity-floor");
        (await Triage(specialist, $"{region}-01")).ShouldBeProblem(422, "guard-failed", guard: "election-severity-floor");
        (await Triage(specialist, RuleCalls.NewCountry())).ShouldBeDone();
        (await Triage(specialist, region, area: "Misinformation")).ShouldBeDone();
        await lead.MoveTo(now.AddDays(4.5));

        (await Triage(specialist, region)).ShouldBeDone();
    }

    [Fact]
    public async Task With_two_elections_in_one_region_the_floor_stands_until_the_last_of_them_is_over_with_it()
    {
        var region = RuleCalls.NewCountry();
        var lead = await server.Staff("el-01", "election-lead");
        var specialist = await server.Staff("spec-04", "specialist");
        var first = await lead.Scheduled(region);
        var now = await lead.Now();
        var second = (await lead.Send(HttpMethod.Post, "/v1/elections", new
        {
            region,
            electionType = "Local",
            tz = "Europe/Vienna",
            authority = "Norland Electoral Commission",
            electionDay = $"{now.Year + 2}-06-20",
        })).ShouldBe(201).Key;
        await lead.Gives(second, "assess-risk", new { tier = "High", drivers = new[] { "Polarisation" }, confidence = "moderate" });
        await lead.Gives(second, "set-schedule", new { phases = ElectionStories.Phases(now, shift: 1.5) });

        await lead.MoveTo(now.AddDays(4.2)); // the first counts, the second is silent
        (await Triage(specialist, region)).ShouldBeProblem(422, "guard-failed", guard: "election-severity-floor");
        await lead.MoveTo(now.AddDays(6));

        (await lead.Read(first)).GetProperty("state").GetString().ShouldNotBe("Voting");
        (await Triage(specialist, region)).ShouldBeDone();
    }

    [Fact]
    public async Task An_exercise_sets_no_floor_for_what_is_real()
    {
        var region = RuleCalls.NewCountry();
        var lead = await server.Staff("el-01", "election-lead");
        var specialist = await server.Staff("spec-04", "specialist");
        var now = await lead.Now();
        var key = (await lead.Send(HttpMethod.Post, "/v1/elections", new
        {
            region,
            electionType = "Local",
            tz = "Europe/Vienna",
            authority = "Drill",
            electionDay = $"{now.Year + 2}-06-20",
            exercise = true,
        })).ShouldBe(201).Key;
        await lead.Gives(key, "assess-risk", new { tier = "High", drivers = new[] { "Polarisation" }, confidence = "moderate" });
        await lead.Gives(key, "set-schedule", new { phases = ElectionStories.Phases(now) });

        await lead.MoveTo(now.AddDays(2.5));

        (await lead.Read(key)).GetProperty("state").GetString().ShouldBe("SilencePeriod");
        (await Triage(specialist, region)).ShouldBeDone();
    }

    private static async Task<Answer> Triage(Api specialist, string region, string area = "VoterInterference") => await specialist.Give(
        await specialist.RaisedIn(region), "triage", new { severity = "SEV3", policyArea = area, region = new[] { region }, duplicateSearchDone = true });

    private static async Task<string?[]> Active(Api lead, string key) =>
        [.. (await lead.Read(key)).GetProperty("measures").EnumerateArray().Where(m => m.GetProperty("active").GetBoolean()).Select(m => m.GetProperty("kind").GetString())];
}
