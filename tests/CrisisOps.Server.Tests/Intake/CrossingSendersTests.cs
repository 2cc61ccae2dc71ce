using CrisisOps.Server.Tests.Harness;
using Npgsql;
using Shouldly;
using static CrisisOps.Server.Tests.Intake.AlertCalls;

namespace CrisisOps.Server.Tests.Intake;

/// <summary>What comes while something else happens to the same alerts or cases.</summary>
public sealed class CrossingSendersTests(TestServer server) : IClassFixture<TestServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_source_of_every_region_sends_alerts_that_name_none()
    {
        var feed = await server.Feed(new { regions = Array.Empty<string>() });

        var first = await feed.Sends(Alert("everywhere"));
        (await feed.Bulk([Alert("everywhere").Line(), Alert("elsewhere").Line()])).Where(line => !line.TryGetProperty("receipt", out _)).ShouldBeEmpty();
        await server.Maintenance(feed, "PT1H");
        await feed.Sends(Alert("kept back"));

        (await server.Stored(feed)).ShouldBe(4);
        (await server.CaseOf(first)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(40)]
    [InlineData(120)] // stored as a copy
    public async Task Sources_of_one_partner_send_the_same_references_at_once_in_another_order_each(int many)
    {
        var (partner, content) = ($"Hotline {Guid.NewGuid():n}", $"vid-{Guid.NewGuid():n}");
        var region = StreamCalls.NewRegion();
        var feeds = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => server.Feed(new { partnerId = partner }, region)));
        await feeds[0].Sends(Alert(content: content));

        for (var round = 0; round < 4; round++)
        {
            var lines = Enumerable.Range(0, many).Select(n => Alert(content: content, reference: $"{content}-{round}-{n}").With("text", new string('x', 4_000)).Line()).ToArray();
            var answers = await Task.WhenAll(feeds.Select((feed, shift) => feed.Bulk(shift % 2 == 0 ? lines.Skip(shift * 7).Concat(lines.Take(shift * 7)) : lines.Reverse())));

            answers.SelectMany(a => a).Where(line => !line.TryGetProperty("receipt", out _)).ShouldBeEmpty();
            answers.SelectMany(a => a).Select(line => line.GetProperty("receipt").GetString()).Distinct().Count().ShouldBe(many);
        }

        (await server.Database.Scalar<long>("select count(*) from crisis.alerts where owner = $1", partner)).ShouldBe(1 + (4 * many));
    }

    [Fact]
    public async Task A_case_that_ends_while_a_bulk_is_being_stored_takes_none_of_it()
    {
        var feed = await server.Feed();
        var lead = await server.As("lead-31", roles: ["duty-lead"], regions: ["*"], clearance: "RED");
        var first = (await server.CaseOf(await feed.Sends(Alert("ends"))))!;
        await server.Tallied();
        await using var connection = new NpgsqlConnection(server.Database.ConnectionString);
        await connection.OpenAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await using (var hold = new NpgsqlCommand("lock table crisis.alert_folds in exclusive mode", connection))
        {
            await hold.ExecuteNonQueryAsync(Cancellation);
        }

        var bulk = feed.Bulk(Enumerable.Range(0, 200).Select(_ => Alert("ends").Line()));
        await Eventually.Is(
            async () => await server.Database.Scalar<long>("select count(*) from pg_locks where not granted and relation = 'crisis.alert_folds'::regclass") > 0, "the bulk is copied and waits");
        await lead.Gives(first, "void", new { reason = "raised by mistake" });
        await transaction.CommitAsync(Cancellation);

        (await bulk).Where(line => !line.TryGetProperty("receipt", out _)).ShouldBeEmpty();
        (await server.Database.Scalar<long>("select count(*) from crisis.alerts where escalation = $1", first)).ShouldBe(1);
        (await server.RaisedBy(feed)).Count.ShouldBe(2);
        (await server.Stored(feed)).ShouldBe(201);
    }

    [Fact]
    public async Task A_key_that_went_to_another_case_stays_there_also_when_the_first_one_is_opened_again()
    {
        var feed = await server.Feed();
        var lead = await server.As("lead-32", roles: ["duty-lead"], regions: ["*"], clearance: "RED");
        var content = $"vid-{Guid.NewGuid():n}";
        var first = (await server.CaseOf(await feed.Sends(Alert(content: content))))!;
        await feed.Sends(Alert(content: content)); // its home is remembered from now on
        await lead.Gives(first, "reject", new { reason = "OutOfScope", explanation = "This is nothing of ours." });
        var second = (await server.CaseOf(await feed.Sends(Alert("its own name", content: content))))!;
        await lead.Gives(first, "reopen", new { reason = "it was ours after all", ground = "NewInformation" });

        var next = await server.CaseOf(await feed.Sends(Alert(content: content)));

        second.ShouldNotBe(first);
        next.ShouldBe(second);
    }
}
