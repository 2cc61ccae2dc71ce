using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Access;

/// <summary>The same case, as each audience reads it.</summary>
public sealed class AudienceTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Url = "https://platform.example/v/4711";

    [Fact]
    public async Task Core_reads_everything_and_a_consulted_function_neither_requester_nor_evidence_nor_addresses()
    {
        var (specialist, key) = await Case();
        var legal = await server.As("legal-01", roles: ["legal-counsel"], functions: ["Legal"]);
        (await legal.Get($"/v1/escalations/{key}")).ShouldBeProblem(404, "not-found");
        (await specialist.Post(key, "request-input", new { question = "May this stay up?", function = "Legal", dueAt = "2090-01-01T00:00:00Z" })).ShouldBeDone();

        var core = (await specialist.Get($"/v1/escalations/{key}")).ShouldBe(200);
        var consulted = (await legal.Get($"/v1/escalations/{key}")).ShouldBe(200);
        var timeline = (await legal.Get($"/v1/timelines/{key}")).ShouldBe(200);

        core.Text.ShouldContain("vault-7");
        core.Text.ShouldContain(Url);
        Members(core).ShouldContain("evidence");
        foreach (var answer in new[] { consulted, timeline })
        {
            answer.Text.ShouldNotContain("vault-7");
            answer.Text.ShouldNotContain("PRT-1");
            answer.Text.ShouldNotContain(Url);
            answer.Text.ShouldNotContain("for us alone");
        }

        Members(consulted).ShouldNotContain("requester");
        Members(consulted).ShouldNotContain("evidence");
        Members(consulted).ShouldNotContain("contentRefs");
        consulted.Text.ShouldContain("May this stay up?");
        timeline.Text.ShouldContain("for everybody");
    }

    [Fact]
    public async Task An_executive_reads_the_condition_and_no_evidence_or_allegation()
    {
        var (_, key) = await Case();
        var executive = await server.As("exec-01", roles: ["executive"]);

        var seen = (await executive.Get($"/v1/escalations/{key}")).ShouldBe(200);
        var timeline = (await executive.Get($"/v1/timelines/{key}")).ShouldBe(200);

        Members(seen).ShouldBeSubsetOf(["key", "version", "state", "title", "regions", "policyArea", "effectiveSeverity", "flags", "tlp", "raisedAt", "outcome", "resolvedAt", "nextUpdateDue", "commands"]);
        seen.Json.GetProperty("commands").GetArrayLength().ShouldBe(0);
        foreach (var text in (string[])["graphic", "EVD-1", Url, "vault-7", "for us alone", "for everybody", "spec-04"])
        {
            seen.Text.ShouldNotContain(text);
            timeline.Text.ShouldNotContain(text);
        }
    }

    [Fact]
    public async Task The_partner_that_raised_it_reads_a_receipt_and_entries_meant_for_it()
    {
        var (specialist, key) = await Case();
        var partner = await server.As("civic-watch", roles: ["partner"], partner: "PRT-1");
        (await specialist.Post(key, "take", new { severity = "SEV1" })).ShouldBeDone();

        var seen = (await partner.Get($"/v1/escalations/{key}")).ShouldBe(200);
        var timeline = (await partner.Get($"/v1/timelines/{key}")).ShouldBe(200);

        Members(seen).ShouldBeSubsetOf(["key", "state", "raisedAt", "externalRef", "commands"]);
        seen["state"].ShouldBe("UnderReview");
        timeline.Text.ShouldContain("We have received your report");
        timeline.Text.ShouldNotContain("version");
        foreach (var text in (string[])["spec-04", "SEV", "EVD-1", "for us alone", "for everybody", "Posts call"])
        {
            seen.Text.ShouldNotContain(text);
            timeline.Text.ShouldNotContain(text);
        }
    }

    [Fact]
    public async Task A_filter_finds_nothing_that_is_read_as_a_receipt_only_whatever_role_the_partners_token_has()
    {
        var (_, key) = await Case();
        var machine = await server.As("civic-machine", roles: ["integration"], partner: "PRT-1");

        (await machine.Get("/v1/escalations")).ShouldBe(200).Text.ShouldContain(key);
        (await machine.Get("/v1/escalations?severity=SEV2")).Text.ShouldNotContain(key);
        (await machine.Get("/v1/escalations?state=Received")).Text.ShouldNotContain(key);
    }

    private async Task<(Api Specialist, string Key)> Case()
    {
        var specialist = await server.As("spec-04");
        var key = await specialist.Raised(new
        {
            source = "TrustedPartner",
            allegation = "graphic scenes",
            requester = new { partnerId = "PRT-1", contactRef = "vault-7" },
            contentRefs = new[] { new { itemId = "4711", itemType = "video", url = Url } },
            evidenceRefs = new[] { "EVD-1" },
        });
        (await specialist.Post(key, "post-note", new { text = "for us alone", coreOnly = true })).ShouldBeDone();
        (await specialist.Note(key, "for everybody")).ShouldBeDone();
        return (specialist, key);
    }

    private static IEnumerable<string> Members(Answer answer) => answer.Json.EnumerateObject().Select(m => m.Name);
}
