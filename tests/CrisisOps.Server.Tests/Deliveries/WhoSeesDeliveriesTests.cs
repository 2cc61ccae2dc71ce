using System.Text.Json;
using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Deliveries;

/// <summary>Who was told what is known to those who may see the incident and the message, and to nobody else.</summary>
public sealed class WhoSeesDeliveriesTests(DeliveryServer server) : IClassFixture<DeliveryServer>
{
    [Theory]
    [InlineData("partner-manager", "AMBER", "other")]
    [InlineData("duty-lead", "RED", "other")]
    [InlineData("partner-manager", "GREEN", "*")]
    [InlineData("executive", "RED", "*")]
    [InlineData("analyst", "RED", "*")]
    [InlineData("admin", "RED", "*")]
    public async Task Who_may_not_see_it_does_not_find_it_and_can_not_send_it_again(string role, string clearance, string region)
    {
        var (key, name, path) = await server.Reachable();
        var crisis = await server.StandUp();
        await crisis.Liaison.Gives(crisis.Key, "issue-alert", new { recipients = new[] { name }, headline = "Live video of an attack", text = "Match these hashes." });
        var id = (await server.Receiver.Next(path)).Id;
        await server.Delivery($"recipient={key}&kind=Alert", "Delivered");
        var reader = await server.As("reader-09", roles: [role], regions: [region == "other" ? StreamCalls.NewRegion() : region], clearance: clearance);

        foreach (var query in (string[])["", $"incident={crisis.Key}", $"recipient={key}&kind=Alert", "state=Delivered"])
        {
            var listed = (await reader.Get($"/v1/deliveries?limit=500&{query}")).ShouldBe(200);
            listed.Text.ShouldNotContain(id);
            listed.Text.ShouldNotContain(crisis.Key);
        }

        (await reader.Get($"/v1/deliveries/{id}")).ShouldBeProblem(404, "not-found");
        var again = await reader.Send(HttpMethod.Post, "/v1/deliveries/redeliver", new { ids = new[] { id }, alsoDelivered = true });
        if (again.Ok)
        {
            again.Json.GetProperty("again").GetArrayLength().ShouldBe(0);
        }

        (await reader.Send(HttpMethod.Post, $"/v1/deliveries/{id}/acknowledge", new { by = "x" })).Ok.ShouldBeFalse();
        server.Receiver.ShouldHaveNothingElse();
    }

    [Fact]
    public async Task A_partner_finds_its_statements_by_state_kind_and_channel_but_not_by_what_they_are_about()
    {
        var (key, _, path) = await server.Reachable();
        var manager = await server.Manager();
        var region = StreamCalls.NewRegion();
        (await manager.Send(HttpMethod.Post, "/v1/subscriptions", new { subscriber = key, scope = new { streams = new[] { "CR" }, regions = new[] { region } }, audience = "Public", maxTlp = "CLEAR", channels = new[] { "Webhook" } })).ShouldBe(201);
        (await server.Follow(JsonDocument.Parse((await server.Receiver.Next(path)).Body).RootElement.GetProperty("data").GetProperty("confirm").GetString()!)).ShouldBe(200);
        var crisis = await server.StandUp(region);
        await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "We are aware of it.", audiences = new[] { new { audience = "Public" } }, draftedBy = "pio-01" });
        var id = (await server.Receiver.Next(path)).Id;
        await server.Delivery($"recipient={key}&kind=Update", "Delivered");
        var desk = await server.As("desk-09", roles: ["partner"], clearance: "GREEN", partner: key);

        foreach (var query in (string[])["", "state=Delivered", "state=Delivered,Exhausted&kind=Update", "channel=Webhook", $"recipient={key}"])
        {
            var found = (await desk.Get($"/v1/deliveries?{query}")).ShouldBe(200);
            found.Json.GetProperty("items").EnumerateArray().Select(d => d.GetProperty("id").GetString()).ShouldContain(id, query);
            found.Text.ShouldNotContain(crisis.Key);
        }

        foreach (var query in (string[])[$"incident={crisis.Key}", "about=U-1", $"state=Delivered&incident={crisis.Key}", "state=Exhausted"])
        {
            (await desk.Get($"/v1/deliveries?{query}")).ShouldBe(200).Json.GetProperty("items").EnumerateArray().ShouldBeEmpty(query);
        }
    }
}
