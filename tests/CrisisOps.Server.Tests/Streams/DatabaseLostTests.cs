using System.Diagnostics;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Streams;

/// <summary>A PostgreSQL of its own, because it is taken away under load.</summary>
public sealed class DatabaseLostTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crisisops-lost-").FullName;
    private PrivatePostgres? _postgres;

    [Fact]
    public async Task While_the_database_is_away_callers_get_503_and_nothing_is_half_written()
    {
        await using var node = await TestNode.Start(_postgres!.ConnectionString);
        await using var database = new TestDatabase(_postgres.ConnectionString + ";Pooling=false");
        var caller = await node.As("spec-04");
        var keys = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => caller.Raised()));
        using var stop = new CancellationTokenSource();
        var posted = Task.WhenAll(Enumerable.Range(0, 8).Select(i => Post(caller, keys[i % keys.Length], stop.Token)));

        await Eventually.Is(async () => await database.Events() > 100, "the load runs");
        await _postgres.DisposeAsync();
        await Eventually.Is(async () => (await caller.Note(keys[0], "Is anybody there?")).Status == 503, "callers are told 503");
        var away = (await caller.Raise()).Status == 201 ? await caller.Note(keys[0], "Still?") : await caller.Raise();
        _postgres = await PrivatePostgres.StartAsync(_folder, TestContext.Current.CancellationToken);
        var back = Stopwatch.StartNew();
        await Eventually.Is(async () => (await caller.Note(keys[0], "Back again?")).Ok, "the server goes on");
        back.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        var before = await database.Events();
        await Eventually.Is(async () => await database.Events() > before + 50, "the load goes on");
        await stop.CancelAsync();

        away.ShouldBeProblem(503, "busy").RetryAfter.ShouldNotBeNull();
        var answers = (await posted).SelectMany(a => a).ToList();
        answers.ShouldAllBe(a => a.Answer.Status == 200 || a.Answer.Status == 503);
        answers.Where(a => a.Answer.Status == 503).ShouldAllBe(a => a.Answer.RetryAfter != null && a.Answer.MediaType == "application/problem+json");
        (await database.TimelineRows()).ShouldBe(await database.Events());
        (await Broken(database)).ShouldBe(0);
        foreach (var (key, answer) in answers.Where(a => a.Answer.Ok))
        {
            (await database.Versions(key)).ShouldContain(answer.Version);
        }
    }

    public async ValueTask InitializeAsync() => _postgres = await PrivatePostgres.StartAsync(_folder, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _postgres!.DisposeAsync();
        PostgresHome.Wipe(_folder);
    }

    private static async Task<List<(string Key, Answer Answer)>> Post(Api caller, string key, CancellationToken stop)
    {
        List<(string, Answer)> answers = [];
        while (!stop.IsCancellationRequested)
        {
            answers.Add((key, await caller.Note(key, "Update", idempotencyKey: Guid.NewGuid().ToString())));
        }

        return answers;
    }

    /// <summary>Streams whose versions have a gap, or whose row says something else than their events.</summary>
    private static Task<long> Broken(TestDatabase database) => database.Scalar<long>("""
        select count(*) from crisis.mt_streams s
         where s.version <> (select count(*) from crisis.mt_events e where e.stream_id = s.id)
            or s.version <> (select max(version) from crisis.mt_events e where e.stream_id = s.id)
        """);
}
