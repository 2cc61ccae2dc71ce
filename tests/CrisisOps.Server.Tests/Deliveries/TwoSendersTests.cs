using System.Collections.Concurrent;
using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Deliveries;

/// <summary>Nodes share the work and do none of it twice.</summary>
public sealed class TwoSendersTests(DeliveryServer server) : IClassFixture<DeliveryServer>
{
    private const int Partners = 8;
    private const int Alerts = 25;

    [Fact]
    public async Task Two_nodes_send_two_hundred_messages_and_none_of_them_twice()
    {
        await server.StartAnotherNode();
        var arrived = new ConcurrentQueue<string>();
        List<string> names = [], paths = [];
        for (var i = 0; i < Partners; i++)
        {
            var (_, name, path) = await server.Reachable();
            names.Add(name);
            paths.Add(path);
            server.Receiver.On(path, http =>
            {
                arrived.Enqueue(http.Request.Headers["webhook-id"].ToString());
                return Task.CompletedTask;
            });
        }

        var crisis = await server.StandUp();
        for (var i = 0; i < Alerts; i++)
        {
            await crisis.Liaison.Gives(crisis.Key, "issue-alert", new { recipients = names, headline = "Live video of an attack", text = "Match these hashes." });
        }

        await Eventually.Is(() => server.Database.Scalar<bool>("select count(*) = $1 from crisis.deliveries where kind = 'Alert' and state = 'Delivered'", Partners * Alerts), "all are delivered");
        arrived.Count.ShouldBe(Partners * Alerts);
        arrived.ShouldBeUnique();
        paths.Sum(path => server.Receiver.Rest(path).Count).ShouldBe(Partners * Alerts);
    }
}
