using System.Text.Json;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Crises;

/// <summary>Who reads what of a crisis: the command all of it, near staff what consulted functions read, executives the condition, everybody else nothing.</summary>
public sealed class CrisisSightTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Perpetrator = "Jorn Falk";

    [Fact]
    public async Task Each_audience_reads_its_own_members()
    {
        var crisis = await server.StandUp();
        await crisis.Press.Gives(crisis.Key, "draft-public-update", new { text = "We know of it." });
        await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "Video down." });
        await crisis.Liaison.Gives(crisis.Key, "issue-alert", new { recipients = new[] { "VideoHub Alliance" }, headline = "Attack", text = "Match these." });

        var core = await crisis.Commander.Read(crisis.Key);
        var former = await Former(crisis);
        var near = await (await server.As("spec-77", regions: [crisis.Region])).Read(crisis.Key);
        var executive = await (await server.As("exec-01", roles: ["executive"], regions: ["*"], clearance: "AMBER")).Read(crisis.Key);

        Has(core, "updates", "publicDrafts", "alerts", "served", "proposedBy", "maskedTerms").ShouldBe([true, true, true, true, true, true]);
        Has(former, "updates", "alerts").ShouldBe([true, true]);
        Has(near, "roles", "levers", "summary", "decisions", "updates", "publicDrafts", "alerts", "served", "maskedTerms", "holdDecision").ShouldBe([true, true, true, true, false, false, false, false, false, false]);
        Has(executive, "level", "commander", "nextSitRepDue", "summary", "roles", "levers", "tasks", "escalations", "updates").ShouldBe([true, true, true, false, false, false, false, false, false]);
    }

    [Fact]
    public async Task A_masked_term_stays_in_Core_in_reads_lists_search_and_the_past()
    {
        var crisis = await server.StandUp(summary: $"A video of {Perpetrator} is live");
        await crisis.Commander.Gives(crisis.Key, "add-task", new { title = $"Ask who knows {Perpetrator.ToUpperInvariant()}" });
        await crisis.Commander.Gives(crisis.Key, "mask-term", new { term = Perpetrator });
        var near = await server.As("spec-77", regions: [crisis.Region]);

        (await crisis.Commander.Get($"/v1/crises/{crisis.Key}")).Text.ShouldContain(Perpetrator);
        foreach (var path in (string[])[$"/v1/crises/{crisis.Key}", $"/v1/crises/{crisis.Key}?version=2", "/v1/crises?limit=500"])
        {
            (await near.Get(path)).ShouldBe(200).Text.ShouldNotContain("Falk", Case.Insensitive, path);
        }

        (await near.Read(crisis.Key)).GetProperty("summary").GetString()!.ShouldContain("[masked]");
        (await near.Listed($"/v1/crises?q={Uri.EscapeDataString(Perpetrator)}")).ShouldNotContain(crisis.Key);
        (await near.Listed("/v1/crises?q=HARBOUR&limit=500")).ShouldContain(crisis.Key);
    }

    [Fact]
    public async Task What_is_more_secret_than_the_crisis_stands_on_its_timeline_only_for_whoever_may_read_it()
    {
        var crisis = await server.StandUp();
        await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "The informant is safe.", tlp = "RED", audiences = new[] { new { audience = "Core" } } });
        await crisis.Commander.Gives(crisis.Key, "refer-to-law-enforcement", new { basis = "ThreatToLife", authority = "Norland National Police", reference = "LEA-4711" });
        var unnamed = await server.As("lead-44", roles: ["duty-lead"], clearance: "RED");

        foreach (var reader in new[] { unnamed, crisis.Commander })
        {
            var state = (await reader.Get($"/v1/crises/{crisis.Key}")).ShouldBe(200).Text;
            state.ShouldNotContain("informant");
            state.ShouldNotContain("LEA-4711");
        }

        (await unnamed.Get($"/v1/timelines/{crisis.Key}")).ShouldBe(200).Text.ShouldNotContain("informant");
        (await crisis.Commander.Get($"/v1/timelines/{crisis.Key}")).ShouldBe(200).Text.ShouldContain("informant");
    }

    [Fact]
    public async Task What_was_masked_later_is_masked_in_the_past_too()
    {
        var crisis = await server.StandUp(summary: $"A video of {Perpetrator} is live");
        await crisis.Commander.Gives(crisis.Key, "mask-term", new { term = Perpetrator });
        var near = await server.As("spec-77", regions: [crisis.Region]);

        (await near.Get($"/v1/crises/{crisis.Key}?version=1")).ShouldBe(200).Text.ShouldNotContain("Falk", Case.Insensitive);
        (await near.Get($"/v1/crises/{crisis.Key}?version=1")).Text.ShouldContain("[masked]");
    }

    [Fact]
    public async Task Another_region_or_a_lower_clearance_finds_nothing_anywhere()
    {
        var crisis = await server.StandUp();
        await crisis.Lead.Gives(crisis.Key, "raise-tlp", new { to = "AMBER+STRICT", reason = "names of victims" });
        Api[] strangers =
        [
            await server.As("spec-07", regions: ["XS"], clearance: "RED"), await server.As("spec-08", regions: [crisis.Region], clearance: "AMBER"),
            await server.As("partner-1", roles: ["partner"], partner: "PRT-1"), await server.As("nobody", roles: []),
        ];

        foreach (var stranger in strangers)
        {
            foreach (var path in (string[])["", "?version=1", "/board", "/sitrep-draft"])
            {
                (await stranger.Get($"/v1/crises/{crisis.Key}{path}")).ShouldBeProblem(404, "not-found");
            }

            (await stranger.Get("/v1/crises?limit=500")).ShouldBe(200).Text.ShouldNotContain(crisis.Key);
            (await stranger.Get("/v1/board")).ShouldBe(200).Text.ShouldNotContain(crisis.Key);
            (await stranger.Give(crisis.Key, "post-note", new { text = "I guess" })).ShouldBeProblem(404, "not-found");
        }
    }

    [Fact]
    public async Task An_executive_can_not_search_for_words_of_what_executives_do_not_read()
    {
        var crisis = await server.StandUp(summary: "Whispered harbourmaster story");
        var near = await server.As("spec-77", regions: [crisis.Region]);
        var executive = await server.As("exec-01", roles: ["executive"], regions: [crisis.Region]);

        (await near.Listed("/v1/crises?q=harbourmaster")).ShouldBe([crisis.Key]);
        (await executive.Listed("/v1/crises?q=harbourmaster")).ShouldBeEmpty();
        (await executive.Listed($"/v1/crises?q={crisis.Key}")).ShouldBe([crisis.Key]);
    }

    /// <summary>Somebody who held a role and gave it back.</summary>
    private async Task<JsonElement> Former(CrisisStories.Crisis crisis)
    {
        var scribe = await server.Staff("scribe-03", "specialist");
        await crisis.Commander.Gives(crisis.Key, "assign-role", new { role = "Scribe", person = "scribe-03" });
        await crisis.Commander.Gives(crisis.Key, "release-role", new { role = "Scribe" });
        return await scribe.Read(crisis.Key);
    }

    private static bool[] Has(JsonElement view, params string[] members) => [.. members.Select(m => view.TryGetProperty(m, out _))];
}
