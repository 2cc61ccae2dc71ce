using System.Text.Json;
using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Scenarios;
using Shouldly;

namespace CrisisOps.Server.Tests.Deliveries;

/// <summary>A partner with several alerts of one incident is told of each message which alert it is of, and that one is over when another is not.</summary>
public sealed class WhichAlertTests(DeliveryServer server) : IClassFixture<DeliveryServer>
{
    [Fact]
    public async Task What_is_told_later_names_what_came_before_and_what_still_stands_for_its_receiver()
    {
        var (key, thin, thinPath) = await server.Reachable();
        var (_, full, fullPath) = await server.Reachable(full: true);
        var crisis = await server.StandUp();
        var first = await Issue(crisis, thin, full);
        var asked = await Data(thinPath);
        asked.TryGetProperty("references", out _).ShouldBeFalse();
        asked.TryGetProperty("stillOpen", out _).ShouldBeFalse();
        await Data(fullPath);
        var second = await Issue(crisis, thin);
        await Data(thinPath);
        var third = await Issue(crisis, thin, full);
        await Data(thinPath);
        await Data(fullPath);

        var updated = Id(await crisis.Liaison.Gives(crisis.Key, "update-alert", new { alertId = first, headline = "More", text = "Twelve more." }));
        Names(await Data(thinPath), "references").ShouldBe([first]);
        Names(await Data(fullPath), "references").ShouldBe([first]);

        await crisis.Liaison.Gives(crisis.Key, "cancel-alert", new { alertId = first });
        var over = await Data(thinPath);
        over.GetProperty("state").GetString().ShouldBe("Over");
        Names(over, "references").ShouldBe([first, updated]);
        Names(over, "stillOpen").ShouldBe([second, third]);
        Printed().ShouldBeSubsetOf(over.EnumerateObject().Select(m => m.Name));
        var read = await Data(fullPath);
        Names(read, "stillOpen").ShouldBe([third]);
        read.GetProperty("headline").GetString().ShouldBe($"Over: {first}");
        read.GetProperty("text").GetString().ShouldBe($"All clear: nothing more is asked of you for {first}.\nWhat these ask of you still stands: {third}");
        await server.Delivery($"incident={crisis.Key}&recipient={key}&kind=AlertCancel", "Delivered");
        (await crisis.Lead.Get($"/v1/knowledge/{key}?incident={crisis.Key}")).ShouldBe(200).Text.ShouldContain($"{first} is Over");

        await crisis.Liaison.Gives(crisis.Key, "cancel-alert", new { alertId = third });
        Names(await Data(thinPath), "stillOpen").ShouldBe([second]);
        var last = await Data(fullPath);
        last.TryGetProperty("stillOpen", out _).ShouldBeFalse();
        last.GetProperty("text").GetString().ShouldBe($"All clear: nothing more is asked of you for {third}.");
        server.Receiver.ShouldHaveNothingElse();
    }

    [Fact]
    public async Task An_alert_that_a_partner_may_not_read_is_not_named_to_it()
    {
        var (key, name, path) = await server.Reachable(clearance: "GREEN", full: true);
        var crisis = await server.StandUp();
        var first = Id(await crisis.Liaison.Gives(crisis.Key, "issue-alert", new { recipients = new[] { name }, headline = "Live video", text = "Match these hashes.", tlp = "GREEN" }));
        await Data(path);
        await Issue(crisis, name);
        (await server.Delivery($"incident={crisis.Key}&recipient={key}&kind=Alert&state=Suppressed", "Suppressed")).GetProperty("reason").GetString().ShouldBe("clearance");

        await crisis.Liaison.Gives(crisis.Key, "cancel-alert", new { alertId = first });

        (await Data(path)).TryGetProperty("stillOpen", out _).ShouldBeFalse();
    }

    private static async Task<string> Issue(CrisisStories.Crisis crisis, params string[] names) =>
        Id(await crisis.Liaison.Gives(crisis.Key, "issue-alert", new { recipients = names, headline = "Live video of an attack", text = "Match these hashes." }));

    private static string Id(Answer given) => given.Json.GetProperty("events")[0].GetProperty("alertId").GetString()!;

    private async Task<JsonElement> Data(string path) => JsonDocument.Parse((await server.Receiver.Next(path)).Body).RootElement.GetProperty("data");

    /// <summary>The members that docs/partner-integration.md prints of a message that says that an alert is over.</summary>
    private static string[] Printed()
    {
        var page = File.ReadAllText(Path.Combine(Story.Root, "docs", "partner-integration.md"));
        var from = page.LastIndexOf("```json\n", page.IndexOf("PartnerAlertCancelled.v1\",", StringComparison.Ordinal), StringComparison.Ordinal) + "```json\n".Length;
        return [.. JsonDocument.Parse(page[from..page.IndexOf("```", from, StringComparison.Ordinal)]).RootElement.GetProperty("data").EnumerateObject().Select(m => m.Name)];
    }

    private static string?[] Names(JsonElement data, string member) => [.. data.GetProperty(member).EnumerateArray().Select(id => id.GetString())];
}
