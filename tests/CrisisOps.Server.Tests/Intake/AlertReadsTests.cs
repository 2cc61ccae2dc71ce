using CrisisOps.Server.Tests.Harness;
using Shouldly;
using static CrisisOps.Server.Tests.Intake.AlertCalls;

namespace CrisisOps.Server.Tests.Intake;

/// <summary>Who reads alerts that are RED is noted, whether they stand behind a case or raised nothing.</summary>
public sealed class AlertReadsTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task The_alerts_behind_a_RED_case_and_a_RED_one_that_raised_nothing_are_noted()
    {
        var feed = await server.Feed();
        var lead = await server.As("lead-67", roles: ["duty-lead"], regions: ["*"], clearance: "RED");
        var receipt = await feed.Sends(Alert("their address", severity: "critical"));
        await server.Database.RulesHeard();
        var key = (await server.CaseOf(receipt)).ShouldNotBeNull();
        (await lead.Get($"/v1/escalations/{key}/alerts")).ShouldBe(200);
        (await Noted(key)).ShouldBeEmpty();
        await lead.Gives(key, "raise-tlp", new { to = "RED", reason = "names a victim" });
        await server.Maintenance(feed, "PT1H");
        await feed.Sends(Alert("their names", severity: "critical"));
        await server.Database.Execute("update crisis.alerts set tlp = 4 where escalation is null and source = $1", feed.Source); // as if its source reported in RED

        (await lead.Get($"/v1/escalations/{key}/alerts")).ShouldBe(200).Text.ShouldContain("their address");
        (await lead.Get($"/v1/alerts/kept?source={feed.Source}")).ShouldBe(200).Text.ShouldContain("their names");

        (await Noted(key)).ShouldContain("lead-67 /v1/escalations/{key}/alerts");
        (await Noted(feed.Source)).ShouldBe(["lead-67 /v1/alerts/kept"]);
    }

    private Task<List<string>> Noted(string stream) => server.Database.Column<string>("select reader || ' ' || route from crisis.reads where stream = $1", stream);
}
