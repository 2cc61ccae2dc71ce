using CrisisOps.Server.Tests.Harness;
using Npgsql;
using Shouldly;

namespace CrisisOps.Server.Tests.Streams;

/// <summary>A lane takes so many commands and no more: the next caller is told at once, and nothing of it is kept.</summary>
public sealed class FloodedLaneTests(FloodedLaneTests.NarrowServer server) : IClassFixture<FloodedLaneTests.NarrowServer>
{
    private const int Limit = 8;
    private const int Posts = 40;

    [Fact]
    public async Task A_full_lane_turns_callers_away_and_keeps_what_it_took()
    {
        var specialist = await server.As("spec-04");
        var key = await specialist.Raised();
        (await specialist.Note(key, "before")).ShouldBeAt(2);

        await using var database = NpgsqlDataSource.Create(server.Database.ConnectionString);
        await using var blocker = await database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var held = await blocker.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var hold = new NpgsqlCommand("select 1 from crisis.mt_streams where id = $1 for update", blocker, held) { Parameters = { new() { Value = key } } })
        {
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var posts = Enumerable.Range(0, Posts).Select(async n => (Text: $"flood {n}", Answer: await specialist.Note(key, $"flood {n}"))).ToArray();
        // Nothing can be committed now, so whoever is answered is turned away; all others wait.
        var turnedAway = await FirstAnswers(posts, Posts - Limit);
        turnedAway.ShouldAllBe(p => p.Answer.RetryAfter > TimeSpan.Zero);
        turnedAway.ForEach(p => p.Answer.ShouldBeProblem(503, "busy"));
        await held.RollbackAsync(TestContext.Current.CancellationToken);

        var taken = (await Task.WhenAll(posts)).Where(p => p.Answer.Ok).ToArray();
        taken.Length.ShouldBe(Limit);
        (await server.Database.Column<string>("select data->>'text' from crisis.mt_events where stream_id = $1 and version > 2", key))
            .ShouldBe(taken.Select(p => p.Text), ignoreOrder: true);
        (await server.Database.TimelineRows(key)).ShouldBe(2 + Limit);

        // Room again: the flood left nothing behind in the lane.
        (await specialist.Note(key, "after")).ShouldBeAt(3 + Limit);
    }

    private static async Task<List<(string Text, Answer Answer)>> FirstAnswers(Task<(string Text, Answer Answer)>[] posts, int count)
    {
        List<(string, Answer)> answers = [];
        await foreach (var post in Task.WhenEach(posts))
        {
            answers.Add(await post);
            if (answers.Count == count)
            {
                break;
            }
        }

        return answers;
    }

    public sealed class NarrowServer(TestPostgres postgres) : TestServer(postgres)
    {
        protected override NodeOptions Options => new() { Settings = new Dictionary<string, string> { ["Lanes:WaitingLimit"] = $"{Limit}" } };
    }
}
