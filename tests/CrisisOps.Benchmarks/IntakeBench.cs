using System.Collections.Concurrent;
using System.Diagnostics;

namespace CrisisOps.Benchmarks;

/// <summary>
/// Alerts of sources: in bulk, of which nine in ten fold; one by one, against the yardstick of the updates; and what one source that floods at its
/// limit costs another one's single alerts.
/// </summary>
internal static class IntakeBench
{
    private const int Connections = 16;

    // The first seconds of a .NET process are the compiler's.
    private const int WarmUp = 8;

    public static async Task<bool> RunAsync(BenchOptions options, CancellationToken cancellation)
    {
        await using var server = await BenchServer.StartAsync(options, cancellation);
        using var api = new CrisisOpsApi(server.Url);
        using var feeds = new IntakeFeeds(server.Url, api);
        var machine = await Machine.DescribeAsync(server, cancellation);
        if (options.Flood > 0)
            return await LongFloodAsync(options, server, api, feeds, machine, cancellation);
        var clean = options.Only is not (null or "bulk") || await BulkAsync(options, server, feeds, cancellation);
        clean &= options.Only is not (null or "singles") || await SinglesAsync(options, server, feeds, cancellation);
        clean &= options.Only is not (null or "beside") || await BesideAsync(options, server, api, feeds, cancellation);
        Console.WriteLine();
        Console.WriteLine($"Measured {machine}. {options.Drives}.");
        return clean;
    }

    private static async Task<bool> BulkAsync(BenchOptions options, BenchServer server, IntakeFeeds feeds, CancellationToken cancellation)
    {
        var report = new Report("Alerts in bulk, 10,000 a request, nine in ten fold", "sources at once", "alerts/s (rounds)", "alerts", "rows − answers", "escalations", "most memory MB", "asked alerts/s");
        var clean = true;
        var (_, first) = await feeds.SourceAsync("bulk-first", 10_000_000, cancellation);
        for (var warm = Stopwatch.StartNew(); warm.Elapsed < TimeSpan.FromSeconds(WarmUp);)
            await feeds.SendAsync(feeds.Bulk("first"), first, cancellation);
        foreach (var sources in new[] { 1, 2, 4 })
        {
            var keys = new List<string>();
            for (var i = 0; i < sources; i++)
                keys.Add((await feeds.SourceAsync($"bulk-{sources}-{i}", 10_000_000, cancellation)).Key);
            await Task.WhenAll(keys.Select((key, i) => feeds.SendAsync(feeds.Bulk($"warm-{sources}-{i}"), key, cancellation)));
            var (rows, raised) = await server.Store.AlertsAsync(cancellation);
            var rates = new List<double>();
            var total = 0L;
            for (var round = 0; round < options.Rounds; round++)
            {
                var bulks = keys.ToDictionary(key => key, key => new ConcurrentQueue<byte[]>(Enumerable.Range(0, Math.Max(2, options.Seconds * 3 / sources)).Select(_ => feeds.Bulk($"b{sources}"))));
                await server.Store.SettleAsync(cancellation);
                var watch = Stopwatch.StartNew();
                var taken = 0L;
                await Task.WhenAll(keys.Select(async key =>
                {
                    while (watch.Elapsed < TimeSpan.FromSeconds(options.Seconds) && bulks[key].TryDequeue(out var bulk))
                        Interlocked.Add(ref taken, (await feeds.SendAsync(bulk, key, cancellation)).Taken);
                }));
                rates.Add(taken / watch.Elapsed.TotalSeconds);
                total += taken;
                Console.WriteLine($"  bulk, {sources} source(s), round {round + 1}: {rates[^1]:N0}/s");
            }

            var (after, now) = await server.Store.AlertsAsync(cancellation);
            clean &= after - rows == total;
            report.Add(
                Report.Number(sources, "N0"), $"**{Report.Number(Report.Median(rates), "N0")}** ({string.Join(", ", rates.Select(r => Report.Number(r, "N0")))})", Report.Number(total, "N0"),
                Report.Number(after - rows - total, "N0"), Report.Number(now - raised, "N0"), Report.Number(await server.Process.KilobytesAsync("VmHWM", cancellation) / 1024.0, "N0"), "20,000");
        }

        report.Print();
        return clean;
    }

    private static async Task<bool> SinglesAsync(BenchOptions options, BenchServer server, IntakeFeeds feeds, CancellationToken cancellation)
    {
        await using var yardstick = await UpdatesBench.StartYardstickAsync(server, cancellation);
        var (_, key) = await feeds.SourceAsync("singles", 10_000_000, cancellation);
        string[] dedups = [.. Enumerable.Range(0, options.Streams).Select(n => $"case-{n}")];
        await Parallel.ForEachAsync(dedups, new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = cancellation }, async (dedup, cancel) => await feeds.SendAsync($"first-{dedup}", dedup, key, cancel));
        string[] streams = [.. Enumerable.Range(1, options.Streams).Select(number => $"ESC-2027-{number:D6}")];
        string[] token = [new string('t', 600)];
        var wrk = new Wrk(options.Threads, options.Seconds, server.Folder);
        await (wrk with { Seconds = 4 }).PostAlertsAsync(server.Url, Connections, dedups, [key], cancellation);
        await (wrk with { Seconds = 2 }).PostNotesAsync(yardstick.Url, Connections, streams, token, cancellation);

        var (ours, theirs) = (new List<DriveResult>(), new List<DriveResult>());
        var missing = 0L;
        for (var round = 1; round <= options.Rounds; round++)
        {
            foreach (var isServer in round % 2 == 1 ? [true, false] : new[] { false, true })
            {
                var (rows, _) = await server.Store.AlertsAsync(cancellation);
                var drive = isServer ? await wrk.PostAlertsAsync(server.Url, Connections, dedups, [key], cancellation) : await wrk.PostNotesAsync(yardstick.Url, Connections, streams, token, cancellation);
                (isServer ? ours : theirs).Add(drive);
                missing += isServer ? (await server.Store.AlertsAsync(cancellation)).Rows - rows - drive.Succeeded : 0;
                Console.WriteLine($"  singles, round {round}  {(isServer ? "CrisisOps" : "yardstick"),-9}  {drive.PerSecond:N0}/s  p50 {drive.P50:F2} ms  p99 {drive.P99:F2} ms  not 2xx {drive.Failed}");
            }
        }

        var ratios = ours.Zip(theirs, (one, other) => one.PerSecond / other.PerSecond).ToArray();
        var report = new Report("Alerts one by one, folded into 2,000 cases, 16 connections", "side", "posts/s", "p50 ms", "p99 ms", "not 2xx", "rows − answers", "ratio (rounds)", "asked");
        report.Add("yardstick", Report.Number(Report.Median(theirs.Select(d => d.PerSecond)), "N0"), Report.Number(Report.Median(theirs.Select(d => d.P50)), "F2"), Report.Number(Report.Median(theirs.Select(d => d.P99)), "F2"), Report.Number(theirs.Sum(d => d.Failed), "N0"), "", "1.00", "");
        report.Add(
            "CrisisOps", Report.Number(Report.Median(ours.Select(d => d.PerSecond)), "N0"), Report.Number(Report.Median(ours.Select(d => d.P50)), "F2"), Report.Number(Report.Median(ours.Select(d => d.P99)), "F2"),
            Report.Number(ours.Sum(d => d.Failed), "N0"), Report.Number(missing, "N0"), $"**{Report.Number(Report.Median(ratios), "F2")}** ({string.Join(", ", ratios.Select(r => Report.Number(r, "F2")))})", "0.8");
        report.Print();
        return missing == 0 && ours.TrueForAll(d => d is { Failed: 0, Broken: 0 });
    }

    private static async Task<bool> BesideAsync(BenchOptions options, BenchServer server, CrisisOpsApi api, IntakeFeeds feeds, CancellationToken cancellation)
    {
        var (_, flooding) = await feeds.SourceAsync("flooding", 600_000, cancellation);
        var quiet = await QuietSource.OpenAsync(server, api, feeds, cancellation);
        var report = new Report($"Single alerts of one source, {QuietSource.PerSecond}/s, while another floods in bulk at its limit of 10,000/s", ["flood", "flood alerts/s", .. QuietSource.Columns]);
        var clean = true;
        foreach (var flood in new[] { false, true })
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var taken = 0L;
            var flooder = flood ? FloodAsync(feeds, flooding, n => Interlocked.Add(ref taken, n), stop.Token) : Task.CompletedTask;
            if (flood)
                await quiet.SendAsync(WarmUp, cancellation);
            var watch = Stopwatch.StartNew();
            var from = Interlocked.Read(ref taken);
            var singles = await quiet.SendAsync(options.Seconds, cancellation);
            var rate = (Interlocked.Read(ref taken) - from) / watch.Elapsed.TotalSeconds;
            await stop.CancelAsync();
            await flooder;
            clean &= singles.Missing == 0;
            report.Add([flood ? "yes" : "no", Report.Number(rate, "N0"), .. singles.Cells]);
        }

        report.Print();
        return clean;
    }

    /// <summary>One source at its limit for minutes: what the server keeps in memory meanwhile, and how another source fares.</summary>
    private static async Task<bool> LongFloodAsync(BenchOptions options, BenchServer server, CrisisOpsApi api, IntakeFeeds feeds, string machine, CancellationToken cancellation)
    {
        var (_, key) = await feeds.SourceAsync("flooding", 600_000, cancellation);
        var quiet = await QuietSource.OpenAsync(server, api, feeds, cancellation);
        await feeds.SendAsync(feeds.Bulk("warm"), key, cancellation);
        var (before, _) = await server.Store.AlertsAsync(cancellation);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var taken = 0L;
        var flooder = FloodAsync(feeds, key, n => Interlocked.Add(ref taken, n), stop.Token);
        var report = new Report($"One source that floods at its limit of 10,000/s, and single alerts of another, {QuietSource.PerSecond}/s", ["after s", "flood alerts/s", "server's memory MB", "most until then MB", .. QuietSource.Columns]);
        await quiet.SendAsync(WarmUp, cancellation);
        var beside = (long)WarmUp * QuietSource.PerSecond;
        var watch = Stopwatch.StartNew();
        var (from, since) = (Interlocked.Read(ref taken), 0.0);
        var clean = true;
        foreach (var end in Enumerable.Range(1, Math.Max(1, options.Flood / 60)).Select(minute => Math.Min(60 * minute, options.Flood)))
        {
            var singles = await quiet.SendAsync(Math.Max(1, end - (int)watch.Elapsed.TotalSeconds), cancellation);
            var (now, at) = (Interlocked.Read(ref taken), watch.Elapsed.TotalSeconds);
            clean &= singles.Missing == 0;
            beside += singles.Accepted.Length;
            report.Add([
                Report.Number(at, "N0"), Report.Number((now - from) / (at - since), "N0"), Report.Number(await server.Process.KilobytesAsync("VmRSS", cancellation) / 1024.0, "N0"),
                Report.Number(await server.Process.KilobytesAsync("VmHWM", cancellation) / 1024.0, "N0"), .. singles.Cells]);
            (from, since) = (now, at);
        }

        await stop.CancelAsync();
        await flooder;
        report.Print();
        // The last requests were hung up on: they may be stored without having been answered, and never the other way round.
        var (after, _) = await server.Store.AlertsAsync(cancellation);
        Console.WriteLine($"{taken + beside:N0} alerts answered, {after - before:N0} stored. Measured {machine}.");
        return clean && after - before >= taken + beside;
    }

    private static async Task FloodAsync(IntakeFeeds feeds, string key, Action<int> taken, CancellationToken cancellation)
    {
        try
        {
            await Task.WhenAll(Enumerable.Range(0, 2).Select(async _ =>
            {
                var bulk = feeds.Bulk("flood");
                while (!cancellation.IsCancellationRequested)
                {
                    var (count, wait) = await feeds.SendAsync(bulk, key, cancellation);
                    taken(count);
                    if (wait is { } pause)
                        await Task.Delay(pause, cancellation);
                    else
                        feeds.Renew(bulk);
                }
            }));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The measurement is over.
        }
    }
}
