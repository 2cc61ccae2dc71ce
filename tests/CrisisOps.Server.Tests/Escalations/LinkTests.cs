using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Escalations;

public sealed class LinkTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_link_to_what_is_not_known_is_refused_over_http()
    {
        var api = await server.As("spec-04");
        var key = await api.Raised();

        (await api.Post(key, "link-to-crisis", new { crisisKey = "CR-2027-9999" })).ShouldBeProblem(422, "guard-failed", guard: "crisis-known");
        (await api.Post(key, "link-to-crisis", new { crisisKey = key, byRule = true })).ShouldBeProblem(422, "guard-failed", guard: "link-by-rule");
        (await api.Post(key, "link-to-election", new { electionKey = key })).ShouldBeProblem(422, "guard-failed", guard: "election-known");
        (await api.Post(key, "unlink", new { key = "CR-2027-9999" })).ShouldBeProblem(422, "guard-failed", guard: "link-stands");
        (await api.Post(key, "link-to-crisis", new { })).ShouldBeProblem(422, "validation", member: "crisisKey");
        (await api.Post(key, "unlink", new { key = "" })).ShouldBeProblem(422, "validation", member: "key");
    }

    [Fact]
    public async Task Another_role_and_a_specialist_elsewhere_link_nothing()
    {
        var key = await (await server.As("spec-04")).Raised();
        var counsel = await server.As("legal-01", roles: ["legal-counsel", "analyst"]);
        var elsewhere = await server.As("spec-09", regions: ["XS"]);

        (await counsel.Post(key, "link-to-crisis", new { crisisKey = "CR-2027-0007" })).ShouldBeProblem(403, "forbidden");
        (await elsewhere.Post(key, "link-to-crisis", new { crisisKey = "CR-2027-0007" })).Status.ShouldBe(404);
    }
}
