using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using CrisisOps.Server.Tests.Deliveries;
using CrisisOps.Server.Tests.Harness;

namespace CrisisOps.Server.Tests.Enforcement;

/// <summary>A server whose platform is on this machine: a private address, which nobody but the operator may name.</summary>
public sealed class EnforcementServer(TestPostgres postgres) : DeliveryServer(postgres)
{
    public const string Path = "/enforcement";
    public const string Secret = "whsec_b3JkZXJzLWFyZS1zaWduZWQtd2l0aC10aGlz";
    public const string ConfirmationSecret = "whsec_Y29uZmlybWF0aW9ucy1hcmUtc2lnbmVkLXdpdGgtdGhpcw==";

    protected override NodeOptions Options => new()
    {
        Settings = new Dictionary<string, string>
        {
            ["Enforcement:Url"] = $"{Receiver.Url(Path)}?token=hush",
            ["Enforcement:Secret"] = Secret,
            ["Enforcement:ConfirmationSecret"] = ConfirmationSecret,
            ["Egress:Timeout"] = "00:00:02",
            ["Deliveries:Jitter"] = "0",
            ["Deliveries:Lease"] = "00:00:05",
        },
    };

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public Task<Api> Specialist() => As("spec-04", clearance: "RED");

    public Task<Api> Lead() => As("lead-01", roles: ["duty-lead"], clearance: "RED");

    /// <summary>A case with a decision that waits for approval.</summary>
    public async Task<string> Proposed(string[] actions, object? report = null, string verdict = "Violation")
    {
        var specialist = await Specialist();
        var key = await specialist.Raised(report);
        (await specialist.Post(key, "take", new { policyArea = "ViolenceAndIncitement" })).ShouldBeDone();
        (await specialist.Post(key, "propose-decision", new
        {
            verdict,
            rule = "Community Rules s.3",
            rationale = "RATIONALE of the reviewer",
            actions,
            humanRightsNote = "Necessary and proportionate.",
            evidenceRefs = new[] { "EVD-1" },
            acknowledgementOverride = "attack in progress",
        })).ShouldBeDone();
        return key;
    }

    public async Task<string> Decided(string[] actions, object? report = null, string verdict = "Violation")
    {
        var key = await Proposed(actions, report, verdict);
        (await (await Lead()).Post(key, "approve-decision", new { })).ShouldBeDone();
        return key;
    }

    /// <summary>The next order about this case; those about other cases are passed over.</summary>
    public async Task<ReceivedRequest> Order(string key)
    {
        while (true)
        {
            var came = await Receiver.Next(Path);
            if (Data(came).GetProperty("escalation").GetString() == key)
            {
                return came;
            }
        }
    }

    public static JsonElement Data(ReceivedRequest came) => JsonDocument.Parse(came.Body).RootElement.GetProperty("data");

    public static object Done(string actionId, string? externalRef = null, DateTimeOffset? at = null) => new { actionId, done = true, externalRef, at };

    public static object Failed(string actionId, string failure) => new { actionId, done = false, failure };

    /// <summary>The platform says what it did, signed as it should be.</summary>
    public Task<Answer> Confirm(string order, params object[] results) => Confirm(Body(order, results), new Signing());

    public static string Body(string order, params object[] results) => JsonSerializer.Serialize(new { order, results }, _json);

    public async Task<Answer> Confirm(string body, Signing signing)
    {
        var at = TimeProvider.System.GetUtcNow() + signing.Later;
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = $"v1,{Convert.ToBase64String(Hmac(signing.Secret, $"{signing.Id}.{timestamp}.{signing.Signs ?? body}"))}";
        return await Node.With(null).Send(HttpMethod.Post, "/v1/enforcement/confirmations", new StringContent(body, Encoding.UTF8, signing.MediaType), request =>
        {
            void Add(string name, string value)
            {
                if (name != signing.Leaves)
                {
                    request.Headers.TryAddWithoutValidation(name, value);
                }
            }

            Add("webhook-id", signing.Id);
            Add("webhook-timestamp", timestamp);
            Add("webhook-signature", signing.Before + signature);
        });
    }

    /// <summary>HMAC-SHA256 as the specification says, in the test's own words.</summary>
    public static byte[] Hmac(string secret, string text) => HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes(text));

    /// <summary>The events of a type on a case, by who gave them.</summary>
    public Task<List<string>> By(string key, string type) =>
        Database.Column<string>("select user_name from crisis.mt_events where stream_id = $1 and type = $2 order by version", key, type);

    public async Task<JsonElement> Delivered(string key, string state) => await Delivery($"incident={key}&kind=EnforcementOrder", state);
}

/// <summary>How a confirmation is signed, and what is wrong with it.</summary>
/// <param name="Signs">Another body than the one that is sent.</param>
/// <param name="Leaves">A header that is left out.</param>
/// <param name="Before">Further signatures before the right one.</param>
public sealed record Signing(
    string Secret = EnforcementServer.ConfirmationSecret, TimeSpan Later = default, string? Signs = null, string? Leaves = null, string Before = "", string MediaType = "application/json")
{
    public string Id { get; init; } = $"cnf_{Guid.NewGuid():N}";
}
