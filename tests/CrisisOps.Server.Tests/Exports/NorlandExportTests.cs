using System.Globalization;
using System.Text.Json;
using System.Xml;
using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Scenarios;
using Shouldly;
using static CrisisOps.Server.Tests.Scenarios.NorlandRows;

namespace CrisisOps.Server.Tests.Exports;

/// <summary>The incident of Norland as a document, for each audience.</summary>
[Collection(NorlandCollection.Name)]
public sealed class NorlandExportTests(NorlandStory story)
{
    /// <summary>What each audience must not read (domain §4), beside what an audience above it must not.</summary>
    private static readonly (string Audience, string[] Secrets)[] _secrets =
    [
        ("CrossFunctional", ["11 injured", "LEA-77", "Norland National Police", "LE_REFERRAL", "vault:", "norland-civic-watch", "No account details"]),
        ("Executive", ["hash-0", "VideoHub Alliance", "OpenHash Exchange", "Norland Civic Watch", "spec-09", "legal-ops-01", "policy-sme-02", "FIRST_RESPONSE", "Needs:"]),
        ("Public", ["HARBOUR", "CR-2027", "ESC-2027", "EL-XN", "PIR-", "IMP-", "SEV1", "Level1", "AMBER", "ic-01", "pio-01", "Live video", "Situation report", "LEV-1", "Norland"]),
    ];

    [Theory]
    [InlineData("html")]
    [InlineData("markdown")]
    public async Task Nothing_above_an_audience_is_in_what_is_made_for_it(string format)
    {
        var lead = await story.Person("ic-01");
        (await lead.Export(CR7, format)).ShouldBe(200).Text.ShouldContain("11 injured");
        for (var audience = 0; audience < _secrets.Length; audience++)
        {
            var made = (await lead.Export(CR7, format, $"&audience={_secrets[audience].Audience}")).ShouldBe(200).Text;

            foreach (var secret in _secrets[..(audience + 1)].SelectMany(s => s.Secrets))
            {
                made.ShouldNotContain(secret, Case.Insensitive, $"{_secrets[audience].Audience}: {secret}");
            }
        }
    }

    [Theory]
    [InlineData("Executive")]
    [InlineData("CrossFunctional")]
    public async Task What_is_made_for_an_audience_is_what_a_reader_of_that_audience_makes(string audience)
    {
        var executive = audience == "Executive"
            ? await story.As("exec-01", roles: ["executive"], regions: ["XN"], clearance: "AMBER+STRICT")
            : await story.As("pe-01", roles: ["policy-expert"], regions: ["XN"], clearance: "AMBER+STRICT");

        var own = (await executive.Export(CR7, "html", "&asOf=2027-05-20T12:30:00Z")).Html();
        var made = (await (await story.Person("ic-01")).Export(CR7, "html", $"&audience={audience}&asOf=2027-05-20T12:30:00Z")).Html();

        made.All("dd").ShouldContain(d => d.Value == audience);
        // The command sees more cases than they do, and of what both see the same words.
        var rows = made.Table("Timeline");
        own.Table("Timeline").Length.ShouldBeGreaterThan(20);
        own.Table("Timeline").ShouldAllBe(row => rows.Any(r => r.SequenceEqual(row)));
        rows.Where(r => r[1].StartsWith(CR7, StringComparison.Ordinal)).Select(r => string.Join('|', r)).ShouldBe(
            own.Table("Timeline").Where(r => r[1].StartsWith(CR7, StringComparison.Ordinal)).Select(r => string.Join('|', r)));
    }

    [Fact]
    public async Task Nobody_makes_what_they_may_not_read_themselves()
    {
        var executive = await story.As("exec-01", roles: ["executive"], regions: ["XN"], clearance: "AMBER+STRICT");

        (await executive.Export(CR7, "html", "&audience=Core")).ShouldBeProblem(403, "forbidden");
        (await executive.Export(CR7, "markdown", "&audience=CrossFunctional")).ShouldBeProblem(403, "forbidden");
        (await executive.Export(CR7, "html", "&audience=Public")).ShouldBe(200);
        // What is written for executives alone is not for the consulted functions.
        (await (await story.As("pe-01", roles: ["policy-expert"], regions: ["XN"], clearance: "AMBER+STRICT")).Export(CR7, "html", "&audience=Executive")).ShouldBeProblem(403, "forbidden");
        (await (await story.As("spec-99", regions: ["XS"])).Export(CR7, "html")).ShouldBeProblem(404, "not-found");
        (await (await story.Person("norland-civic-watch")).Export(CR7, "html")).ShouldBeProblem(404, "not-found");
        (await (await story.Person("ic-01")).Export("CR-2027-9999", "html")).ShouldBeProblem(404, "not-found");
        (await (await story.Person("ic-01")).Export(CR7, "html", "&asOf=2027-05-15T14:00:00Z")).ShouldBeProblem(404, "not-found"); // it was not there yet
    }

    [Theory]
    [InlineData("format=pdf", "format")]
    [InlineData("format=html&audience=Everybody", "audience")]
    [InlineData("format=html&audience=Partner", "audience")]
    [InlineData("format=html&audience=2", "audience")]
    [InlineData("format=markdown&zone=Europe/Norland", "zone")]
    [InlineData("format=markdown&zone=%2B02:00", "zone")]
    [InlineData("format=markdown&zone=../../etc/passwd", "zone")]
    [InlineData("format=html&asOf=yesterday", "asOf")]
    [InlineData("format=html&colour=red", "colour")]
    public async Task What_can_not_be_made_says_why(string query, string member) =>
        (await (await story.Person("ic-01")).Get($"/v1/crises/{CR7}/export?{query}")).ShouldBeProblem(422, "validation", member: member);

    [Theory]
    [InlineData("Core")]
    [InlineData("CrossFunctional")]
    [InlineData("Executive")]
    [InlineData("Public")]
    public async Task The_page_is_well_formed_and_needs_and_runs_nothing(string audience)
    {
        var answer = await (await story.Person("ic-01")).Export(CR7, "html", $"&audience={audience}");
        var page = answer.Html();

        page.DescendantsAndSelf().Select(e => e.Name.LocalName).Distinct().Except(
            ["html", "head", "meta", "title", "style", "body", "h1", "h2", "dl", "dt", "dd", "p", "figure", "figcaption", "svg", "rect", "text", "table", "thead", "tbody", "tr", "th", "td"]).ShouldBeEmpty();
        page.DescendantsAndSelf().SelectMany(e => e.Attributes()).Where(a => !a.IsNamespaceDeclaration).Select(a => a.Name.LocalName).Distinct().Except(
            ["lang", "charset", "http-equiv", "content", "name", "scope", "role", "viewBox", "width", "height", "font-family", "font-size", "x", "y", "fill", "data-seconds", "data-count"]).ShouldBeEmpty();
        answer.Text.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal).ShouldNotContain("://");
        page.All("style").Single().Value.ShouldNotContain("url(");
        page.All("style").Single().Value.ShouldNotContain("@import");
        var policy = answer.Headers["Content-Security-Policy"].ShouldHaveSingleItem();
        policy.ShouldStartWith("default-src 'none'; style-src 'sha256-");
        policy.ShouldNotContain("unsafe");
        policy.ShouldStartWith(page.All("meta").Single(m => m.Attribute("http-equiv") is not null).Attribute("content")!.Value);
        answer.Headers["X-Content-Type-Options"].ShouldBe(["nosniff"]);
    }

    [Fact]
    public async Task The_style_is_the_one_that_the_policy_lets_in()
    {
        var answer = await (await story.Person("ic-01")).Export(CR7, "html", "&audience=Public");
        var style = answer.Text[(answer.Text.IndexOf("<style>", StringComparison.Ordinal) + 7)..answer.Text.IndexOf("</style>", StringComparison.Ordinal)];

        answer.Headers["Content-Security-Policy"].Single().ShouldContain(
            $"'sha256-{Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(style)))}'");
    }

    [Fact]
    public async Task The_numbers_of_the_drawings_are_the_facts()
    {
        var lead = await story.Person("ic-01");
        var frozen = (await lead.Read("PIR-2027-0007")).GetProperty("frozenAsOf").GetString();
        var facts = (await lead.Get("/v1/reviews/PIR-2027-0007/facts")).ShouldBe(200).Json.GetProperty("facts");

        var shapes = (await lead.Export(CR7, "html", $"&asOf={frozen}")).Html().All("rect").ToArray();

        double Seconds(JsonElement fact, string member) => XmlConvert.ToTimeSpan(fact.Text(member)).TotalSeconds;
        double[] byFacts =
        [
            .. facts.GetProperty("timeIn").EnumerateArray().Where(t => (t.Text("stream") == CR7 && t.Text("value") != "StoodDown") || t.Text("of") == "Severity").Select(t => Seconds(t, "lasted")),
            .. facts.GetProperty("timeTo").EnumerateArray().Where(t => t.Text("stream") == CR7).Select(t => Seconds(t, "took")),
            .. facts.GetProperty("alerts").EnumerateArray().SelectMany(a => a.GetProperty("partners").EnumerateArray()).Where(p => p.TryGetProperty("after", out _)).Select(p => Seconds(p, "after")),
        ];
        shapes.Select(s => s.Attribute("data-seconds")).Where(s => s is not null).Select(s => Math.Round(double.Parse(s!.Value, CultureInfo.InvariantCulture), 3))
            .ShouldBe(byFacts.Select(f => Math.Round(f, 3)), ignoreOrder: true);
        var deliveries = facts.GetProperty("deliveries");
        shapes.Select(s => s.Attribute("data-count")?.Value).Where(s => s is not null).ShouldBe(
            [$"{deliveries.GetProperty("delivered")}", $"{deliveries.GetProperty("acknowledged")}", $"{deliveries.GetProperty("waiting")}", "0", $"{deliveries.GetProperty("notSent")}"]);
    }

    [Fact]
    public async Task The_facts_the_timeline_and_what_came_of_it_stand_in_both_formats()
    {
        var lead = await story.Person("ic-01");
        var page = (await lead.Export(CR7, "html")).Html();
        var markdown = (await lead.Export(CR7, "markdown")).ShouldBe(200);

        page.Table("How long it took").Single(r => r[0] == CR7 && r[1] == "PartnersAlerted")[2].ShouldMatch("^(6 min 5[0-9]|7 min [0-9]) s$");
        page.Table("What was late").ShouldHaveSingleItem()[1].ShouldBe("FIRST_RESPONSE");
        page.Table("What was corrected").ShouldHaveSingleItem()[0].ShouldBe(Entry(32));
        page.Table("Recommendations").Select(r => r[0]).ShouldBe(["IMP-31", "IMP-32", "IMP-33"]);
        // The same entries as on the timeline, in its order, and those of the cases that the review names.
        page.Table("Timeline").Select(r => r[1]).ShouldBe((await NorlandStory.Timeline(lead, CR7)).Select(e => e.Text("entryId")));
        page.Table($"Timeline of {E104}").Select(r => r[1]).ShouldBe((await NorlandStory.Timeline(lead, E104)).Select(e => e.Text("entryId")));
        page.Table("Who was told").Length.ShouldBe((await lead.Get($"/v1/deliveries?incident={CR7}&limit=500")).Json.GetProperty("items").GetArrayLength()
            + (await lead.Get($"/v1/deliveries?incident={E104}&limit=500")).Json.GetProperty("items").GetArrayLength()
            + (await lead.Get($"/v1/deliveries?incident={E105}&limit=500")).Json.GetProperty("items").GetArrayLength());
        page.Table("Timeline").Single(r => r[1] == Entry(8))[0].ShouldBe($"2027-05-15 13:52:00 +00:00\nlearned {Written(Recorded(E101, 1), 0)}");
        markdown.MediaType.ShouldBe("text/markdown");
        foreach (var heading in page.All("h2").Select(h => h.Value))
        {
            markdown.Text.ShouldContain($"\n## {heading}\n");
        }

        markdown.Text.Split('\n').Count(l => l.StartsWith("| 2027-", StringComparison.Ordinal)).ShouldBe(
            page.All("td").Count(c => c.ElementsBeforeSelf().Any() is false && c.Value.StartsWith("2027-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Instants_are_written_in_the_zone_of_the_reader_with_their_offset()
    {
        var lead = await story.Person("ic-01");

        var declared = Recorded(CR7, 3);
        Written(declared, 2).ShouldStartWith("2027-05-15 16:07:");
        (await lead.Export(CR7, "markdown", "&zone=Europe/Berlin")).Text.ShouldContain($"| {Written(declared, 2)} | CR-2027-0007\\@3 | Declared |");
        (await lead.Export(CR7, "markdown", "&zone=America/New_York")).Text.ShouldContain($"| {Written(declared, -4)} | CR-2027-0007\\@3 | Declared |");
        // The election was registered in winter, and voted in summer.
        var berlin = (await lead.Export(CR7, "markdown", "&zone=Europe/Berlin")).Text;
        berlin.ShouldContain($"| {Written(Recorded(EL1, 1), 1)} | EL-XN-2027-01\\@1 |");
        berlin.ShouldContain($"| {Written(Recorded(EL1, 9), 2)} | EL-XN-2027-01\\@9 |");
        berlin.ShouldContain("- Times: Europe/Berlin");
    }

    [Fact]
    public async Task To_the_public_goes_what_was_published_and_nothing_else()
    {
        var page = (await (await story.Person("ic-01")).Export(CR7, "html", "&audience=Public")).Html();

        page.All("h2").Select(h => h.Value).ShouldBe(["What was published"]);
        var said = page.Table("What was published").ShouldHaveSingleItem();
        said[1].ShouldBe("We are aware of the situation and are working with the authorities. We remove content that breaks our rules.");
    }

    [Fact]
    public async Task As_of_an_instant_nothing_later_is_in_it()
    {
        var page = (await (await story.Person("ic-01")).Export(CR7, "html", "&asOf=2027-05-15T14:19:00Z")).Html();

        page.Table("Timeline")[^1][1].ShouldBe(Entry(32));
        page.Table("Timeline")[^1][3].ShouldNotContain("corrected at");
        page.All("dd").Select(d => d.Value).ShouldContain("Active");
        page.Value.ShouldNotContain("SitRep");
        page.Value.ShouldContain("Nothing that you may read was corrected.");
    }

    private DateTimeOffset Recorded(string stream, long version) => story.Events.Single(e => e.Stream == stream && e.Version == version).At;

    /// <summary>As somebody so many hours from Greenwich writes it.</summary>
    private static string Written(DateTimeOffset at, int hours) => at.ToOffset(TimeSpan.FromHours(hours)).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);
}
