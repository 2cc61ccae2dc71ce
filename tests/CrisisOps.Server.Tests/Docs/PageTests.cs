using System.Text.RegularExpressions;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Docs;

/// <summary>The pages about running a crisis and an election work as printed.</summary>
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
}
