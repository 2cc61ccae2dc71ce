using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Access;

/// <summary>RED names its readers; break-glass opens for an hour, and tells.</summary>
public sealed class NeedToKnowTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_red_case_is_read_by_its_owner_and_by_whoever_is_named_and_by_nobody_else()
    {
        var (owner, key) = await Red();
        var colleague = await server.As("spec-09", clearance: "RED");
        (await colleague.Get($"/v1/escalations/{key}")).ShouldBeProblem(404, "not-found");
        (await owner.Post(key, "name-reader", new { person = "spec-08", reason = "works on it" })).ShouldBeProblem(422, "guard-failed", guard: "reader-known");
        await Known("spec-08", "AMBER");
        (await owner.Post(key, "name-reader", new { person = "spec-08", reason = "works on it" })).ShouldBeProblem(422, "guard-failed", guard: "reader-cleared");
        await Known("spec-09", "RED");

        (await owner.Post(key, "name-reader", new { person = "spec-09", reason = "works on it" })).ShouldBeDone();
        (await colleague.Get($"/v1/escalations/{key}")).ShouldBe(200);
        (await colleague.Get($"/v1/timelines/{key}")).ShouldBe(200).Text.ShouldContain("spec-09");
        (await owner.Post(key, "unname-reader", new { person = "spec-09", reason = "done" })).ShouldBeDone();
        (await colleague.Get($"/v1/escalations/{key}")).ShouldBeProblem(404, "not-found");
    }

    [Fact]
    public async Task Break_glass_gives_a_duty_lead_sight_for_an_hour_and_is_on_the_timeline()
    {
        var (owner, key) = await Red();
        var lead = await server.As("lead-05", roles: ["duty-lead"], clearance: "AMBER");
        var specialist = await server.As("spec-09", clearance: "AMBER");
        (await specialist.Post(key, "break-glass-read", new { reason = "curious" })).ShouldBeProblem(404, "not-found");
        (await lead.Get($"/v1/escalations/{key}")).ShouldBeProblem(404, "not-found");
        (await lead.Post(key, "break-glass-read", new { })).ShouldBeProblem(422, "validation");

        (await lead.Post(key, "break-glass-read", new { reason = "the owner can not be reached" })).ShouldBeDone();

        (await lead.Get($"/v1/escalations/{key}")).ShouldBe(200);
        (await lead.Get($"/v1/timelines/{key}")).ShouldBe(200).Text.ShouldContain("names a victim");
        (await owner.Get($"/v1/timelines/{key}")).Text.ShouldContain("lead-05 reads by break-glass");
        await owner.Pass(TimeSpan.FromMinutes(61));
        (await lead.Get($"/v1/escalations/{key}")).ShouldBeProblem(404, "not-found");
        (await lead.Get($"/v1/timelines/{key}")).ShouldBeProblem(404, "not-found");
        (await owner.Get($"/v1/timelines/{key}")).Text.ShouldContain("lead-05 no longer reads");
    }

    [Fact]
    public async Task A_referral_to_law_enforcement_is_read_on_the_timeline_by_the_named_only()
    {
        var owner = await server.As("spec-04", clearance: "RED");
        var colleague = await server.As("spec-09", clearance: "RED");
        var executive = await server.As("exec-01", roles: ["executive"], clearance: "RED");
        var key = await owner.Raised(new { threatToLife = true });
        (await owner.Post(key, "take", new { })).ShouldBeDone();
        (await owner.Post(key, "refer-to-law-enforcement", new { basis = "ThreatToLife", authority = "Norland National Police", reference = "LEA-77" })).ShouldBeDone();

        (await owner.Get($"/v1/timelines/{key}")).Text.ShouldContain("LEA-77");
        (await colleague.Get($"/v1/timelines/{key}")).ShouldBe(200).Text.ShouldNotContain("Police");
        (await executive.Get($"/v1/timelines/{key}")).ShouldBe(200).Text.ShouldNotContain("Police");
        (await executive.Get($"/v1/escalations/{key}")).ShouldBe(200).Text.ShouldNotContain("Police");
    }

    private async Task<(Api Owner, string Key)> Red()
    {
        var owner = await server.As("spec-04", clearance: "RED");
        var key = await owner.Raised();
        (await owner.Post(key, "take", new { })).ShouldBeDone();
        (await owner.Post(key, "raise-tlp", new { to = "RED", reason = "names a victim" })).ShouldBeDone();
        return (owner, key);
    }

    private async Task Known(string id, string clearance) =>
        (await (await server.As("admin-01", roles: ["admin"])).Put($"/v1/directory/people/{id}", new { roles = new[] { "specialist" }, clearance })).ShouldBe(200);
}
