using System.Globalization;
using CrisisOps.Server.Tests.Harness;
using Npgsql;
using Shouldly;

namespace CrisisOps.Server.Tests.Streams;

/// <summary>
/// More commands than a lane takes, while somebody else holds the row of their stream: the lane turns the rest away, and what it
/// took it writes.
/// </summary>
public sealed class LaneFloodTests(LaneFloodTests.SmallLanes server) : IClassFixture<LaneFloodTests.SmallLanes>
{
    private const int Limit = 25;
    private const int Flood = 80;

    [Fact]
    public async Task A_full_lane_answers_503_and_writes_what_it_took_and_nothing_else()
    {
        var caller = await server.As("spec-04");
        var key = await caller.Raised();
        List<(string Text, Task<Answer> Answer)> posts, away;
        await using (await Hold.Of(server.Database, key))
        {
            posts = [.. Enumerable.Range(0, Flood).Select(i => ($"Update {i}", caller.Note(key, $"Update {i}", idempotencyKey: $"Update {i}")))];
            await Eventually.Is(() => Task.FromResult(posts.Count(p => p.Answer.IsCompleted) >= Flood - Limit), "whoever the lane does not take is answered");
            away = posts.FindAll(p => p.Answer.IsCompleted);

            away.Count.ShouldBe(Flood - Limit);
            foreach (var (_, answer) in away)
            {
                (await answer).ShouldBeProblem(503, "busy").RetryAfter.ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.Zero);
            }

            (await server.Database.Events(key)).ShouldBe(1);
            (await caller.Get($"/v1/escalations/{key}")).ShouldBe(200);
        }

        var taken = posts.Except(away).ToList();
        List<long> versions = [];
        foreach (var (_, answer) in taken)
        {
            versions.Add((await answer).ShouldBeDone().Version);
        }

        versions.Order().ShouldBe(Enumerable.Range(2, Limit).Select(v => (long)v));
        (await Notes(key)).ShouldBe(taken.Select(t => t.Text).Order(StringComparer.Ordinal));
        (await server.Database.TimelineRows(key)).ShouldBe(Limit + 1);

        // Turned away means not written and not remembered: the same key does it now, once.
        var late = away[0].Text;
        var done = (await caller.Note(key, late, idempotencyKey: late)).ShouldBeAt(Limit + 2);
        (await caller.Note(key, late, idempotencyKey: late)).Text.ShouldBe(done.Text);
        (await Notes(key)).ShouldBe(taken.Select(t => t.Text).Append(late).Order(StringComparer.Ordinal));
        server.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Callers_who_hang_up_while_they_wait_give_their_places_back_when_the_lane_goes_on()
    {
        const int TooMany = 5;
        var caller = await server.As("spec-04");
        var key = await caller.Raised();

        // A place that is lost would be missed in the next round; one given back too early would let the memory grow.
        for (var round = 1; round <= 3; round++)
        {
            await using (await Hold.Of(server.Database, key))
            {
                using var hangUp = new CancellationTokenSource();
                var calls = Enumerable.Range(0, Limit + TooMany).Select(i => Answered(caller, key, $"Call {i} in round {round}", hangUp.Token)).ToList();
                await Eventually.Is(() => Task.FromResult(calls.Count(c => c.IsCompleted) >= TooMany), "the lane is full");
                await hangUp.CancelAsync();

                (await Task.WhenAll(calls)).Count(status => status == 503).ShouldBe(TooMany);
                (await Task.WhenAll(calls)).Count(status => status is null).ShouldBe(Limit);
                (await caller.Note(key, "Still full")).ShouldBeProblem(503, "busy");
            }

            await Eventually.Is(async () => (await caller.Note(key, "Room again")).Ok, "the lane goes on");
            (await server.Database.Events(key)).ShouldBe(1 + (round * (Limit + 1)), "what the lane took is written, whoever has hung up");
        }

        server.Log.Errors.ShouldBeEmpty();
    }

    /// <returns>The status; null when the caller hung up before.</returns>
    private static async Task<int?> Answered(Api caller, string key, string text, CancellationToken hangUp)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/escalations/{key}/post-note") { Content = Api.Content(new { text }) };
        try
        {
            using var response = await caller.Http.SendAsync(request, hangUp);
            return (int)response.StatusCode;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private Task<List<string>> Notes(string key) => server.Database.Column<string>(
        "select data->>'text' collate \"C\" from crisis.mt_events where stream_id = $1 and version > 1 order by 1", key);

    /// <summary>A server whose lanes are soon full.</summary>
    public sealed class SmallLanes(TestPostgres postgres) : TestServer(postgres)
    {
        protected override NodeOptions Options => new()
        {
            Settings = new Dictionary<string, string> { ["Lanes:WaitingLimit"] = Limit.ToString(CultureInfo.InvariantCulture) },
        };
    }

    /// <summary>Somebody with psql who locked the row of a stream and went for coffee.</summary>
    private sealed class Hold(NpgsqlConnection connection) : IAsyncDisposable
    {
        public static async Task<Hold> Of(TestDatabase database, string key)
        {
            var connection = new NpgsqlConnection(database.ConnectionString + ";Pooling=false");
            await connection.OpenAsync();
            await connection.BeginTransactionAsync();
            await using var command = new NpgsqlCommand("select 1 from crisis.mt_streams where id = $1 for update", connection) { Parameters = { new() { Value = key } } };
            (await command.ExecuteScalarAsync()).ShouldBe(1);
            return new Hold(connection);
        }

        /// <summary>Closing rolls back.</summary>
        public ValueTask DisposeAsync() => connection.DisposeAsync();
    }
}
