using System.Collections.Concurrent;
using System.Text.Json;
using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Deliveries;

/// <summary>A node that dies while it sends: what was promised goes out, perhaps twice, always with the same id.</summary>
public sealed class KilledSenderTests(TestPostgres postgres, ITestOutputHelper output)
{
    /// <summary>More of them by hand: <c>CRISISOPS_KILLS=100 ./ops/test KilledSender</c>.</summary>
    private static readonly int _kills = int.Parse(Environment.GetEnvironmentVariable("CRISISOPS_KILLS") ?? "12", System.Globalization.CultureInfo.InvariantCulture);
    private const int Partners = 4;
    private const int MostMillisecondsBeforeAKill = 250;

    private static readonly Dictionary<string, string> _settings = new()
    {
        ["Egress:AllowedNetworks:0"] = "127.0.0.0/8",
        ["Egress:Timeout"] = "00:00:01",
        ["Deliveries:Lease"] = "00:00:02",
        ["Deliveries:Schedule:0"] = "00:00:00.2",
        ["Deliveries:Schedule:1"] = "00:00:00.5",
        ["Deliveries:Schedule:2"] = "00:00:01",
    };

    [Fact]
    public async Task Kill_minus_nine_again_and_again_while_sending_and_each_answered_alert_reaches_each_partner_under_one_id()
    {
        await using var database = await postgres.CreateDatabase();
        await using var receiver = await WebhookReceiver.Start();
        await using var server = await ServerProcess.Start(database.ConnectionString, _settings);
        var arrived = new ConcurrentQueue<string>();
        var names = await Task.WhenAll(Enumerable.Range(1, Partners).Select(n => Reachable(server, receiver, $"Partner {n}", arrived)));
        var (liaison, crisis) = await Crisis(server);
        var answered = new ConcurrentQueue<string>();
        using var stop = new CancellationTokenSource();
        var issuing = Enumerable.Range(0, 2).Select(_ => Issue(liaison, crisis, names, answered, stop.Token)).ToArray();

        for (var kill = 0; kill < _kills; kill++)
        {
            var before = answered.Count;
            await Eventually.Is(() => Task.FromResult(answered.Count > before), "alerts are issued");
            await Task.Delay(Random.Shared.Next(MostMillisecondsBeforeAKill), TestContext.Current.CancellationToken); // the instant is random; nothing waits for it
            await server.Kill();
            await server.Restart();
        }

        await stop.CancelAsync();
        await Task.WhenAll(issuing);
        await Eventually.Is(() => database.Scalar<bool>(
            "select not exists (select 1 from crisis.deliveries where state = 'Queued') and (select count(*) from crisis.deliveries where kind = 'Alert' and about = any ($1)) >= $2", answered.ToArray(), answered.Count * Partners),
            "everything is settled");

        answered.Count.ShouldBeGreaterThanOrEqualTo(_kills);
        answered.ShouldBeUnique();
        (await database.Column<string>("select about || ' ' || recipient from crisis.deliveries where kind = 'Alert' group by about, recipient having count(*) <> 1")).ShouldBeEmpty();
        (await database.Scalar<long>("select count(*) from crisis.deliveries where kind = 'Alert' and about = any ($1) and state = 'Delivered'", (object)answered.ToArray())).ShouldBe(answered.Count * Partners);
        (await database.Column<string>("select state from crisis.deliveries where state <> 'Delivered' and recipient like 'PRT-%'")).ShouldBeEmpty();
        arrived.Distinct().Order(StringComparer.Ordinal).ShouldBe((await database.Column<string>("select id from crisis.deliveries where state <> 'Suppressed'")).Order(StringComparer.Ordinal));
        output.WriteLine($"{answered.Count} alerts to {Partners} partners over {_kills} kills: {arrived.Count} requests, {arrived.Count - arrived.Distinct().Count()} of them repeats.");
    }

    /// <summary>An active partner with a confirmed webhook whose messages are kept by their ids.</summary>
    private static async Task<string> Reachable(ServerProcess server, WebhookReceiver receiver, string name, ConcurrentQueue<string> arrived)
    {
        var (manager, other) = (await server.As("pm-01", ["partner-manager"], clearance: "AMBER"), await server.As("pm-02", ["partner-manager"], clearance: "AMBER"));
        var key = (await manager.Send(HttpMethod.Post, "/v1/partners", new { name, type = "IndustryPeer" })).ShouldBe(201).Key;
        await other.Gives(key, "vet", new { agreementRef = "AGR-1" });
        await manager.Gives(key, "activate");
        await (await server.As("lead-01", ["duty-lead"], clearance: "RED")).Gives(key, "change-clearance", new { clearance = "AMBER", reason = "agreement" });
        receiver.On($"/{key}", http =>
        {
            arrived.Enqueue(http.Request.Headers["webhook-id"].ToString());
            return Task.CompletedTask;
        });
        await manager.Gives(key, "register-endpoint", new { channel = "Webhook", address = receiver.Url($"/{key}") });
        var link = JsonDocument.Parse((await receiver.Next($"/{key}")).Body).RootElement.GetProperty("data").GetProperty("confirm").GetString()!;
        (await manager.Send(HttpMethod.Post, new Uri(link).AbsolutePath)).ShouldBe(200);
        return name;
    }

    private static async Task<(Api Liaison, string Key)> Crisis(ServerProcess server)
    {
        var admin = await server.As("admin-01", ["admin"]);
        foreach (var (person, role) in ((string, string)[])[("lead-01", "duty-lead"), ("ic-01", "specialist"), ("lo-02", "partner-manager")])
        {
            (await admin.Put($"/v1/directory/people/{person}", new { roles = new[] { role }, regions = new[] { "*" }, clearance = "RED" })).ShouldBe(200);
        }

        var lead = await server.As("lead-01", ["duty-lead"], clearance: "RED");
        var key = (await lead.Propose(StreamCalls.NewRegion())).ShouldBe(201).Key;
        await lead.Gives(key, "stand-up", new
        {
            consequence = 4,
            virality = 3,
            certainty = "Observed",
            codename = "HARBOUR",
            incidentCommander = "ic-01",
            roles = new[] { new { role = "LiaisonOfficer", person = "lo-02" } },
        });
        return (await server.As("lo-02", ["partner-manager"], clearance: "RED"), key);
    }

    /// <summary>Issues one alert after another; what was not answered is sent again with the same idempotency key until it is.</summary>
    private static async Task Issue(Api liaison, string crisis, string[] recipients, ConcurrentQueue<string> answered, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var idempotency = Guid.NewGuid().ToString();
            await Eventually.Is(
                async () =>
                {
                    try
                    {
                        var answer = await liaison.Give(crisis, "issue-alert", new { recipients, headline = "Live video of an attack", text = "Match these hashes." }, idempotencyKey: idempotency);
                        if (answer.Ok)
                        {
                            answered.Enqueue(answer.Json.GetProperty("events")[0].GetProperty("alertId").GetString()!);
                        }
                        else
                        {
                            answer.Status.ShouldBeGreaterThanOrEqualTo(500, answer.Text);
                        }

                        return answer.Ok;
                    }
                    catch (Exception exception) when (exception is HttpRequestException or IOException)
                    {
                        return false;
                    }
                },
                "an alert is answered",
                TimeSpan.FromSeconds(60));
        }
    }
}
