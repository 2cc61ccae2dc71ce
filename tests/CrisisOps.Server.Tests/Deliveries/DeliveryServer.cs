using System.Text.Json;
using CrisisOps.Server.Tests.Harness;

namespace CrisisOps.Server.Tests.Deliveries;

/// <summary>A server that may send to this machine, and the other side. After each class nothing may have come that no test looked at.</summary>
public class DeliveryServer(TestPostgres postgres) : TestServer(postgres)
{
    private static int _names;

    public WebhookReceiver Receiver { get; private set; } = null!;

    protected override NodeOptions Options => new()
    {
        Settings = new Dictionary<string, string>
        {
            ["Egress:AllowedNetworks:0"] = "127.0.0.0/8",
            ["Egress:Timeout"] = "00:00:02",
            ["Deliveries:Jitter"] = "0",
            ["Deliveries:Lease"] = "00:00:05",
        },
    };

    public override async ValueTask InitializeAsync()
    {
        Receiver = await WebhookReceiver.Start();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Receiver.DisposeAsync();
        GC.SuppressFinalize(this);
        Receiver.ShouldHaveNothingElse();
    }

    public Task<Api> Manager() => As("pm-01", roles: ["partner-manager"], clearance: "AMBER");

    /// <summary>An active partner without endpoints.</summary>
    public async Task<(string Key, string Name)> Partner(string clearance = "AMBER", string? name = null, string? language = null)
    {
        var (manager, lead) = (await Manager(), await As("lead-01", roles: ["duty-lead"], clearance: "RED"));
        name ??= $"Partner {Interlocked.Increment(ref _names)}";
        var key = (await manager.Send(HttpMethod.Post, "/v1/partners", new { name, type = "IndustryPeer", regions = new[] { "XN" }, languages = language is null ? null : new[] { language } })).ShouldBe(201).Key;
        await (await As("pm-02", roles: ["partner-manager"], clearance: "AMBER")).Gives(key, "vet", new { agreementRef = "AGR-1" });
        await manager.Gives(key, "activate");
        if (clearance != "GREEN")
        {
            await lead.Gives(key, "change-clearance", new { clearance, reason = "agreement" });
        }

        return (key, name);
    }

    /// <summary>An active partner with an endpoint that was confirmed by the link that came there.</summary>
    public async Task<(string Key, string Name, string Path)> Reachable(string clearance = "AMBER", bool full = false, bool ordered = false, string format = "CloudEvents", string? language = null)
    {
        var (key, name) = await Partner(clearance, language: language);
        var path = $"/{key}";
        await Confirmed(key, path, full, ordered, format);
        return (key, name, path);
    }

    /// <summary>Registers and confirms an endpoint; gives its id.</summary>
    public async Task<string> Confirmed(string key, string path, bool full = false, bool ordered = false, string format = "CloudEvents")
    {
        var manager = await Manager();
        var endpoint = (await manager.Gives(key, "register-endpoint", new { channel = "Webhook", address = Receiver.Url(path), format, full, ordered })).Json.GetProperty("events")[0].GetProperty("endpointId").GetString()!;
        var link = JsonDocument.Parse((await Receiver.Next(path)).Body).RootElement.GetProperty("data").GetProperty("confirm").GetString()!;
        (await Follow(link)).ShouldBe(200);
        return endpoint;
    }

    /// <summary>Presses the button behind a link, without a token.</summary>
    public Task<Answer> Follow(string link, object? body = null) => Node.With(null).Send(HttpMethod.Post, new Uri(link).AbsolutePath, body);

    /// <summary>What became of the deliveries of an alert, by partner.</summary>
    public async Task<List<JsonElement>> Deliveries(string query) =>
        [.. (await (await As("lead-01", roles: ["duty-lead"], clearance: "RED")).Get($"/v1/deliveries?{query}&limit=500")).ShouldBe(200).Json.GetProperty("items").EnumerateArray()];

    /// <summary>Waits until the one delivery that fits stands so.</summary>
    public async Task<JsonElement> Delivery(string query, string state)
    {
        var found = default(JsonElement);
        await Eventually.Is(async () => (await Deliveries(query)).SingleOrDefault(d => d.GetProperty("state").GetString() == state) is { ValueKind: JsonValueKind.Object } one && (found = one).ValueKind > 0, $"{query} is {state}");
        return found;
    }
}
