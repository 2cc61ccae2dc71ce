using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Timelines;
using Shouldly;

namespace CrisisOps.Server.Tests.Reactions;

/// <summary>What people decided about a cluster stands; the rule adds only what nobody has decided about.</summary>
public sealed class ClusterAndPeopleTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_split_makes_a_second_proposal_and_a_later_report_mixes_them_no_more()
    {
        var (lead, region, keys, crisis) = await Proposed();

        await lead.Gives(crisis, "split-proposal", new { escalations = new[] { keys[0] }, summary = "Another town" });
        await server.Database.RulesHeard();

        var second = (await server.Database.CrisesOf(keys)).Single(c => c != crisis);
        (await lead.Attached(second)).ShouldBe([keys[0]]);
        (await lead.Attached(crisis)).ShouldBe(keys[1..]);
        var fourth = await lead.RaisedIn(region);
        await server.Database.RulesHeard();
        (await lead.Attached(second)).ShouldBe([keys[0]]);
        (await lead.Attached(crisis)).ShouldBe([.. keys[1..], fourth]);
    }

    [Fact]
    public async Task What_a_person_detached_is_not_attached_again_by_a_later_report()
    {
        var (lead, region, keys, crisis) = await Proposed();
        await lead.Declare(crisis);
        await server.Database.RulesHeard();

        await lead.Gives(crisis, "detach-escalation", new { escalationKey = keys[0], reason = "another story" });
        await server.Database.RulesHeard();
        (await lead.CrisisOf(keys[0])).ShouldBeNull();
        var fourth = await lead.RaisedIn(region);
        await server.Database.RulesHeard();

        (await lead.Attached(crisis)).ShouldBe([.. keys[1..], fourth]);
        (await lead.CrisisOf(keys[0])).ShouldBeNull();
    }

    [Fact]
    public async Task A_rejected_proposal_is_not_proposed_again_for_the_same_reports()
    {
        var (lead, region, keys, crisis) = await Proposed();
        await lead.Gives(crisis, "reject-proposal", new { reason = "a film set" });

        await lead.RaisedIn(region);
        await lead.TriageWorst(keys[1], region);
        await server.Database.RulesHeard();

        (await server.Database.CrisesOf(keys)).ShouldBe([crisis]);
        await lead.RaisedIn(region);
        var third = await lead.RaisedIn(region);
        await lead.TriageWorst(third, region);
        await server.Database.RulesHeard();
        var next = (await server.Database.CrisesOf(third)).ShouldHaveSingleItem();
        next.ShouldNotBe(crisis);
        (await lead.Attached(next)).Length.ShouldBe(3);
    }

    [Fact]
    public async Task A_report_that_was_merged_counts_and_is_not_attached_itself()
    {
        var lead = await server.Staff("lead-01", "duty-lead", "specialist");
        var region = RuleCalls.NewCountry();
        string[] keys = [await lead.RaisedIn(region), await lead.RaisedIn(region), await lead.RaisedIn(region)];
        await lead.Gives(keys[1], "merge", new { into = keys[0] });

        await lead.TriageWorst(keys[0], region);
        await server.Database.RulesHeard();

        var crisis = (await server.Database.CrisesOf(keys)).ShouldHaveSingleItem();
        (await lead.Attached(crisis)).ShouldBe([keys[0], keys[2]]);
    }

    [Fact]
    public async Task A_crisis_that_was_reclassified_takes_the_later_report_too()
    {
        var (lead, region, keys, crisis) = await Proposed();
        await lead.Gives(crisis, "reclassify-crisis", new { type = "CivilUnrest" });

        var fourth = await lead.RaisedIn(region);
        await server.Database.RulesHeard();

        (await server.Database.CrisesOf([.. keys, fourth])).ShouldBe([crisis]);
        (await lead.Attached(crisis)).ShouldBe([.. keys, fourth]);
    }

    [Fact]
    public async Task A_crisis_that_is_merged_hands_its_escalations_over_and_both_sides_say_so()
    {
        var (lead, _, keys, crisis) = await Proposed();
        await lead.Declare(crisis);
        await server.Database.RulesHeard();
        var target = await server.StandUp();

        await lead.Gives(crisis, "merge", new { into = target.Key });
        await server.Database.RulesHeard();

        (await lead.Attached(target.Key)).ShouldBe(keys);
        foreach (var key in keys)
        {
            (await lead.CrisisOf(key)).ShouldBe(target.Key);
        }

        (await lead.Timeline(target.Key)).Ids().ShouldContain($"{keys[0]}@1");
        (await lead.Timeline(crisis)).ShouldAllBe(e => e.GetProperty("stream").GetString() == crisis);
    }

    [Fact]
    public async Task A_proposal_that_is_merged_into_another_hands_over_what_is_linked_only_later()
    {
        var (lead, region, keys, crisis) = await Proposed();
        var target = (await lead.Propose(region, type: "CivilUnrest")).ShouldBe(201).Key;

        await lead.Gives(crisis, "merge", new { into = target });
        await server.Database.RulesHeard();

        (await lead.Attached(target)).ShouldBe(keys);
        (await lead.CrisisOf(keys[0])).ShouldBeNull();
        await lead.Declare(target);
        await server.Database.RulesHeard();
        (await lead.CrisisOf(keys[0])).ShouldBe(target);
    }

    [Fact]
    public async Task A_link_and_an_unlink_by_hand_are_mirrored_on_the_crisis_and_an_attach_and_a_detach_on_the_escalation()
    {
        var crisis = await server.StandUp();
        var lead = crisis.Lead;
        var escalation = await lead.RaisedIn(crisis.Region);

        await server.Link(lead, escalation, crisis.Key);
        (await lead.Attached(crisis.Key)).ShouldBe([escalation]);
        await lead.Gives(escalation, "unlink", new { key = crisis.Key, reason = "another story" });
        await server.Database.RulesHeard();
        (await lead.Attached(crisis.Key)).ShouldBeEmpty();
        await lead.Gives(crisis.Key, "attach-escalation", new { escalationKey = escalation });
        await server.Database.RulesHeard();
        (await lead.CrisisOf(escalation)).ShouldBe(crisis.Key);
        await lead.Gives(crisis.Key, "detach-escalation", new { escalationKey = escalation, reason = "another story" });
        await server.Database.RulesHeard();
        (await lead.CrisisOf(escalation)).ShouldBeNull();
        (await server.Database.Failed()).ShouldBeEmpty();
    }

    private async Task<(Api Lead, string Region, string[] Keys, string Crisis)> Proposed()
    {
        var region = RuleCalls.NewCountry();
        var lead = await server.Staff("lead-01", "duty-lead", "specialist");
        var keys = await server.Cluster(lead, region);
        return (lead, region, keys, (await server.Database.CrisesOf(keys)).ShouldHaveSingleItem());
    }
}
