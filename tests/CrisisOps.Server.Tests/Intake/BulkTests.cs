using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CrisisOps.Server.Tests.Harness;
using Shouldly;
using static CrisisOps.Server.Tests.Intake.AlertCalls;

namespace CrisisOps.Server.Tests.Intake;

/// <summary>Many alerts in one request: each line is answered, and the good ones count whatever the others are.</summary>
public sealed class BulkTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Lines = "application/x-ndjson";

    [Fact]
    public async Task Of_ten_thousand_lines_the_bad_ones_are_named_and_the_good_ones_kept()
    {
        var feed = await server.Feed();
        var lines = Enumerable.Range(1, 10_000).Select(n => Alert("flood", reference: $"line-{n}").Line()).ToArray();
        lines[4] = """{"externalRef":"line-5"}""";
        lines[5_000] = "no json";
        lines[9_999] = lines[9_999][..^20]; // cut off on its way

        var answers = await feed.Bulk(lines);

        answers.Select(a => a.GetProperty("line").GetInt32()).ShouldBe(Enumerable.Range(1, 10_000));
        answers.Where(a => a.TryGetProperty("error", out _)).Select(a => (a.GetProperty("line").GetInt32(), Member(a, "member"), Member(a, "status"))).ShouldBe([(5, "title", "422"), (5_001, "", "400"), (10_000, "", "400")]);
        answers.Where(a => a.TryGetProperty("receipt", out _)).Select(a => Member(a, "receipt")).Distinct().Count().ShouldBe(9_997);
        (await server.Stored(feed)).ShouldBe(9_997);
        var key = (await server.RaisedBy(feed)).ShouldHaveSingleItem();
        await server.Tallied();
        (await (await server.As("spec-04", regions: [feed.Region])).Read(key)).GetProperty("reportCount").GetInt32().ShouldBe(9_997);

        // The same again, mended: what was kept is known.
        lines[9_999] = Alert("flood", reference: "line-10000").Line();
        var again = await feed.Bulk(lines);
        again.Take(4).Select(a => Member(a, "receipt")).ShouldBe(answers.Take(4).Select(a => Member(a, "receipt")));
        (await server.Stored(feed)).ShouldBe(9_998);
    }

    [Fact]
    public async Task Of_ten_thousand_and_one_lines_none_is_taken()
    {
        var feed = await server.Feed();

        var answer = await feed.Send("/v1/alerts", string.Join('\n', Enumerable.Range(1, 10_001).Select(n => Alert("flood", reference: $"line-{n}").Line())), Lines);

        answer.ShouldBeProblem(413, "too-large")["detail"]!.ShouldContain("10,000");
        (await server.Stored(feed)).ShouldBe(0);
    }

    [Fact]
    public async Task What_is_compressed_is_refused_and_says_why()
    {
        var feed = await server.Feed();
        using var zipped = new MemoryStream();
        await using (var zip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
        {
            await zip.WriteAsync(Encoding.UTF8.GetBytes(Alert("flood").Line()), TestContext.Current.CancellationToken);
        }

        var answer = await feed.Anybody.Send(HttpMethod.Post, "/v1/alerts", new ByteArrayContent(zipped.ToArray()) { Headers = { ContentType = MediaTypeHeaderValue.Parse(Lines), ContentEncoding = { "gzip" } } },
            request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", feed.ApiKey));

        answer.ShouldBeProblem(415, "unsupported-media-type")["detail"]!.ShouldContain("Content-Encoding");
        (await server.Stored(feed)).ShouldBe(0);
    }

    [Fact]
    public async Task Beyond_the_rate_each_line_says_so_and_when_there_is_none_left_the_answer_does()
    {
        var feed = await server.Feed(new { ratePerMinute = 5 });

        var answers = await feed.Bulk(Enumerable.Range(0, 7).Select(_ => Alert("fast").Line()));

        answers.Take(5).Count(a => a.TryGetProperty("receipt", out _)).ShouldBe(5);
        answers.Skip(5).Select(a => Member(a, "status")).ShouldBe(["429", "429"]);
        (await server.Stored(feed)).ShouldBe(5);
        var single = (await feed.Send(Alert("fast"))).ShouldBeProblem(429, "rate-limited");
        single.RetryAfter!.Value.TotalSeconds.ShouldBeInRange(1, 12);
        var bulk = await feed.Send("/v1/alerts", Alert("fast").Line(), Lines);
        bulk.ShouldBeProblem(429, "rate-limited").RetryAfter.ShouldNotBeNull();
        var @event = await feed.Send("/v2/enqueue", $$"""{"routing_key":"{{feed.ApiKey}}","event_action":"trigger","payload":{"summary":"s","source":"m","severity":"info"} }""");
        (@event.ShouldBe(429)["status"], @event.RetryAfter is null).ShouldBe(("throttle exceeded", false));
        (await server.Stored(feed)).ShouldBe(5);
    }

    [Fact]
    public async Task Of_a_notification_of_which_a_part_is_beyond_the_rate_all_is_asked_for_again()
    {
        var feed = await server.Feed(new { ratePerMinute = 2 });
        var alerts = Enumerable.Range(0, 3).Select(n => $$"""{"status":"firing","labels":{"alertname":"A"},"startsAt":"2026-01-01T00:00:00Z","fingerprint":"f{{n}}"}""");

        (await feed.Send("/v1/alerts/alertmanager", $$"""{"version":"4","alerts":[{{string.Join(',', alerts)}}]}""")).ShouldBe(503);
        (await server.Stored(feed)).ShouldBe(2);

        // And one of which nothing is kept: at a 429 Alertmanager would drop it.
        (await feed.Send("/v1/alerts/alertmanager", $$"""{"version":"4","alerts":[{{string.Join(',', alerts)}}]}""")).ShouldBe(503).RetryAfter.ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task One_reference_twice_in_a_request_is_one_alert()
    {
        var feed = await server.Feed();
        var line = Alert("twice").Line();

        var answers = await feed.Bulk([line, line, line]);

        answers.Select(a => Member(a, "receipt")).Distinct().Count().ShouldBe(1);
        (await server.Stored(feed)).ShouldBe(1);
    }

    private static string Member(JsonElement answer, string member) => (answer.TryGetProperty("error", out var error) ? error : answer).GetProperty(member).ToString();
}
