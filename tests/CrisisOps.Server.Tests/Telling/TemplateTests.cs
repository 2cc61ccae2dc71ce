using System.Text.Json;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Telling;
using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Deliveries;
using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Scenarios;
using Shouldly;

namespace CrisisOps.Server.Tests.Telling;

/// <summary>Texts by kind, audience, channel and language, which name only what is listed.</summary>
public sealed class TemplateTests(MailServer server) : IClassFixture<MailServer>
{
    [Fact]
    public void Every_text_that_comes_with_the_program_names_only_what_its_kind_has_and_is_there_in_both_languages()
    {
        var delivered = Templates.Delivered.ToArray();
        delivered.ShouldNotBeEmpty();
        foreach (var (key, source) in delivered)
        {
            var (text, fault) = TemplateText.Read(source);
            fault.ShouldBeNull($"{key}");
            text!.Variables.ShouldBeSubsetOf(TemplateVariables.Of(Enum.Parse<DeliveryKind>(key.Kind)), $"{key}");
        }

        delivered.Where(t => t.Key.Language == "en").Select(t => t.Key with { Language = "de" }).ShouldBe(delivered.Where(t => t.Key.Language == "de").Select(t => t.Key), ignoreOrder: true);
    }

    [Fact]
    public void Every_kind_of_message_that_people_read_has_a_text_for_whoever_has_none_of_their_own()
    {
        var general = Templates.Delivered.Select(t => t.Key).Where(k => k is { Audience: TemplateKey.Any, Channel: TemplateKey.Any }).ToArray();

        foreach (var kind in Enum.GetValues<DeliveryKind>().Where(k => k != DeliveryKind.EnforcementOrder))
        {
            string.Join(' ', general.Where(k => k.Kind == $"{kind}").Select(k => k.Language).Order(StringComparer.Ordinal)).ShouldBe("de en", $"{kind}");
        }
    }

    [Fact]
    public void The_page_for_who_writes_the_texts_names_every_kind_and_what_it_may_name()
    {
        var rows = File.ReadLines(Path.Combine(Story.Root, "docs", "telling-stakeholders.md")).Where(l => l.StartsWith('|')).Select(l => l.Split('|')).Where(cells => cells.Length == 5).ToArray();

        foreach (var kind in Templates.Kinds)
        {
            var row = rows.Where(cells => cells[1].Contains($"`{kind}`", StringComparison.Ordinal)).ShouldHaveSingleItem(kind);
            row[3].Split(',').Select(v => v.Trim(' ', '`')).ShouldBe(TemplateVariables.Of(Enum.Parse<DeliveryKind>(kind)), ignoreOrder: true, kind);
        }
    }

    [Theory]
    [InlineData("Alert", "recipients")]
    [InlineData("AlertUpdate", "body")]
    [InlineData("AlertCancel", "address")]
    [InlineData("Verification", "headline")]
    [InlineData("Test", "confirm")]
    [InlineData("SubscriptionRequest", "scope")]
    public async Task A_text_names_only_what_its_kind_has(string kind, string variable)
    {
        var refused = await (await server.As("pio-07", roles: ["communications"])).Put("/v1/templates", new { kind, text = $"Subject\n{{{variable}}}" });

        refused.ShouldBeProblem(422, "validation", member: "text").Text.ShouldContain($"There is no variable '{variable}'");
    }

    [Fact]
    public void A_line_whose_variables_are_empty_is_left_out_and_one_with_a_mark_stands_only_with_it()
    {
        var (text, _) = TemplateText.Read("About {a}\nA is {a}.\nB is {b}.\n{?b}Only with b.\n{?a}Only with a.\nAlways.");

        text!.Render(new Dictionary<string, string?> { ["a"] = "1", ["b"] = null }).ShouldBe(("About 1", "A is 1.\nOnly with a.\nAlways.\n"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("A {brace")]
    [InlineData("A brace}")]
    [InlineData("Subject\n{?open")]
    public void What_is_no_template_is_not_taken(string source) => TemplateText.Read(source).Fault.ShouldNotBeNull();

    [Fact]
    public void What_people_wrote_is_no_template()
    {
        var (text, _) = TemplateText.Read("{a}");

        text!.Render(new Dictionary<string, string?> { ["a"] = "{b} {?c}\r\nBcc: x" }).Subject.ShouldBe("{b} {?c} Bcc: x");
    }

    [Fact]
    public async Task A_text_of_the_operator_goes_before_ours_for_its_audience_and_ours_comes_back()
    {
        var communications = await server.As("pio-07", roles: ["communications"]);
        (await communications.Put("/v1/templates", new { kind = "Reopened", audience = "Executive", text = "{incident} goes on\nThe board is told: {headline}" })).ShouldBe(200);
        var region = StreamCalls.NewRegion();
        var executive = await Reader.Of(server, role: "executive");
        await executive.Subscribes(region, audience: "Executive");
        var crisis = await server.StandUp(region);
        await crisis.StandDown();
        await crisis.Lead.Gives(crisis.Key, "reactivate", new { reason = "it goes on" });

        for (var subject = ""; subject != $"{crisis.Key} goes on";)
        {
            subject = (await executive.Next()).Subject;
        }

        (await communications.Get("/v1/templates?kind=Reopened")).ShouldBe(200).Text.ShouldContain("The board is told");
        (await communications.Put("/v1/templates", new { kind = "Reopened", audience = "Executive" })).ShouldBe(200);
        (await communications.Get("/v1/templates?kind=Reopened")).Text.ShouldNotContain("The board is told");
    }

    [Fact]
    public async Task A_text_that_names_what_there_is_not_is_refused_and_one_that_got_into_the_store_all_the_same_is_not_sent()
    {
        var communications = await server.As("pio-07", roles: ["communications"]);
        var refused = await communications.Put("/v1/templates", new { kind = "CaseUpdate", text = "{incident}\nReported by {reporter}" });
        refused.ShouldBe(422);
        refused.Text.ShouldContain("There is no variable 'reporter'");

        await server.Database.Execute("insert into crisis.templates values ('LevelChange', 'any', 'any', 'en', 'x {reporter}', 'somebody', now())");
        var region = StreamCalls.NewRegion();
        var reader = await Reader.Of(server);
        await reader.Subscribes(region);
        var crisis = await server.StandUp(region, consequence: 2);
        await reader.Next();
        await Eventually.Is(async () => (await communications.Get("/v1/templates?kind=LevelChange")).Text.Contains("{reporter}", StringComparison.Ordinal), "the text is known");

        await crisis.Commander.Gives(crisis.Key, "change-level", new { level = "Level1", reason = "it spreads" });

        (await reader.Rest()).ShouldBeEmpty();
        (await server.Deliveries($"incident={crisis.Key}&kind=LevelChange&recipient={reader.Contact}")).ShouldHaveSingleItem().GetProperty("reason").GetString().ShouldBe("template-variable");
        await server.Database.Execute("delete from crisis.templates where kind = 'LevelChange'");
    }

    [Theory]
    [InlineData("{\"kind\":\"Alarm\",\"text\":\"x\"}", "kind")]
    [InlineData("{\"kind\":\"Update\",\"audience\":\"Everybody\",\"text\":\"x\"}", "audience")]
    [InlineData("{\"kind\":\"Update\",\"channel\":\"Pigeon\",\"text\":\"x\"}", "channel")]
    [InlineData("{\"kind\":\"Update\",\"language\":\"not a tag\",\"text\":\"x\"}", "language")]
    [InlineData("{\"kind\":\"Update\",\"text\":\"\"}", "text")]
    [InlineData("{\"kind\":\"Update\",\"text\":\"{\"}", "text")]
    public async Task Bad_input_is_refused_with_the_name_of_the_member(string body, string member)
    {
        var communications = await server.As("pio-07", roles: ["communications"]);

        var refused = await communications.Send(HttpMethod.Put, "/v1/templates", Api.Content(JsonSerializer.Deserialize<JsonElement>(body)), null);

        refused.ShouldBe(422);
        refused.Json.GetProperty("errors").TryGetProperty(member, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task A_specialist_reads_the_texts_and_writes_none_and_a_partner_sees_none()
    {
        var specialist = await server.As("spec-04", roles: ["specialist"]);
        (await specialist.Get("/v1/templates")).ShouldBe(200);
        (await specialist.Put("/v1/templates", new { kind = "Update", text = "x" })).ShouldBe(403);
        (await (await server.As("p", roles: ["partner"], partner: "PRT-001")).Get("/v1/templates")).ShouldBe(403);
    }
}
