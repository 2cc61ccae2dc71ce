using System.Diagnostics;

namespace CrisisOps.Benchmarks;

/// <summary>The table, and whether every note reached every watcher exactly once.</summary>
internal sealed record LiveResult(Report Report, bool IsClean);

/// <summary>
/// How long after its post a note reaches those who watch the timeline, while others post elsewhere. The commit lies
/// between the sending of the post and its answer, so the two figures bracket commit-to-client.
/// </summary>
internal static class LiveBench
{
    private const int PostsPerSecond = 50;
    private const int BackgroundPerSecond = 200;

    private sealed record Scene(string Name, int Streams, int WatchersOfEach);

    public static async Task<bool> RunAsync(BenchOptions options, CancellationToken cancellation)
    {
        await using var server = await BenchServer.StartAsync(options, cancellation);
        using var api = new CrisisOpsApi(server.Url);
        var tokens = await api.TokensAsync(people: 32, cancellation);
        var keys = await Seeding.RaiseAsync(api, options.Streams, tokens, cancellation);
        var machine = await Machine.DescribeAsync(server, cancellation);
        var live = await MeasureAsync(server, api, keys, tokens, options, cancellation);
        Console.WriteLine();
        Console.WriteLine($"Measured {machine}.");
        live.Report.Print();
        return live.IsClean;
    }

    public static async Task<LiveResult> MeasureAsync(
        BenchServer server, CrisisOpsApi api, string[] keys, string[] tokens, BenchOptions options, CancellationToken cancellation)
    {
        Console.WriteLine();
        Console.WriteLine($"The live stream, {PostsPerSecond} posts/s to watched streams and {BackgroundPerSecond}/s elsewhere");
        var report = new Report($"From post to live stream, {PostsPerSecond} posts/s watched, {BackgroundPerSecond} posts/s elsewhere",
            "watched", "arrivals", "answer → client p50 ms", "p99 ms", "sending → client p50 ms", "p99 ms", "max ms", "missing", "twice");
        var clean = true;
        foreach (var scene in new Scene[] { new("one stream, 8 clients", 1, 8), new("40 streams, one client each", 40, 1) })
        {
            var watchedStreams = Math.Min(scene.Streams, keys.Length / 2);
            await MeasureAsync(new Traffic(api, keys[^watchedStreams..], keys[..^watchedStreams], tokens), scene.WatchersOfEach, seconds: 2, cancellation); // warm-up
            var run = await MeasureAsync(new Traffic(api, keys[^watchedStreams..], keys[..^watchedStreams], tokens), scene.WatchersOfEach, options.Seconds, cancellation);
            string[] cells =
            [
                scene.Name, Report.Number(run.AfterAnswer.Count, "N0"),
                Figure(run.AfterAnswer, 0.5), Figure(run.AfterAnswer, 0.99),
                Figure(run.AfterSending, 0.5), Figure(run.AfterSending, 0.99), Figure(run.AfterSending, 1),
                Report.Number(run.Missing, "N0"), Report.Number(run.Twice, "N0"),
            ];
            Console.WriteLine($"  {string.Join("  ", cells)}");
            report.Add(cells);
            clean &= run is { Missing: 0, Twice: 0 };
        }

        return new LiveResult(report, clean);
    }

    private static async Task<Run> MeasureAsync(Traffic traffic, int watchersOfEach, int seconds, CancellationToken cancellation)
    {
        var watchers = new List<LiveWatcher>();
        try
        {
            foreach (var key in traffic.Watched)
            {
                for (var i = 0; i < watchersOfEach; i++)
                    watchers.Add(await LiveWatcher.OpenAsync(traffic.Api, traffic.Run, key, traffic.Tokens[watchers.Count % traffic.Tokens.Length], cancellation));
            }

            await Task.Delay(500, cancellation); // what was written before they came is not counted
            var background = Traffic.PaceAsync(BackgroundPerSecond, seconds, traffic.PostElsewhereAsync, cancellation);
            var posts = new Post[PostsPerSecond * seconds];
            await Traffic.PaceAsync(PostsPerSecond, seconds, async (number, cancel) => posts[number] = await traffic.PostWatchedAsync(number, cancel), cancellation);
            await background;

            var patience = Stopwatch.StartNew();
            var expected = watchersOfEach * posts.Length;
            while (watchers.Sum(watcher => watcher.Arrivals.Count) < expected && patience.Elapsed < TimeSpan.FromSeconds(5))
                await Task.Delay(20, cancellation);
            return Run.Of(posts, watchers, expected);
        }
        finally
        {
            foreach (var watcher in watchers)
                await watcher.DisposeAsync();
        }
    }

    private static string Figure(IReadOnlyList<double> sorted, double share) => Report.Number(Report.Percentile(sorted, share), "F1");

    /// <summary>All times in milliseconds, sorted. A client may well have the note before the poster has its answer.</summary>
    private sealed record Run(IReadOnlyList<double> AfterAnswer, IReadOnlyList<double> AfterSending, int Missing, int Twice)
    {
        public static Run Of(Post[] posts, List<LiveWatcher> watchers, int expected)
        {
            var arrivals = watchers.SelectMany(watcher => watcher.Arrivals).ToList();
            return new Run(
                [.. arrivals.Select(arrival => Stopwatch.GetElapsedTime(posts[arrival.Key].Answered, arrival.Value).TotalMilliseconds).Order()],
                [.. arrivals.Select(arrival => Stopwatch.GetElapsedTime(posts[arrival.Key].Sent, arrival.Value).TotalMilliseconds).Order()],
                expected - arrivals.Count,
                watchers.Sum(watcher => watcher.Twice));
        }
    }
}
