using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Timelines;
using Shouldly;

namespace CrisisOps.Server.Tests.Deliveries;

/// <summary>What is sent again is what is of use to its receiver, and what can not go out any more does not wait.</summary>
public sealed class RedeliverTests(DeliveryServer server) : IClassFixture<DeliveryServer>
{
    [Fact]
    public async Task A_receiver_that_lost_what_it_had_gets_its_alerts_again_and_not_what_confirmed_or_tried_its_endpoint()
    {
        var (key, name, path) = await server.Reachable();
        var test = (await (await server.Manager()).Send(HttpMethod.Post, $"/v1/partners/{key}/endpoints/EP-1/test")).ShouldBe(202).Json.GetProperty("delivery").GetString()!;
        (await server.Receiver.Next(path)).Id.ShouldBe(test);
        await server.Delivery($"recipient={key}&kind=Test", "Delivered");
        var alert = await server.Alerted(name, path);
        await server.Delivery($"recipient={key}&kind=Alert", "Delivered");

        (await Again(new { recipient = key, alsoDelivered = true })).ShouldBe([alert]);
        (await server.Receiver.Next(path)).Id.ShouldBe(alert);
        (await Again(new { ids = new[] { test }, alsoDelivered = true })).ShouldBeEmpty();
        await server.Delivery($"recipient={key}&kind=Alert", "Delivered");
        server.Receiver.ShouldHaveNothingElse();
    }

    [Fact]
    public async Task What_waits_for_an_endpoint_that_is_removed_waits_no_longer_and_the_crisis_says_that_it_did_not_come()
    {
        var (key, name, path) = await server.Reachable();
        server.Receiver.On(path, http =>
        {
            http.Response.StatusCode = 503;
            http.Response.Headers.RetryAfter = "3600";
            return Task.CompletedTask;
        });
        var (crisis, alert) = await server.Issue(name);
        await server.Attempted((await server.Receiver.Next(path)).Id, 1);
        await server.Delivery($"recipient={key}&kind=Alert", "Queued");
        (await Waiting(key)).ShouldBe(1);

        await (await server.Manager()).Gives(key, "remove-endpoint", new { endpointId = "EP-1" });

        (await server.Delivery($"recipient={key}&kind=Alert", "Suppressed")).GetProperty("reason").GetString().ShouldBe("no-endpoint");
        (await Waiting(key)).ShouldBe(0);
        await Eventually.Is(
            async () => (await crisis.Lead.Timeline(crisis.Key)).Any(e => e.GetRawText().Contains($"{name} was not reached: no-endpoint ({alert})", StringComparison.Ordinal)), "the crisis says so");
        server.Receiver.ShouldHaveNothingElse();
    }

    private async Task<long> Waiting(string key) =>
        (await (await server.Manager()).Get($"/v1/partners/{key}/status")).ShouldBe(200).Json.GetProperty("items").EnumerateArray().ShouldHaveSingleItem().GetProperty("waiting").GetInt64();

    private async Task<string?[]> Again(object which) =>
        [.. (await (await server.Lead()).Send(HttpMethod.Post, "/v1/deliveries/redeliver", which)).ShouldBe(200).Json.GetProperty("again").EnumerateArray().Select(id => id.GetString())];
}
