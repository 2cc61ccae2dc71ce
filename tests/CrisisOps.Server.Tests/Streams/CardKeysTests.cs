using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Elections;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Streams;

/// <summary>Keys that people say over the telephone.</summary>
public sealed class CardKeysTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Each_kind_has_keys_of_its_own_form()
    {
        var electionLead = await server.Staff("el-01", "election-lead");
        var year = (await electionLead.Now()).Year;

        var crisis = await server.StandUp("XN");
        await crisis.StandDown();
        var review = await crisis.Review();
        var recommendation = (await crisis.Lead.Send(HttpMethod.Post, "/v1/recommendations", new { type = "Process", problem = "late", proposal = "sooner", reviewKey = review })).ShouldBe(201);

        crisis.Key.ShouldBe($"CR-{year}-0001");
        review.ShouldBe($"PIR-{year}-0001");
        recommendation.Key.ShouldBe("IMP-1");
        (await (await server.Staff("pm-01", "partner-manager")).Send(HttpMethod.Post, "/v1/partners", new { name = "Civic Watch", type = "FactChecker" })).ShouldBe(201).Key.ShouldBe("PRT-001");
        (await electionLead.Send(HttpMethod.Post, "/v1/contacts", new { kind = "Person", @ref = "el-01" })).ShouldBe(201).Key.ShouldBe("CNT-000001");
        (await electionLead.Register("XN", day: "2027-05-16")).ShouldBe(201).Key.ShouldBe("EL-XN-2027-01");
        (await electionLead.Register("XN", day: "2027-09-12")).ShouldBe(201).Key.ShouldBe("EL-XN-2027-02");
        (await electionLead.Register("XN-01", day: "2027-05-16")).ShouldBe(201).Key.ShouldBe("EL-XN-01-2027-01");
        (await electionLead.Read("EL-XN-01-2027-01")).GetProperty("title").GetString().ShouldBe("Parliamentary, XN-01, 2027-05-16");
    }
}
