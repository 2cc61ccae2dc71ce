using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Timelines;
using Shouldly;

namespace CrisisOps.Server.Tests.Reactions;

/// <summary>A crisis that was stood down is reviewed by itself (domain §3, P17).</summary>
public sealed class ReviewRuleTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_stand_down_opens_the_review_with_the_timeline_as_it_stood_then()
    {
        var crisis = await server.StandUp();
        await crisis.StandDown();
        await server.Database.RulesHeard();

        var read = await crisis.Lead.Read(crisis.Key);
        read.GetProperty("state").GetString().ShouldBe("UnderReview");
        var review = await crisis.Lead.Read(read.GetProperty("reviewKey").GetString()!);
        review.GetProperty("state").GetString().ShouldBe("Draft");
        review.GetProperty("owner").GetString().ShouldBe("ic-01"); // nobody owned a case: whoever stood it down
        review.GetProperty("frozenAsOf").GetDateTimeOffset().ShouldBe(read.GetProperty("stoodDownAt").GetDateTimeOffset());
        review.GetProperty("dueAt").GetDateTimeOffset().ShouldBe(read.GetProperty("reviewDueAt").GetDateTimeOffset());
        (await server.Database.Failed()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_owns_the_first_case_owns_the_review()
    {
        var crisis = await server.StandUp();
        var owner = await server.Staff("spec-31", "specialist");
        var escalation = await owner.RaisedIn(crisis.Region);
        await owner.TriageWorst(escalation, crisis.Region, "SEV2");
        await owner.Gives(escalation, "take");
        await server.Link(owner, escalation, crisis.Key);

        await crisis.StandDown();
        await server.Database.RulesHeard();

        (await crisis.Lead.Read($"PIR-{crisis.Key[3..]}")).GetProperty("owner").GetString().ShouldBe("spec-31");
    }

    [Fact]
    public async Task Taken_up_again_the_review_waits_and_at_the_second_stand_down_it_starts_anew()
    {
        var crisis = await server.StandUp();
        await crisis.StandDown();
        await server.Database.RulesHeard();
        var key = $"PIR-{crisis.Key[3..]}";
        var before = await crisis.Lead.Read(key);

        await crisis.Lead.Gives(crisis.Key, "reactivate", new { reason = "a second live video", incidentCommander = "ic-01" });
        await server.Database.RulesHeard();

        (await crisis.Lead.Read(key)).TryGetProperty("dueAt", out _).ShouldBeFalse();
        await crisis.StandDown();
        await server.Database.RulesHeard();
        var after = await crisis.Lead.Read(key);
        after.GetProperty("state").GetString().ShouldBe("Draft");
        after.GetProperty("dueAt").GetDateTimeOffset().ShouldBeGreaterThan(before.GetProperty("dueAt").GetDateTimeOffset());
        after.GetProperty("frozenAsOf").GetDateTimeOffset().ShouldBe((await crisis.Lead.Read(crisis.Key)).GetProperty("stoodDownAt").GetDateTimeOffset());
        (await server.Database.Scalar<long>("select count(*) from crisis.mt_events where stream_id = $1 and type = 'review_restarted'", key)).ShouldBe(1);
    }
}
