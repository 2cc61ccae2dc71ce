using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Timelines;
using Shouldly;

namespace CrisisOps.Server.Tests.Reactions;

/// <summary>The cluster rule (domain §3, P2; §9.5), heard of through the door.</summary>
public sealed class ClusterTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Fifty_reports_at_once_propose_one_crisis_that_holds_them_all()
    {
        var region = RuleCalls.NewCountry();
        var lead = await server.Staff("lead-01", "duty-lead", "specialist");

        var keys = await Task.WhenAll(Enumerable.Range(0, 50).Select(async i =>
        {
            var key = await lead.RaisedIn(region);
            if (i == 17)
            {
                await lead.TriageWorst(key, region);
            }

            return key;
        }));
        await server.Database.RulesHeard();

        var crisis = (await server.Database.CrisesOf(keys)).ShouldHaveSingleItem();
        (await lead.Attached(crisis)).ShouldBe(keys.Order(StringComparer.Ordinal));
        var read = await lead.Read(crisis);
        read.GetProperty("state").GetString().ShouldBe("Proposed");
        read.GetProperty("trigger").GetString().ShouldBe("ClusterRule");
        read.GetProperty("type").GetString().ShouldBe("MassCasualtyViolence");
    }

    [Fact]
    public async Task A_fourth_report_in_the_window_is_attached_and_linked_once_it_is_declared_and_a_late_one_is_not()
    {
        var region = RuleCalls.NewCountry();
        var lead = await server.Staff("lead-01", "duty-lead", "specialist");
        var first = await server.Cluster(lead, region);
        var crisis = (await server.Database.CrisesOf(first)).ShouldHaveSingleItem();
        (await lead.CrisisOf(first[0])).ShouldBeNull();
        await lead.Declare(crisis);
        await lead.Pass(TimeSpan.FromMinutes(10));

        var fourth = await lead.RaisedIn(region);
        await server.Database.RulesHeard();

        (await lead.Attached(crisis)).ShouldBe([.. first, fourth]);
        foreach (var key in (string[])[.. first, fourth])
        {
            (await lead.CrisisOf(key)).ShouldBe(crisis);
        }

        (await lead.Timeline(crisis)).ShouldContain(e => e.Id() == $"{fourth}@1");
        await lead.Pass(TimeSpan.FromMinutes(16));
        var late = await lead.RaisedIn(region);
        await server.Database.RulesHeard();
        (await lead.Attached(crisis)).ShouldNotContain(late);
        (await lead.CrisisOf(late)).ShouldBeNull();
    }

    [Fact]
    public async Task Reports_without_a_triaged_SEV1_propose_nothing_until_one_becomes_it()
    {
        var region = RuleCalls.NewCountry();
        var lead = await server.Staff("lead-01", "duty-lead", "specialist");
        string[] keys = [await lead.RaisedIn(region), await lead.RaisedIn(region), (await lead.Raise(new { region = new[] { region }, proposedSeverity = "SEV1" })).Key];
        await lead.TriageWorst(keys[0], region, "SEV2");
        await server.Database.RulesHeard();
        (await server.Database.CrisesOf(keys)).ShouldBeEmpty();

        await lead.Gives(keys[0], "change-severity", new { severity = "SEV1", reason = "it is live" });
        await server.Database.RulesHeard();

        (await server.Database.CrisesOf(keys)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_region_is_matched_by_its_country_two_countries_are_apart_and_an_exercise_is_apart_from_what_is_real()
    {
        var lead = await server.Staff("lead-01", "duty-lead", "specialist");
        var (one, other) = (RuleCalls.NewCountry(), RuleCalls.NewCountry());
        string[] here = [await lead.RaisedIn(one), await lead.RaisedIn($"{one}-01"), await lead.RaisedIn($"{one}-02")];
        string[] there = [await lead.RaisedIn(other), await lead.RaisedIn(other)];
        string[] drill = [await lead.RaisedIn(one, exercise: true), await lead.RaisedIn(one, exercise: true)];
        await lead.TriageWorst(there[0], other);
        await lead.TriageWorst(drill[0], one);
        await lead.TriageWorst(here[2], $"{one}-02");
        await server.Database.RulesHeard();

        var crisis = (await server.Database.CrisesOf(here)).ShouldHaveSingleItem();
        (await lead.Attached(crisis)).ShouldBe(here);
        (await server.Database.CrisesOf(there)).ShouldBeEmpty();
        (await server.Database.CrisesOf(drill)).ShouldBeEmpty();

        var third = await lead.RaisedIn($"{one}-07", exercise: true);
        await server.Database.RulesHeard();
        var exercise = (await server.Database.CrisesOf(drill)).ShouldHaveSingleItem();
        (await lead.Attached(exercise)).ShouldBe([.. drill, third]);
        (await lead.Read(exercise)).GetProperty("exercise").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_region_that_always_has_many_reports_does_not_trip_it_with_as_many()
    {
        var region = RuleCalls.NewCountry();
        var lead = await server.Staff("lead-01", "duty-lead", "specialist");
        var pattern = await lead.RaisedIn(region);
        // Four in each quarter of an hour, for four weeks: twelve would be three times that.
        await server.Database.Execute(
            """
            insert into crisis.escalations select (jsonb_populate_record(e, jsonb_build_object('key', 'ESC-2019-' || n, 'natural_key', null, 'raised_at', e.raised_at - n * interval '225 seconds' - interval '20 minutes'))).*
              from crisis.escalations e, generate_series(1, 28 * 24 * 16) n where e.key = $1
            """,
            pattern);

        var keys = await server.Cluster(lead, region);
        (await server.Database.CrisesOf(keys)).ShouldBeEmpty();
        for (var i = 0; i < 8; i++)
        {
            await lead.RaisedIn(region);
        }

        await server.Database.RulesHeard();
        (await server.Database.CrisesOf(keys)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task To_a_crisis_that_a_person_proposed_meanwhile_the_reports_are_attached()
    {
        var region = RuleCalls.NewCountry();
        var lead = await server.Staff("lead-01", "duty-lead", "specialist");
        var proposed = (await lead.Propose(region, type: "HarmfulViralTrend")).ShouldBe(201).Key;
        string[] keys = [await lead.RaisedIn(region), await lead.RaisedIn(region), await lead.RaisedIn(region)];
        await lead.Gives(keys[0], "triage", new { severity = "SEV1", policyArea = "SuicideSelfInjury", region = new[] { region }, duplicateSearchDone = true });
        await server.Database.RulesHeard();

        (await server.Database.CrisesOf(keys)).ShouldBe([proposed]);
        (await lead.Attached(proposed)).ShouldBe(keys);
    }
}
