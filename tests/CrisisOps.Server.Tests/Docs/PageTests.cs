using System.Text.RegularExpressions;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Docs;

/// <summary>The pages about running a crisis, running an election, working on a signal, taking in a partner, connecting a source, the intake of alerts, being reached, saying what one is told and replaying an incident work as printed.</summary>
public sealed class PageTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Running_a_crisis_works_as_printed()
    {
        var printed = await PageTour.Play("docs/crises.md", server.Node.Url);

        printed.ShouldNotContain("/problems/");
        printed.ShouldContain("\"type\":\"CrisisStoodDown\"");
        Regex.Count(printed, "\"type\":\"SitRepPublished\"").ShouldBe(2, printed);
    }

    [Fact]
    public async Task Running_an_election_works_as_printed()
    {
        var printed = await PageTour.Play("docs/elections.md", server.Node.Url);

        printed.ShouldNotContain("/problems/");
        printed.ShouldContain("\"type\":\"PhaseScheduleSet\"");
    }

    [Fact]
    public async Task Working_on_a_signal_works_as_printed()
    {
        var printed = await PageTour.Play("docs/risks.md", server.Node.Url);

        printed.ShouldNotContain("/problems/");
        printed.ShouldContain("\"type\":\"RiskCrisisProposed\"");
    }

    [Fact]
    public async Task Taking_in_a_partner_works_as_printed()
    {
        var printed = await PageTour.Play("docs/partners.md", server.Node.Url);

        printed.ShouldNotContain("/problems/");
        printed.ShouldContain("\"type\":\"PartnerEndpointVerified\"");
        printed.ShouldContain("\"secretGeneration\":2");
    }

    [Fact]
    public async Task Connecting_a_source_works_as_printed()
    {
        var printed = await PageTour.Play("docs/connecting-a-source.md", server.Node.Url);

        printed.ShouldNotContain("/problems/");
        Regex.Count(printed, "\"apiKey\":\"[a-z0-9]{32}\"").ShouldBe(2, printed);
        Regex.Count(printed, "\"receipt\":").ShouldBe(2, printed); // with the key, and signed
        printed.ShouldContain("\"type\":\"MaintenancePlanned\"");
        printed.ShouldContain("\"state\":\"Retired\"");
    }

    [Theory]
    [InlineData("own-alerts", 3)]
    [InlineData("cloudevents", 1)]
    [InlineData("cap", 1)]
    [InlineData("pagerduty", 1)]
    [InlineData("alertmanager", 1)]
    [InlineData("coop", 1)]
    public async Task Sending_in_a_format_works_as_printed(string format, int atLeast)
    {
        var printed = await PageTour.Play(["docs/intake/README.md", $"docs/intake/{format}.md"], server.Node.Url);

        printed.ShouldNotContain("/problems/");
        Regex.Count(printed, "\"receipt\":|\"kept\":1|\"status\":\"success\"").ShouldBeGreaterThanOrEqualTo(atLeast, printed);
    }

    [Fact]
    public async Task Writing_the_rules_of_the_intake_works_as_printed()
    {
        var printed = await PageTour.Play("docs/intake/rules.md", server.Node.Url);

        printed.ShouldNotContain("/problems/");
        printed.ShouldContain("\"raised\":2,\"wouldRaise\":1,\"otherSeverity\":1");
        printed.ShouldContain("\"keptThen\":false,\"keptNow\":true");
        printed.ShouldContain("less severe than the floor of the rule 'Norland monitor'");
    }

    [Fact]
    public async Task Seeing_what_was_folded_works_as_printed()
    {
        var printed = await PageTour.Play("docs/intake/dedup.md", server.Node.Url);

        printed.ShouldNotContain("/problems/");
        printed.ShouldContain("It was folded in: this escalation was open under the dedup key 'station-12' of the same source.");
        printed.ShouldContain("It raised this escalation: no open one had its dedup key or its content.");
        printed.ShouldContain("That closes nothing here.");
        Regex.Count(printed, "\"escalation\":\"ESC-").ShouldBe(4, printed);
    }

    [Fact]
    public async Task Being_reached_works_as_printed()
    {
        var printed = await PageTour.Play("docs/contacts.md", server.Node.Url);

        printed.ShouldNotContain("/problems/");
        printed.ShouldContain("\"type\":\"ContactAddressVerified\"");
        printed.ShouldContain("\"address\":\"me@team.example\"");
        printed.ShouldContain("\"type\":\"ContactRemoved\"");
    }

    [Fact]
    public async Task Saying_what_one_is_told_works_as_printed()
    {
        var printed = await PageTour.Play("docs/subscriptions.md", server.Node.Url);

        printed.ShouldNotContain("/problems/");
        printed.ShouldContain("\"type\":\"SubscriptionChanged\"");
        printed.ShouldContain("\"state\":\"Removed\"");
    }

    [Fact]
    public async Task Replaying_an_incident_works_as_printed()
    {
        var printed = await PageTour.Play("docs/replaying-an-incident.md", server.Node.Url);

        printed.ShouldNotContain("/problems/");
        Regex.Count(printed, "event: entry").ShouldBeGreaterThanOrEqualTo(3, printed);
        printed.ShouldContain("event: end");
        printed.ShouldMatch("\"reader\":\"lead-01\"[^}]*/v1/timelines/\\{key\\}");
    }
}
