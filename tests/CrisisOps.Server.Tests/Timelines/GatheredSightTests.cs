using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Timelines;

/// <summary>Each entry of a gathered timeline is read with the right on its own stream; the timeline itself with that on the crisis.</summary>
public sealed class GatheredSightTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_reader_of_another_region_reads_the_crisis_and_not_the_escalation()
    {
        var (crisis, escalation, _) = await InTwoRegions();
        var here = await server.As("spec-71", regions: [crisis.Region]);

        var seen = await here.Timeline(crisis.Key);

        seen.ShouldNotBeEmpty();
        seen.ShouldAllBe(e => e.GetProperty("stream").GetString() == crisis.Key);
        (await here.Get($"/v1/timelines/{escalation}")).ShouldBeProblem(404, "not-found");
    }

    [Fact]
    public async Task A_specialist_of_both_regions_reads_the_escalation_as_Core_and_the_crisis_as_a_consulted_function()
    {
        var (crisis, escalation, region) = await InTwoRegions();
        await crisis.Commander.Gives(crisis.Key, "post-note", new { text = "for the command", coreOnly = true });
        (await crisis.Lead.Post(escalation, "post-note", new { text = "for the team", coreOnly = true })).ShouldBeDone();

        var both = (await (await server.As("spec-72", regions: [crisis.Region, region])).Timeline(crisis.Key)).Select(e => e.Headline()).ToArray();

        both.ShouldContain("for the team");
        both.ShouldNotContain("for the command");
        (await crisis.Commander.Timeline(crisis.Key)).Select(e => e.Headline()).ShouldContain("for the command");
    }

    [Fact]
    public async Task Whoever_may_not_see_the_crisis_gets_404_although_linked_escalations_are_theirs()
    {
        var (crisis, escalation, region) = await InTwoRegions();
        var there = await server.As("spec-73", regions: [region]);

        (await there.Timeline(escalation)).ShouldNotBeEmpty();
        (await there.Get($"/v1/timelines/{crisis.Key}")).ShouldBeProblem(404, "not-found");
        (await there.Get($"/v1/timelines/{crisis.Key}/live")).ShouldBeProblem(404, "not-found");
        (await there.Get($"/v1/timelines/{crisis.Key}?kind=Raised&order=recorded&limit=1")).ShouldBeProblem(404, "not-found");
    }

    [Fact]
    public async Task What_pages_hold_does_not_depend_on_what_their_reader_does_not_see()
    {
        var (crisis, escalation, _) = await InTwoRegions();
        for (var i = 0; i < 5; i++)
        {
            (await crisis.Lead.Note(escalation, $"out of sight {i}")).ShouldBeDone();
        }

        await crisis.Commander.Gives(crisis.Key, "post-note", new { text = "in sight" });
        var here = await server.As("spec-74", regions: [crisis.Region]);

        (await here.Pages(crisis.Key, "order=occurred", 1)).Ids().ShouldBe((await here.Timeline(crisis.Key)).Ids());
        (await here.Pages(crisis.Key, "order=recorded", 2)).Select(e => e.Headline()).ShouldContain("in sight");
    }

    [Fact]
    public async Task An_update_that_went_out_in_public_is_read_by_whoever_reads_the_crisis_under_its_secrecy()
    {
        var crisis = await server.StandUp();
        await crisis.Lead.Gives(crisis.Key, "raise-tlp", new { to = "AMBER+STRICT", reason = "names of victims" });
        await crisis.Commander.Gives(crisis.Key, "release-holding-line", new { });

        var told = (await crisis.Commander.Timeline(crisis.Key)).Where(e => e.GetProperty("tlp").GetString() == "CLEAR").ToArray();

        told.ShouldHaveSingleItem();
        (await (await server.As("spec-75", regions: [crisis.Region], clearance: "AMBER")).Get($"/v1/timelines/{crisis.Key}")).ShouldBeProblem(404, "not-found");
    }

    /// <summary>A crisis, and an escalation of another region that is linked to it.</summary>
    private async Task<(CrisisStories.Crisis Crisis, string Escalation, string Region)> InTwoRegions()
    {
        var crisis = await server.StandUp();
        var region = StreamCalls.NewRegion();
        var escalation = await crisis.Lead.Raised(new { region = new[] { region } });
        await server.Link(crisis.Lead, escalation, crisis.Key);
        return (crisis, escalation, region);
    }
}
