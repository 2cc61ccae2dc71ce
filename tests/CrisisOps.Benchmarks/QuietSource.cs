using System.Collections.Concurrent;
using System.Diagnostics;

namespace CrisisOps.Benchmarks;

/// <summary>A source that sends an alert now and then, each folded into one of a few cases that somebody watches.</summary>
internal sealed class QuietSource
{
    public const int PerSecond = 20;

    public static readonly string[] Columns = ["singles", "accepted p50 ms", "p99 ms", "told on the timeline p50 ms", "p99 ms", "missing", "asked p99 ms"];

    private const int Cases = 200;

    private readonly CrisisOpsApi _api;
    private readonly IntakeFeeds _feeds;
    private readonly string _key;
    private readonly string _token;
    private readonly IReadOnlyDictionary<string, string> _cases;

    private QuietSource(CrisisOpsApi api, IntakeFeeds feeds, string key, string token, IReadOnlyDictionary<string, string> cases) =>
        (_api, _feeds, _key, _token, _cases) = (api, feeds, key, token, cases);

    public static async Task<QuietSource> OpenAsync(BenchServer server, CrisisOpsApi api, IntakeFeeds feeds, CancellationToken cancellation)
    {
        var (_, key) = await feeds.SourceAsync("quiet", 6_000, cancellation);
        for (var i = 0; i < Cases; i++)
            await feeds.SendAsync($"q-{i}", $"quiet-{i}", key, cancellation);
        await Task.Delay(2500, cancellation);
        return new QuietSource(api, feeds, key, await api.TokenAsync("watcher", ["*"], cancellation), await server.Store.CasesAsync("quiet", cancellation));
    }

    /// <summary>Sends for so many seconds.</summary>
    public async Task<Singles> SendAsync(int seconds, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var sent = new ConcurrentDictionary<string, long>();
        var accepted = new ConcurrentBag<double>();
        var told = new ConcurrentBag<double>();
        var run = Guid.NewGuid().ToString("n");
        var watchers = _cases.Values.Select(c => WatchAsync(c, at => { if (sent.TryRemove(c, out var then)) told.Add(Stopwatch.GetElapsedTime(then, at).TotalMilliseconds); }, stop.Token)).ToArray();
        await Task.Delay(1000, cancellation);
        await Traffic.PaceAsync(PerSecond, seconds, async (number, cancel) =>
        {
            var dedup = $"quiet-{number % Cases}";
            var then = Stopwatch.GetTimestamp();
            sent[_cases[dedup]] = then;
            await _feeds.SendAsync($"{run}-{number}", dedup, _key, cancel);
            accepted.Add(Stopwatch.GetElapsedTime(then).TotalMilliseconds);
        }, cancellation);
        for (var patience = Stopwatch.StartNew(); !sent.IsEmpty && patience.Elapsed < TimeSpan.FromSeconds(5);)
            await Task.Delay(20, cancellation);
        await stop.CancelAsync();
        await Task.WhenAll(watchers);
        return new Singles([.. accepted.Order()], [.. told.Order()], sent.Count);
    }

    private async Task WatchAsync(string key, Action<long> told, CancellationToken cancellation)
    {
        try
        {
            await using var live = await _api.LiveAsync(key, _token, cancellation);
            await foreach (var entry in System.Net.ServerSentEvents.SseParser.Create(live).EnumerateAsync(cancellation))
            {
                if (entry.Data.Contains("folded in", StringComparison.Ordinal))
                    told(Stopwatch.GetTimestamp());
            }
        }
        catch (Exception end) when (end is OperationCanceledException or IOException)
        {
            // The measurement is over, or the server hung up: then entries are missing, and the report says so.
        }
    }

    /// <summary>How long each took, in ms and in order.</summary>
    /// <param name="Missing">So many were not told in time.</param>
    internal sealed record Singles(double[] Accepted, double[] Told, int Missing)
    {
        /// <summary>What stands under <see cref="Columns"/>.</summary>
        public string[] Cells =>
        [
            Report.Number(Accepted.Length, "N0"), Report.Number(Report.Percentile(Accepted, 0.5), "F1"), Report.Number(Report.Percentile(Accepted, 0.99), "F1"),
            Report.Number(Report.Percentile(Told, 0.5), "F1"), Report.Number(Report.Percentile(Told, 0.99), "F1"), Report.Number(Missing, "N0"), "50; 250",
        ];
    }
}
