using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Enforcement;

/// <summary>Without an address no order goes out; who looks sees that, and people record what they did, as ever.</summary>
public sealed class UnconfiguredTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task An_order_that_has_nowhere_to_go_stands_in_the_list_and_is_recorded_by_hand()
    {
        var (specialist, lead) = (await server.As("spec-04"), await server.As("lead-01", roles: ["duty-lead"], clearance: "RED"));
        var key = await specialist.RaisedWithInterimAction();
        await server.Database.RulesHeard();

        var order = (await lead.Get($"/v1/deliveries?incident={key}")).ShouldBe(200).Json.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        order.GetProperty("kind").GetString().ShouldBe("EnforcementOrder");
        order.GetProperty("state").GetString().ShouldBe("Suppressed");
        order.GetProperty("reason").GetString().ShouldBe("not-configured");
        (await specialist.Post(key, "record-enforcement", new { results = new[] { new { action = "Demote", actionId = "ACT-1", done = true } } })).ShouldBeDone();
        (await specialist.Read(key)).GetProperty("interimActions")[0].GetProperty("result").GetProperty("done").GetBoolean().ShouldBeTrue();

        await specialist.Pass(TimeSpan.FromHours(5));
        await server.Database.RulesHeard();
        (await lead.Get($"/v1/deliveries?incident={key}")).ShouldBe(200).Json.GetProperty("items").EnumerateArray().ShouldAllBe(d => d.GetProperty("reason").GetString() == "not-configured");
    }

    [Fact]
    public async Task Nothing_that_comes_back_is_believed_and_nothing_can_be_tried()
    {
        var lead = await server.As("lead-01", roles: ["duty-lead"]);

        var status = (await lead.Get("/v1/enforcement/status")).ShouldBe(200).Json;
        status.GetProperty("configured").GetBoolean().ShouldBeFalse();
        status.TryGetProperty("host", out _).ShouldBeFalse();
        (await lead.Send(HttpMethod.Post, "/v1/enforcement/test")).ShouldBeProblem(422, "validation", member: "enforcement");
        (await server.Node.With(null).Send(HttpMethod.Post, "/v1/enforcement/confirmations", new { order = "msg_1", results = Array.Empty<object>() })).ShouldBeProblem(401, "unauthenticated");
    }
}
