using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using Shouldly;
using static CrisisOps.Server.Tests.Intake.AlertCalls;

namespace CrisisOps.Server.Tests.Intake;

/// <summary>Who may send, and what of a request is looked at before that is known.</summary>
public sealed class SendersTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Event = """{"routing_key":"KEY","event_action":"trigger","dedup_key":"smoke","payload":{"summary":"s","source":"m","severity":"info"}}""";

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer abcdefghijklmnopqrstuvwxyz012345")]
    [InlineData("Bearer abc")]
    [InlineData("Basic !")]
    [InlineData("Basic OmFiYw==")]
    [InlineData("Negotiate abcdefghijklmnopqrstuvwxyz012345")]
    public async Task Without_a_key_that_is_known_nothing_is_taken(string? authorization)
    {
        var before = await server.Database.Scalar<long>("select count(*) from crisis.alerts");

        foreach (var path in (string[])["/v1/alerts", "/v1/alerts/cloudevents", "/v1/alerts/cap", "/v1/alerts/alertmanager", "/v1/alerts/coop", "/v1/heartbeat"])
        {
            var type = path.EndsWith("cap", StringComparison.Ordinal) ? "application/cap+xml" : "application/json";
            (await Send(path, Alert().Line(), type, authorization)).ShouldBeProblem(401, "unauthenticated");
        }

        var @event = await Send("/v2/enqueue", Event, "application/json", authorization);
        (@event.ShouldBe(400)["status"], @event["message"]).ShouldBe(("invalid event", "Event object is invalid"));
        (await server.Database.Scalar<long>("select count(*) from crisis.alerts")).ShouldBe(before);
    }

    [Fact]
    public async Task A_key_may_stand_wherever_a_client_can_put_it()
    {
        var feed = await server.Feed();
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"anybody:{feed.ApiKey}"));
        var answers = new[]
        {
            await Send("/v1/alerts", Alert().Line(), "application/json", $"Bearer {feed.ApiKey}"),
            await Send("/v1/alerts", Alert().Line(), "application/json", $"Basic {basic}"),
            await feed.Anybody.Send(HttpMethod.Post, "/v1/alerts", Api.Content(Alert().Line()), request => request.Headers.Add("X-API-Key", feed.ApiKey)),
            await Send("/v2/enqueue", Event.Replace("KEY", feed.ApiKey, StringComparison.Ordinal), "application/json", null),
        };

        answers.Select(a => a.Status).ShouldBe([202, 202, 202, 202]);
        (await server.Database.Column<string>("select key_id from crisis.alerts where source = $1", feed.Source)).ShouldBe(["KEY-1", "KEY-1", "KEY-1", "KEY-1"]);
        (await feed.Get("/v1/heartbeat")).ShouldBe(204);
        (await feed.Send("/v1/heartbeat", "")).ShouldBe(204);
        server.Log.All.ShouldNotContain(line => line.Contains(feed.ApiKey, StringComparison.Ordinal) || line.Contains(basic, StringComparison.Ordinal));
        (await server.Database.TablesHolding(feed.ApiKey)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_revoked_key_is_taken_nowhere_a_second_later()
    {
        var other = await server.StartAnotherNode();
        var feed = await server.Feed();
        await feed.Sends(Alert());
        await feed.At(other).Sends(Alert());

        await (await Manager()).Gives(feed.Source, "revoke-key", new { keyId = "KEY-1" });

        foreach (var at in new[] { feed, feed.At(other) })
        {
            await Eventually.Is(async () => (await at.Send(Alert())).Status == 401, "the key is taken no more", TimeSpan.FromSeconds(3));
        }
    }

    [Fact]
    public async Task A_rotated_key_is_taken_for_the_overlap_and_then_the_new_one_alone()
    {
        var (feed, manager) = (await server.Feed(), await Manager());

        var rotated = await manager.Gives(feed.Source, "rotate-key", new { keyId = "KEY-1", overlap = "PT1H", validFor = "P1D" });

        var changed = feed with { ApiKey = rotated.Json.GetProperty("apiKey").GetString()! };
        await feed.Sends(Alert());
        await changed.Sends(Alert());
        await manager.Pass(TimeSpan.FromMinutes(61));
        (await feed.Send(Alert())).ShouldBeProblem(401, "unauthenticated");
        await changed.Sends(Alert());
        await manager.Pass(TimeSpan.FromDays(1));
        (await changed.Send(Alert())).ShouldBeProblem(401, "unauthenticated");
        (await changed.Get("/v1/heartbeat")).ShouldBeProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task What_a_suspended_source_sends_is_refused_until_it_is_resumed()
    {
        var (feed, manager) = (await server.Feed(), await Manager());
        await manager.Gives(feed.Source, "suspend", new { reason = "it floods" });

        await Eventually.Is(async () => (await feed.Send(Alert())).Status == 403, "it is refused");
        (await feed.Send("/v1/heartbeat", "")).ShouldBeProblem(403, "forbidden");
        (await feed.Send("/v2/enqueue", Event.Replace("KEY", feed.ApiKey, StringComparison.Ordinal))).ShouldBe(400);
        var stored = await server.Stored(feed);

        await manager.Gives(feed.Source, "resume");
        await Eventually.Is(async () => (await feed.Send(Alert())).Ok, "it is taken");
        (await server.Stored(feed)).ShouldBe(stored + 1);
        await manager.Gives(feed.Source, "retire", new { reason = "off" });
        await Eventually.Is(async () => (await feed.Send(Alert())).Status == 401, "it is gone");
    }

    [Fact]
    public async Task A_source_sends_in_the_formats_that_were_agreed()
    {
        var feed = await server.Feed(new { formats = new[] { "CloudEvents" } });

        (await feed.Send(Alert())).ShouldBeProblem(403, "forbidden");
        (await feed.Send("/v2/enqueue", Event.Replace("KEY", feed.ApiKey, StringComparison.Ordinal))).ShouldBe(400);
        (await feed.Send("/v1/alerts/cloudevents", """{"specversion":"1.0","id":"r","source":"/s","type":"t","data":{"title":"t"}}""", "application/cloudevents+json")).ShouldBe(202);
        (await feed.Send("/v1/alerts/cloudevents", "<alert/>", "application/cap+xml")).ShouldBeProblem(415, "unsupported-media-type");
        (await server.Stored(feed)).ShouldBe(1);
    }

    /// <summary>Nothing of the body is ever sent: the answer comes all the same.</summary>
    [Theory]
    [InlineData("/v1/alerts", 70_000_000, true, "413")]
    [InlineData("/v1/alerts", 70_000_000, false, "401")]
    [InlineData("/v1/alerts", 1_000_000, false, "401")]
    [InlineData("/v1/alerts?source=SRC-999", 1_000_000, null, "401")]
    [InlineData("/v2/enqueue", 600_000, false, "413")]
    public async Task A_body_that_is_not_to_be_read_is_not_waited_for(string path, int length, bool? withKey, string status)
    {
        var feed = await server.Feed();
        var proof = withKey switch { true => $"Authorization: Bearer {feed.ApiKey}", false => "X-Nothing: 1", null => "webhook-signature: v1,AAAA" };

        var answer = await RawRequest.Begin(server.Node.Url, $"POST {path} HTTP/1.1\n{proof}\nContent-Type: application/json\nContent-Length: {length}");

        answer.ShouldStartWith($"HTTP/1.1 {status} ");
    }

    [Fact]
    public async Task A_body_of_unknown_length_is_read_to_its_bound_and_no_further()
    {
        var feed = await server.Feed();
        var body = Event.Replace("KEY", feed.ApiKey, StringComparison.Ordinal);

        var answer = await feed.Send("/v2/enqueue", body + new string(' ', 600 * 1024), change: request => request.Headers.TransferEncodingChunked = true);

        answer.ShouldBe(413);
        (await server.Stored(feed)).ShouldBe(0);
        (await feed.Send("/v2/enqueue", body, change: request => request.Headers.TransferEncodingChunked = true)).ShouldBe(202);
    }

    [Fact]
    public async Task What_was_not_agreed_for_a_source_is_left_out_and_marked()
    {
        var feed = await server.Feed(new { policyAreas = new[] { "VoterInterference" } });

        var receipt = await feed.Sends(Alert("too much").With("policyArea", "ViolenceAndIncitement").With("regions", new[] { "DE", feed.Region }).With("tlp", "RED"));
        var agreed = await feed.Sends(Alert("agreed").With("policyArea", "VoterInterference").With("regions", new[] { feed.Region }).With("tlp", "AMBER"));

        (await feed.Get($"/v1/receipts/{receipt}")).ShouldBe(200).Json.GetProperty("marks").EnumerateArray().Select(m => m.GetString()).ShouldBe(
        [
            "policyArea: ViolenceAndIncitement was not agreed for this source, and was left out.", "regions: DE was not agreed for this source, and was left out.",
            "tlp: RED names its readers, and an alert can name none; taken as AMBER+STRICT.",
        ]);
        (await feed.Get($"/v1/receipts/{agreed}")).ShouldBe(200).Json.GetProperty("marks").GetArrayLength().ShouldBe(0);
        var @case = await (await server.As("spec-04", regions: [feed.Region], clearance: "RED")).Read((await server.CaseOf(receipt))!);
        @case.GetProperty("regions").EnumerateArray().Select(r => r.GetString()).ShouldBe([feed.Region]);
        @case.GetProperty("policyArea").GetString().ShouldBe("Undetermined");
    }

    [Fact]
    public async Task A_clock_that_runs_ahead_is_clamped_and_its_source_can_read_so()
    {
        var feed = await server.Feed();
        var now = await (await Manager()).Now();

        var ahead = await feed.Sends(Alert("ahead").With("occurredAt", now.AddDays(1).ToString("O", CultureInfo.InvariantCulture)));
        var right = await feed.Sends(Alert("right").With("occurredAt", now.AddHours(-1).ToString("O", CultureInfo.InvariantCulture)));

        var marked = (await feed.Get($"/v1/receipts/{ahead}")).ShouldBe(200).Json;
        marked.GetProperty("marks").EnumerateArray().Select(m => m.GetString()).ShouldBe(["The time of the source lies ahead of ours; taken as now."]);
        (await feed.Get($"/v1/receipts/{right}")).ShouldBe(200).Json.GetProperty("marks").GetArrayLength().ShouldBe(0);
        var specialist = await server.As("spec-04", regions: [feed.Region]);
        (await specialist.Read((await server.CaseOf(ahead))!)).GetProperty("occurredAt").GetDateTimeOffset().ShouldBeInRange(now.AddMinutes(-1), now.AddMinutes(1));
        ((await specialist.Read((await server.CaseOf(right))!)).GetProperty("occurredAt").GetDateTimeOffset() - now.AddHours(-1)).Duration().ShouldBeLessThan(TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task A_receipt_is_read_with_the_key_of_its_source_and_says_nothing_of_what_became_of_it()
    {
        var (feed, stranger) = (await server.Feed(), await server.Feed());
        var line = Alert("smoke", reference: "ref-of-mine").Line();
        var receipt = (await feed.Send("/v1/alerts", line)).ShouldBe(202).Json.GetProperty("receipt").GetString();

        var read = (await feed.Get($"/v1/receipts/{receipt}")).ShouldBe(200).Json;

        (read.GetProperty("receipt").GetString(), read.GetProperty("externalRef").GetString(), read.GetProperty("format").GetString()).ShouldBe((receipt, "ref-of-mine", "Alerts"));
        read.GetProperty("hash").GetString().ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(line))));
        read.EnumerateObject().Select(m => m.Name).ShouldBe(["receipt", "externalRef", "format", "receivedAt", "hash", "marks"]);
        (await stranger.Get($"/v1/receipts/{receipt}")).ShouldBeProblem(404, "not-found");
        (await feed.Get($"/v1/receipts/{Guid.NewGuid()}")).ShouldBeProblem(404, "not-found");
        (await feed.Get("/v1/receipts/nonsense")).ShouldBeProblem(404, "not-found");
        (await feed.Anybody.Get($"/v1/receipts/{receipt}")).ShouldBeProblem(401, "unauthenticated");
    }

    private Task<Api> Manager() => server.Staff("pm-01", "partner-manager", "admin");

    private Task<Answer> Send(string path, string body, string type, string? authorization) => server.Node.With(null).Send(
        HttpMethod.Post, path, new StringContent(body, MediaTypeHeaderValue.Parse(type)), request => request.Headers.TryAddWithoutValidation("Authorization", authorization));
}
