using Shouldly;

namespace CrisisOps.Server.Tests.Deliveries;

/// <summary>A message that is given up waits until somebody sends it again. Alone on its server: it takes days, and every crisis beside it would have its own deadlines in them.</summary>
public sealed class DeadLetterTests(DeliveryServer server) : IClassFixture<DeliveryServer>
{
    [Fact]
    public async Task What_is_given_up_waits_in_the_list_of_the_dead_letters_and_can_be_sent_again()
    {
        var (key, name, path) = await server.Reachable();
        server.Receiver.Answers(path, 500);
        var id = await server.Alerted(name, path);
        for (var attempt = 2; attempt <= 10; attempt++)
        {
            await server.Later(TimeSpan.FromHours(25));
            (await server.Receiver.Next(path)).Id.ShouldBe(id);
        }

        (await server.Delivery($"recipient={key}&state=Exhausted", "Exhausted")).GetProperty("attempts").GetInt32().ShouldBe(10);
        await server.Later(TimeSpan.FromHours(50));
        server.Receiver.Answers(path, 204);
        var specialist = await server.As("spec-04");
        (await specialist.Send(HttpMethod.Post, "/v1/deliveries/redeliver", new { ids = new[] { id } })).ShouldBeProblem(403, "forbidden");

        var again = (await (await server.Lead()).Send(HttpMethod.Post, "/v1/deliveries/redeliver", new { recipient = key })).ShouldBe(200);

        again.Json.GetProperty("again").EnumerateArray().ShouldHaveSingleItem().GetString().ShouldBe(id);
        (await server.Receiver.Next(path)).Id.ShouldBe(id);
        await server.Delivery($"recipient={key}&kind=Alert", "Delivered");
        (await server.Attempts(id))[^1].ShouldBe("11 Delivered 204");
    }
}
