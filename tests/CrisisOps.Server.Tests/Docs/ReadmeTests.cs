using System.Text.RegularExpressions;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Docs;

/// <summary>The tour of the README, run line by line as somebody would paste it.</summary>
public sealed class ReadmeTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task The_tour_works_as_printed()
    {
        var printed = await PageTour.Play("README.md", server.Node.Url);

        // Taken, noted, acted, confirmed; refused exactly once, by the guard that the README speaks of.
        Regex.Count(printed, "\"state\":\"Investigating\",\"events\"").ShouldBe(4, printed);
        Regex.Count(printed, "/problems/").ShouldBe(1, printed);
        printed.ShouldContain("\"guard\":\"four-eyes\"");
        printed.ShouldContain("event: entry");
        printed.ShouldContain("Lead is watching.");
        Regex.Count(printed, "^/v1/escalations/ESC-.*/", RegexOptions.Multiline).ShouldBeGreaterThan(5, printed);
        printed.ShouldContain("\"why\":\"threat to life or live content; SEV1;");
    }
}
