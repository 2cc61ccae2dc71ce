using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Docs;

public sealed class ReviewPageTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Running_a_review_works_as_printed()
    {
        var printed = await PageTour.Play("docs/running-a-review.md", server.Node.Url);

        printed.ShouldNotContain("/problems/");
        foreach (var type in (string[])["ReviewSubmitted", "ReviewApproved", "RecommendationVerified", "CrisisClosed", "ReviewClosed"])
        {
            printed.ShouldContain($"\"type\":\"{type}\"");
        }

        printed.ShouldContain("\"stood\":");
        printed.ShouldContain("\n## Timeline\n");
    }
}
