using System.Collections.Concurrent;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Streams;

public sealed class KilledServerTests(TestPostgres postgres)
{
    private const int Kills = 20;
    private const int Clients = 16;
    private const int PostsBetweenKills = 60;

    [Fact]
    public async Task Twenty_times_kill_minus_nine_under_load_and_each_answered_post_is_there_exactly_once()
    {
        await using var database = await postgres.CreateDatabase();
        await using var server = await ServerProcess.Start(database.ConnectionString);
        var caller = await server.As("spec-04"); // its token outlives the process
        var keys = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => caller.Raised()));
        var answered = new ConcurrentQueue<(string Key, long Version, string Text)>();
        using var stop = new CancellationTokenSource();
        var clients = Enumerable.Range(0, Clients).Select(i => Post(caller, keys[i % keys.Length], $"client {i}", answered, stop.Token)).ToArray();

        for (var kill = 0; kill < Kills; kill++)
        {
            var before = answered.Count;
            await Eventually.Is(() => Task.FromResult(answered.Count >= before + PostsBetweenKills), "the load runs");
            await server.Kill();
            await server.Restart();
        }

        await stop.CancelAsync();
        await Task.WhenAll(clients);

        answered.Count.ShouldBeGreaterThanOrEqualTo(Kills * PostsBetweenKills);
        var stored = (await database.Column<string>("select stream_id || '@' || version || ' ' || (data->>'text') from crisis.mt_events where version > 1")).ToHashSet();
        answered.Where(a => !stored.Contains($"{a.Key}@{a.Version} {a.Text}")).ShouldBeEmpty();
        (await database.Scalar<long>("select count(*) from (select 1 from crisis.mt_events where version > 1 group by data->>'text' having count(*) > 1) twice")).ShouldBe(0);
        (await database.TimelineRows()).ShouldBe(await database.Events());
        foreach (var key in keys)
        {
            var versions = await database.Versions(key);
            versions.ShouldBe(Enumerable.Range(1, versions.Length).Select(v => (long)v));
        }
    }

    /// <summary>Posts one text after another; what was not answered is sent again with the same idempotency key until it is.</summary>
    private static async Task Post(Api caller, string key, string name, ConcurrentQueue<(string, long, string)> answered, CancellationToken stop)
    {
        for (var n = 0; !stop.IsCancellationRequested; n++)
        {
            var text = $"{name}, post {n}";
            var idempotency = Guid.NewGuid().ToString();
            await Eventually.Is(
                async () =>
                {
                    try
                    {
                        var answer = await caller.Note(key, text, idempotencyKey: idempotency);
                        if (answer.Ok)
                        {
                            answered.Enqueue((key, answer.Version, text));
                        }

                        return answer.Ok;
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
