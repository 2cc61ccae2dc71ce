using CrisisOps.Server.Tests.Harness;

namespace CrisisOps.Server.Tests.History;

/// <summary>A node that dies while it chains loses nothing and doubles nothing.</summary>
public sealed class KilledChainerTests(TestPostgres postgres)
{
    private const int Kills = 3;

    [Fact]
    public async Task Kill_minus_nine_again_and_again_while_posting_and_every_event_is_a_leaf_once()
    {
        await using var database = await postgres.CreateDatabase();
        await using var server = await ServerProcess.Start(database.ConnectionString, new Dictionary<string, string> { ["History:HeadEvery"] = "00:00:01" });
        var caller = await server.As("spec-04"); // its token outlives the process
        var keys = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => caller.Raised()));
        using var stop = new CancellationTokenSource();
        var posting = Enumerable.Range(0, 4).Select(i => Post(caller, keys[i % 4], stop.Token)).ToArray();

        for (var kill = 0; kill < Kills; kill++)
        {
            var before = await database.Scalar<long>("select size from crisis.history");
            await Eventually.Is(async () => await database.Scalar<long>("select size from crisis.history") > before, "it chains");
            await server.Kill();
            await server.Restart();
        }

        await stop.CancelAsync();
        await Task.WhenAll(posting);
        await database.ShouldBeChainedRight();
        await Eventually.Is(async () => await database.Scalar<bool>("select (select max(size) from crisis.history_heads) = (select size from crisis.history)"), "a head is over all of it");
    }

    private static async Task Post(Api caller, string key, CancellationToken stop)
    {
        for (var n = 0; !stop.IsCancellationRequested; n++)
        {
            var text = $"Post {n}";
            await Eventually.Is(
                async () =>
                {
                    try
                    {
                        return (await caller.Note(key, text)).Ok;
                    }
                    catch (Exception exception) when (exception is HttpRequestException or IOException)
                    {
                        return false;
                    }
                },
                "a post is answered",
                TimeSpan.FromSeconds(60));
        }
    }
}
