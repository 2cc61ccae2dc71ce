using System.Text.Json;
using CrisisOps.Server.Tests.Harness;
using Shouldly;
using static CrisisOps.Server.Tests.Intake.AlertCalls;

namespace CrisisOps.Server.Tests.Intake;

/// <summary>A node that stores a bulk in many pieces.</summary>
public sealed class PiecewiseServer(TestPostgres postgres) : TestServer(postgres)
{
    protected override NodeOptions Options => new() { Settings = new Dictionary<string, string> { ["Intake:Chunk"] = "100" } };
}

public sealed class PiecewiseIntakeTests(PiecewiseServer server) : IClassFixture<PiecewiseServer>
{
    [Fact]
    public async Task Of_a_bulk_that_is_faster_than_agreed_the_first_lines_are_kept_and_none_after_one_that_was_refused()
    {
        // Its rate gives back a hundred a second, also while pieces are stored.
        var feed = await server.Feed(new { ratePerMinute = 6_000 });

        var answers = await feed.Bulk(Enumerable.Range(0, 7_000).Select(n => Alert($"{n % 20}").Line()));

        var kept = answers.TakeWhile(a => a.TryGetProperty("receipt", out _)).Count();
        kept.ShouldBeGreaterThanOrEqualTo(6_000);
        answers.Skip(kept).ShouldAllBe(a => Status(a) == 429);
        answers.Select(a => a.GetProperty("line").GetInt32()).ShouldBe(Enumerable.Range(1, 7_000));
        (await server.Stored(feed)).ShouldBe(kept);
    }

    [Fact]
    public async Task Bad_lines_before_the_first_good_one_do_not_hide_that_the_source_is_too_fast()
    {
        var feed = await server.Feed(new { ratePerMinute = 1 });
        await feed.Sends(Alert("one"));

        var answer = await feed.Send("/v1/alerts", string.Join('\n', [.. Enumerable.Repeat("{", 250), .. Enumerable.Range(0, 50).Select(n => Alert($"{n}").Line())]), "application/x-ndjson");

        answer.ShouldBeProblem(429, "rate-limited").RetryAfter.ShouldNotBeNull();
        (await server.Stored(feed)).ShouldBe(1);
    }

    [Fact]
    public async Task Alerts_of_one_bulk_that_lie_in_different_pieces_fold_in_their_order()
    {
        var feed = await server.Feed();
        string[] lines = [Alert("fire").Line(), .. Enumerable.Range(0, 300).Select(n => Alert($"other-{n % 3}").Line()), Alert("fire").Line(), "{", Alert("fire").Line()];

        var answers = await feed.Bulk(lines);

        answers.Count(a => a.TryGetProperty("receipt", out _)).ShouldBe(303);
        answers.Single(a => a.TryGetProperty("error", out _)).GetProperty("line").GetInt32().ShouldBe(303);
        (await server.RaisedBy(feed)).Count.ShouldBe(4);
    }

    private static int Status(JsonElement answer) => answer.TryGetProperty("error", out var error) ? error.GetProperty("status").GetInt32() : 202;
}
