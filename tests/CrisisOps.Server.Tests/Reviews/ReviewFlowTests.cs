using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Reviews;

/// <summary>The review of a crisis that was stood down.</summary>
public sealed class ReviewFlowTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_review_is_drafted_submitted_returned_and_approved_by_somebody_else()
    {
        var (crisis, review) = await Opened();
        (await crisis.Lead.Give(review, "submit")).ShouldBeProblem(422, "guard-failed", guard: "factor-recorded");
        await crisis.Commander.Gives(review, "record-contributing-factor", new { text = "Nobody read the language." });
        (await crisis.Liaison.Give(review, "submit")).ShouldBeProblem(403, "forbidden", guard: "review-owner");
        (await crisis.Lead.Gives(review, "submit")).State.ShouldBe("InReview");
        (await crisis.Lead.Give(review, "approve")).ShouldBeProblem(422, "guard-failed", guard: "four-eyes");
        var other = await server.Staff("lead-02", "duty-lead");
        (await other.Gives(review, "return", new { reason = "name the gap" })).State.ShouldBe("Draft");
        await crisis.Lead.Gives(review, "submit");
        (await other.Gives(review, "approve")).State.ShouldBe("Reviewed");
        await crisis.Lead.Gives(review, "publish", new { audience = "Executive", summary = "We answered late." });
        (await crisis.Lead.Gives(review, "close")).State.ShouldBe("Closed");
    }

    [Fact]
    public async Task A_review_that_does_not_meet_in_time_is_overdue_once()
    {
        var (crisis, review) = await Opened();

        await crisis.Lead.Pass(TimeSpan.FromDays(4));

        (await server.Database.Recorded(review, "review_overdue")).ShouldHaveSingleItem();
        (await server.Database.DeadlineState(review, "ReviewDue")).ShouldBe("Missed");
        (await crisis.Lead.Read(review)).GetProperty("overdue").GetBoolean().ShouldBeTrue();
        await crisis.Lead.Gives(review, "record-contributing-factor", new { text = "Nobody read the language." });
        await crisis.Lead.Gives(review, "submit");
        (await server.Database.DeadlineState(review, "ReviewDue")).ShouldBe("Late");
    }

    [Fact]
    public async Task A_crisis_has_one_review_and_only_once_it_was_stood_down()
    {
        var (crisis, review) = await Opened();
        (await Open(crisis.Lead, crisis.Key)).ShouldBeProblem(409, "illegal-transition")["stream"].ShouldBe(review);
        var live = await server.StandUp();
        (await Open(crisis.Lead, live.Key)).ShouldBeProblem(422, "guard-failed", guard: "crisis-stood-down");
        (await Open(crisis.Lead, "CR-2027-9999")).ShouldBeProblem(422, "guard-failed", guard: "crisis-known");
    }

    [Fact]
    public async Task Whoever_may_not_see_the_crisis_learns_nothing_of_its_review()
    {
        var (crisis, review) = await Opened();
        var stranger = await server.As("lead-09", roles: ["duty-lead"], regions: ["XS"]);
        var before = await server.Database.Everything();

        var known = await Open(stranger, crisis.Key);
        var unknown = await Open(stranger, "CR-2027-9999");

        known.ShouldBeProblem(422, "guard-failed", guard: "crisis-known");
        known.Text.Replace(crisis.Key, "CR-2027-9999", StringComparison.Ordinal).ShouldBe(unknown.Text);
        (await stranger.Send(HttpMethod.Post, "/v1/reviews", Body(crisis.Key, await stranger.Now()), ifMatch: "\"7\"")).ETag.ShouldBe("\"0\"");
        (await stranger.Get($"/v1/reviews/{review}")).ShouldBeProblem(404, "not-found");
        (await stranger.Listed("/v1/reviews?limit=500")).ShouldBeEmpty();
        (await server.Database.Everything()).ShouldBe(before);
    }

    [Fact]
    public async Task What_the_crisis_masks_is_masked_in_its_review()
    {
        var crisis = await server.StandUp();
        await crisis.Commander.Gives(crisis.Key, "mask-term", new { term = "Jorn Falk" });
        await crisis.StandDown();
        var review = await crisis.Review();
        await crisis.Commander.Gives(review, "record-contributing-factor", new { text = "The manifesto of Jorn Falk was known." });
        var near = await server.As("spec-77", regions: [crisis.Region]);

        (await near.Get($"/v1/reviews/{review}")).ShouldBe(200).Text.ShouldNotContain("Falk");
        (await near.Listed("/v1/reviews?q=Falk")).ShouldBeEmpty();
        (await near.Listed("/v1/reviews?q=manifesto&state=Draft&open=true")).ShouldBe([review]);
        (await crisis.Lead.Get($"/v1/reviews/{review}")).Text.ShouldContain("Falk");
    }

    private async Task<(CrisisStories.Crisis Crisis, string Review)> Opened()
    {
        var crisis = await server.StandUp();
        await crisis.StandDown();
        return (crisis, await crisis.Review());
    }

    private static async Task<Answer> Open(Api lead, string crisis) => await lead.Send(HttpMethod.Post, "/v1/reviews", Body(crisis, await lead.Now()));

    private static object Body(string crisis, DateTimeOffset now) => new { crisisKey = crisis, owner = "lead-01", dueAt = now.AddDays(3) };
}
