using System.Text.Json;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Escalations;

public sealed class SlaBoardTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task The_board_counts_what_the_reader_may_see()
    {
        var api = await server.As("spec-04", clearance: "RED");
        var press = await server.As("pio-01", roles: ["communications"], functions: ["Comms"]);
        var late = await Inquiry(api);
        var inTime = await Inquiry(api);
        await Inquiry(api);
        await Inquiry(api, new { region = new[] { "XS" } });
        await Inquiry(api, new { tlp = "RED" });
        await Inquiry(api, new { exercise = true });
        (await press.Post(inTime, "answer-inquiry", new { outcome = "InformationProvided", text = "The approved line." })).ShouldBeDone();
        await api.Pass(TimeSpan.FromHours(5));
        (await press.Post(late, "answer-inquiry", new { outcome = "InformationProvided", text = "The approved line." })).ShouldBeDone();

        var reader = await server.As("spec-05", regions: ["XN"], clearance: "AMBER");
        Counts(await reader.Get("/v1/sla-board"), "MediaInquiry", "FirstResponse").ShouldBe("running 0, met 1, metLate 1, breached 1, breaches 2");
        Counts(await reader.Get("/v1/sla-board?groupBy=region"), "XN", "FirstResponse").ShouldBe("running 0, met 1, metLate 1, breached 1, breaches 2");
        Counts(await reader.Get("/v1/sla-board?groupBy=source"), "Press", "Resolve").ShouldBe("running 1, met 2, metLate 0, breached 0, breaches 0");
        Counts(await api.Get("/v1/sla-board?groupBy=region"), "XS", "FirstResponse").ShouldBe("running 0, met 0, metLate 0, breached 1, breaches 1");
        (await (await server.As("exec-01", roles: ["executive"])).Get("/v1/sla-board")).ShouldBeDone().Json.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await (await server.As("watch", roles: ["partner"], partner: "PRT-1")).Get("/v1/sla-board")).ShouldBeDone().Json.GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_clock_whose_warning_has_come_is_at_risk_and_one_that_stands_still_is_not()
    {
        var api = await server.As("spec-04", regions: ["XR"]);
        await Inquiry(api, new { region = new[] { "XR" } });
        var asked = await Inquiry(api, new { region = new[] { "XR" } });
        (await api.Post(asked, "request-input", new { question = "Which post?", dueAt = (await api.Now()).AddDays(3), fromRequester = true })).ShouldBeDone();

        await api.Pass(TimeSpan.FromHours(3.5));

        var first = Item(await api.Get("/v1/sla-board?groupBy=region"), "XR", "FirstResponse");
        (first.GetProperty("atRisk").GetInt64(), first.GetProperty("running").GetInt64(), first.GetProperty("paused").GetInt64()).ShouldBe((1, 0, 1));
    }

    [Fact]
    public async Task A_grouping_there_is_not_is_refused()
    {
        var api = await server.As("spec-04");
        (await api.Get("/v1/sla-board?groupBy=owner")).ShouldBeProblem(422, "validation", member: "groupBy");
        (await api.Get("/v1/sla-board?group=region")).ShouldBeProblem(422, "validation", member: "group");
        (await api.Get("/v1/sla-board?groupBy=")).ShouldBeProblem(422, "validation", member: "groupBy");
    }

    private static async Task<string> Inquiry(Api api, object? more = null)
    {
        var body = JsonSerializer.SerializeToNode(new { source = "Press", proposedSeverity = "SEV3", requester = new { contactRef = "CNT-7" } }, JsonSerializerOptions.Web)!.AsObject();
        foreach (var member in more is null ? [] : JsonSerializer.SerializeToElement(more, JsonSerializerOptions.Web).EnumerateObject().ToArray())
        {
            body[member.Name] = JsonSerializer.SerializeToNode(member.Value);
        }

        var key = await api.Raised(body);
        var region = body["region"]?.DeepClone() ?? new System.Text.Json.Nodes.JsonArray("XN");
        (await api.Post(key, "triage", new { severity = "SEV3", policyArea = "MediaInquiry", region, duplicateSearchDone = true })).ShouldBeDone();
        return key;
    }

    private static string Counts(Answer board, string group, string kind)
    {
        var item = Item(board, group, kind);
        return string.Join(", ", new[] { "running", "met", "metLate", "breached", "breaches" }.Select(name => $"{name} {item.GetProperty(name).GetInt64()}"));
    }

    private static JsonElement Item(Answer board, string group, string kind) => board.ShouldBeDone().Json.GetProperty("items").EnumerateArray()
        .Single(i => i.GetProperty("group").GetString() == group).GetProperty("clocks").EnumerateArray().Single(c => c.GetProperty("kind").GetString() == kind);
}
