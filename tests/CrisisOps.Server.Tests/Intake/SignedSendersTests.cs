using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using CrisisOps.Server.Channels.Webhook;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using Shouldly;
using static CrisisOps.Server.Tests.Intake.AlertCalls;

namespace CrisisOps.Server.Tests.Intake;

/// <summary>A source that signs needs no key; a signature holds for one source, one body and five minutes.</summary>
public sealed class SignedSendersTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Callback = """{"item":{"id":"vid-77","typeId":"video"},"action":{"id":"escalate"},"custom":{"region":"XN"}}""";

    [Fact]
    public async Task What_is_signed_is_taken_and_sent_again_it_is_known()
    {
        var (feed, secret) = await Signing();
        var body = Alert("smoke").Line();
        var signed = Sign(body, secret, Now());

        var first = (await Send(feed.Source, body, signed)).ShouldBe(202).Json.GetProperty("receipt").GetString();
        var replayed = (await Send(feed.Source, body, signed)).ShouldBe(202).Json.GetProperty("receipt").GetString();

        replayed.ShouldBe(first);
        (await server.Stored(feed)).ShouldBe(1);
        (await server.Database.Scalar<bool>("select key_id is null from crisis.alerts where source = $1", feed.Source)).ShouldBeTrue();
        await server.Tallied();
        (await (await server.As("spec-04", regions: [feed.Region])).Read((await server.RaisedBy(feed))[0])).GetProperty("reportCount").GetInt32().ShouldBe(1);
        server.Log.All.ShouldNotContain(line => line.Contains(signed["webhook-signature"], StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_signature_that_does_not_hold_is_refused_and_nothing_is_stored()
    {
        var ((feed, secret), (other, otherSecret)) = (await Signing(), await Signing());
        var silent = await server.Feed(); // signs nothing
        var (body, now) = (Alert("smoke").Line(), Now());
        var good = Sign(body, secret, now);

        foreach (var (source, text, headers) in new[]
        {
            (feed.Source, body + " ", good),
            (other.Source, body, good),
            (silent.Source, body, good),
            ("SRC-999", body, good),
            ("", body, good),
            (feed.Source, body, Sign(body, otherSecret, now)),
            (feed.Source, body, Sign(body, secret, now.AddMinutes(-6))),
            (feed.Source, body, Sign(body, secret, now.AddMinutes(6))),
            (feed.Source, body, With(good, "webhook-id", "msg_other")),
            (feed.Source, body, With(good, "webhook-timestamp", (now.ToUnixTimeSeconds() - 1).ToString(CultureInfo.InvariantCulture))),
            (feed.Source, body, With(good, "webhook-signature", "v1,AAAA")),
            (feed.Source, body, With(good, "webhook-id", null)),
        })
        {
            (await Send(source, text, headers)).ShouldBeProblem(401, "unauthenticated");
        }

        foreach (var refused in new[] { feed, other, silent })
        {
            (await server.Stored(refused)).ShouldBe(0);
        }
    }

    [Fact]
    public async Task A_new_secret_counts_at_once_and_the_one_before_for_the_overlap()
    {
        var (feed, old) = await Signing();
        var manager = await Manager();
        await manager.Gives(feed.Source, "rotate-signing-secret", new { overlap = "PT1H" });
        var body = Alert("smoke").Line();

        (await Send(feed.Source, body, Sign(body, old, Now()))).ShouldBe(202);
        (await Send(feed.Source, body, Sign(body, (await Secrets(feed.Source))[0], Now()))).ShouldBe(202);

        // The clock of the store runs ahead from here on, and the source knows nothing of that.
        await manager.Pass(TimeSpan.FromHours(2));
        (await Send(feed.Source, body, Sign(body, old, Now()))).ShouldBeProblem(401, "unauthenticated");
        (await Send(feed.Source, body, Sign(body, (await Secrets(feed.Source))[0], Now()))).ShouldBe(202);
    }

    [Fact]
    public async Task Of_a_suspended_source_a_right_signature_is_refused_as_what_it_is_and_a_wrong_one_learns_nothing()
    {
        var (feed, secret) = await Signing();
        await (await Manager()).Gives(feed.Source, "suspend", new { reason = "it floods" });
        var (body, now) = (Alert("smoke").Line(), Now());

        await Eventually.Is(async () => (await Send(feed.Source, body, Sign(body, secret, now))).Status == 403, "it is suspended");

        (await Send(feed.Source, body + " ", Sign(body, secret, now))).ShouldBeProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task Coop_signs_its_callbacks_and_what_is_not_signed_is_refused_even_with_a_key()
    {
        using var key = RSA.Create(2048);
        using var wrong = RSA.Create(2048);
        var feed = await server.Feed(new { formats = new[] { "Coop" } });
        (await feed.Send("/v1/alerts/coop", Callback)).ShouldBe(202); // no key of Coop is known yet
        await (await Manager()).Gives(feed.Source, "set-coop-key", new { publicKeyPem = key.ExportSubjectPublicKeyInfoPem() });
        var body = Callback.Replace("vid-77", "vid-78", StringComparison.Ordinal);

        await Eventually.Is(async () => (await feed.Send("/v1/alerts/coop", body)).Status == 401, "what is not signed is refused");
        (await Callbacks(feed.Source, body, CoopSigned(body, key))).ShouldBe(202);
        (await Callbacks(feed.Source, body, CoopSigned(body, wrong))).ShouldBeProblem(401, "unauthenticated");
        (await Callbacks(feed.Source, body + " ", CoopSigned(body, key))).ShouldBeProblem(401, "unauthenticated");
        (await Callbacks((await server.Feed()).Source, body, CoopSigned(body, key))).ShouldBeProblem(401, "unauthenticated");
        (await server.Stored(feed)).ShouldBe(2);
    }

    [Fact]
    public async Task A_callback_that_is_signed_and_has_the_key_of_its_source_needs_no_other_name()
    {
        using var key = RSA.Create(2048);
        using var wrong = RSA.Create(2048);
        var feed = await server.Feed(new { formats = new[] { "Coop" } });
        var body = Callback.Replace("vid-77", "vid-79", StringComparison.Ordinal);
        (await feed.Callback(body, CoopSigned(body, key))).ShouldBe(202); // nobody has told us its key yet
        await (await Manager()).Gives(feed.Source, "set-coop-key", new { publicKeyPem = key.ExportSubjectPublicKeyInfoPem() });
        await Eventually.Is(async () => (await feed.Callback(body, CoopSigned(body, wrong))).Status == 401, "the signature is looked at");

        (await feed.Callback(body, CoopSigned(body, key))).ShouldBe(202);
        (await (feed with { ApiKey = "none" }).Callback(body, CoopSigned(body, key))).ShouldBeProblem(401, "unauthenticated");
    }

    /// <summary>A source with a secret.</summary>
    private async Task<(Feed Feed, string Secret)> Signing()
    {
        var feed = await server.Feed();
        await (await Manager()).Gives(feed.Source, "issue-signing-secret");
        return (feed, (await Secrets(feed.Source)).ShouldHaveSingleItem());
    }

    private async Task<string[]> Secrets(string source) =>
        [.. (await (await Manager()).Get($"/v1/sources/{source}/signing-secrets")).ShouldBe(200).Json.GetProperty("items").EnumerateArray().Select(s => s.GetProperty("secret").GetString()!)];

    private Task<Answer> Send(string source, string body, Dictionary<string, string> headers) => Post($"/v1/alerts?source={source}", body, headers);

    private Task<Answer> Callbacks(string source, string body, string signature) => Post($"/v1/alerts/coop?source={source}", body, new() { ["Coop-Signature"] = signature });

    private Task<Answer> Post(string path, string body, Dictionary<string, string> headers) => server.Node.With(null).Send(
        HttpMethod.Post, path, new StringContent(body, MediaTypeHeaderValue.Parse("application/json")), request =>
        {
            foreach (var (name, value) in headers)
            {
                request.Headers.Add(name, value);
            }
        });

    private static Dictionary<string, string> Sign(string body, string secret, DateTimeOffset at) => new()
    {
        ["webhook-id"] = "msg_1",
        ["webhook-timestamp"] = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        ["webhook-signature"] = WebhookSignature.Header("msg_1", at, Encoding.UTF8.GetBytes(body), [Convert.FromBase64String(secret["whsec_".Length..])]),
    };

    private static Dictionary<string, string> With(Dictionary<string, string> headers, string name, string? value) =>
        headers.Select(h => h.Key == name ? KeyValuePair.Create(name, value) : KeyValuePair.Create(h.Key, (string?)h.Value)).Where(h => h.Value is not null).ToDictionary(h => h.Key, h => h.Value!);

    private static string CoopSigned(string body, RSA key) => Convert.ToBase64String(key.SignData(Encoding.UTF8.GetBytes(body), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    private static DateTimeOffset Now() => TimeProvider.System.GetUtcNow();

    private Task<Api> Manager() => server.Staff("pm-01", "partner-manager", "admin");
}

internal static class CoopCallbacks
{
    public static Task<Answer> Callback(this Feed feed, string body, string signature) => feed.Send("/v1/alerts/coop", body, change: request => request.Headers.Add("Coop-Signature", signature));
}
