using CrisisOps.Server.Tests.Harness;
using Shouldly;
using static CrisisOps.Server.Tests.Scenarios.NorlandRows;

namespace CrisisOps.Server.Tests.Scenarios;

/// <summary>What was refused on the way, and how it ended (domain §7, assertions 11, 15 and 19).</summary>
[Collection(NorlandCollection.Name)]
public sealed class NorlandGuardTests(NorlandStory story)
{
    [Fact]
    public void SeverityFloor() => story.Tried("triage").ShouldBeProblem(422, "guard-failed", guard: "election-severity-floor");

    [Fact]
    public async Task StandDownGuard()
    {
        story.Tried("stand-down").ShouldBeProblem(422, "guard-failed", guard: "alerts-cancelled");

        (await (await story.Person("ic-05")).Read(CR7)).Instant("stoodDownAt").ShouldBeSoonAfter(At("05-17 14:00:00"));
    }

    [Fact]
    public async Task Review()
    {
        var lead = await story.Person("duty-lead-01");
        var crisis = await lead.Read(CR7);

        story.Tried("close before the review").ShouldBeProblem(422, "guard-failed", guard: "review-reviewed");
        story.Tried("close before the last owner").ShouldBeProblem(422, "guard-failed", guard: "recommendations-owned").Text.ShouldContain("IMP-33");
        crisis.Text("reviewKey").ShouldBe("PIR-2027-0007");
        crisis.Instant("reviewDueAt").ShouldBeSoonAfter(At("05-20 14:00:00"));
        crisis.Text("state").ShouldBe("Closed");
        crisis.Text("holdDecision").ShouldContain("HLD-9 kept");
        var review = await lead.Read("PIR-2027-0007");
        review.Text("owner").ShouldBe("spec-04");
        review.Instant("frozenAsOf").ShouldBeSoonAfter(At("05-17 14:00:00"));
        review.GetProperty("recommendations").EnumerateArray().Select(r => r.GetString()).ShouldBe(["IMP-31", "IMP-32", "IMP-33"]);
        foreach (var key in (string[])["IMP-31", "IMP-32", "IMP-33"])
        {
            (await lead.Read(key)).Text("owner").ShouldBe("spec-04");
        }
    }

    [Fact]
    public async Task Handoff_and_command_are_two_things()
    {
        var lead = await story.Person("duty-lead-01");

        (await lead.Read(E105)).Text("owner").ShouldBe("spec-09");
        (await lead.Read(CR7, "?asOf=2027-05-15T18:03:00Z")).Text("commander").ShouldBe("ic-01");
        (await lead.Read(CR7, "?asOf=2027-05-15T18:10:00Z")).Text("commander").ShouldBe("ic-05");
    }
}
