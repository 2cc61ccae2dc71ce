using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Deliveries;

/// <summary>A server that may send to public addresses only, as it is when nobody says otherwise.</summary>
public sealed class ClosedServer(TestPostgres postgres) : DeliveryServer(postgres)
{
    protected override NodeOptions Options => new() { Settings = new Dictionary<string, string> { ["Egress:Timeout"] = "00:00:02", ["Deliveries:Jitter"] = "0" } };
}

/// <summary>However the address of this machine is written, nothing connects to it.</summary>
public sealed class ClosedEgressTests(ClosedServer server) : IClassFixture<ClosedServer>
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.1")]
    [InlineData("0x7f000001")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("0177.0.0.1")]
    [InlineData("2130706433")]
    [InlineData("0")]
    [InlineData("localhost")]
    [InlineData("LOCALHOST")]
    [InlineData("[::1]")]
    [InlineData("[::]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("[::ffff:7f00:1]")]
    [InlineData("[::127.0.0.1]")]
    [InlineData("[64:ff9b::127.0.0.1]")]
    [InlineData("[::ffff:0:127.0.0.1]")]
    public async Task Nothing_connects_to_this_machine(string host)
    {
        var (key, _) = await server.Partner();
        var port = new Uri(server.Receiver.Url("/")).Port;

        await (await server.Manager()).Gives(key, "register-endpoint", new { channel = "Webhook", address = $"http://{host}:{port}/{key}" });

        (await Status(key)).ShouldBe("Failed address-refused");
        server.Receiver.ShouldHaveNothingElse();
    }

    [Theory]
    [InlineData("http://no-such-host.invalid/x")]
    [InlineData("http://a..b/x")]
    [InlineData("http://%31%32%37.1/x")]
    [InlineData("http://1.1.1.1:0/x")]
    public async Task An_address_that_leads_nowhere_is_an_attempt_that_failed(string address)
    {
        var (key, _) = await server.Partner();
        var registered = await (await server.Manager()).Give(key, "register-endpoint", new { channel = "Webhook", address });
        if (registered.Ok)
        {
            (await Status(key)).ShouldStartWith("Failed ");
        }
    }

    [Fact]
    public async Task A_host_name_that_is_too_long_is_an_attempt_that_failed()
    {
        var (key, _) = await server.Partner();
        var host = string.Join('.', Enumerable.Repeat(new string('a', 60), 10));
        var registered = await (await server.Manager()).Give(key, "register-endpoint", new { channel = "Webhook", address = $"http://{host}/x" });
        if (registered.Ok)
        {
            (await Status(key)).ShouldStartWith("Failed ");
        }
    }

    private async Task<string> Status(string key)
    {
        var lead = await server.As("lead-01", roles: ["duty-lead"], clearance: "RED");
        var status = "";
        await Eventually.Is(
            async () =>
            {
                var id = (await server.Deliveries($"recipient={key}&kind=Verification")).SingleOrDefault();
                if (id.ValueKind == System.Text.Json.JsonValueKind.Undefined)
                {
                    return false;
                }

                var attempts = (await lead.Get($"/v1/deliveries/{id.GetProperty("id").GetString()}")).ShouldBe(200).Json.GetProperty("attemptList");
                status = attempts.GetArrayLength() == 0 ? "" : $"{attempts[0].GetProperty("result").GetString()} {attempts[0].GetProperty("status").GetString()}";
                return status.Length > 0;
            },
            $"an attempt to {key} is on the record");
        return status;
    }
}
