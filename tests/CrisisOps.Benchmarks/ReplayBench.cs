using System.Diagnostics;

namespace CrisisOps.Benchmarks;

/// <summary>
/// The past of a long stream and of a large incident: as-of states against reading their rows, and how fast an incident of a million entries
/// is replayed, exported and verified, in how much memory.
/// </summary>
internal static class ReplayBench
{
    private const int Streams = 10;
    private const double AskedTimesRaw = 1.5;
    private const double AskedNearEndMs = 20;
    private const double AskedEntriesPerSecond = 50_000;
    private const double AskedMegabytes = 100;
    private const double AskedVerifiedPerSecond = 100_000;

    public static async Task<bool> RunAsync(BenchOptions options, CancellationToken cancellation)
    {
        await using var server = await BenchServer.StartAsync(options, cancellation);
        using var api = new CrisisOpsApi(server.Url);
        var machine = await Machine.DescribeAsync(server, cancellation);
        var incident = await LongIncident.MakeAsync(api, server.Store, options.Store, Streams, cancellation);

        var past = new Report($"The state as of a version of a stream of {options.Store:N0} events", "what", "ms", "times reading the rows", "asked");
        await PastAsync(server, api, incident, past, options, cancellation);

        var large = new Report($"An incident of {incident.Entries:N0} entries", "what", "per second", "seconds", "memory above idle MB", "asked");
        var clean = await LargeAsync(server, incident, large, options, cancellation);

        Console.WriteLine();
        Console.WriteLine($"Measured {machine}. {options.Rounds} round(s), medians; everything on the same machine.");
        past.Print();
        large.Print();
        return clean;
    }

    private static async Task PastAsync(BenchServer server, CrisisOpsApi api, LongIncident incident, Report report, BenchOptions options, CancellationToken cancellation)
    {
        var version = options.Store - 250;
        List<double> raw = [], cold = [];
        for (var round = 0; round < options.Rounds; round++)
        {
            raw.Add(await server.Store.ReadEventsAsync(incident.LongStream, version, cancellation));
            await server.Store.ForgetPastAsync(cancellation);
            var watch = Stopwatch.StartNew();
            await api.PageAsync($"/v1/escalations/{incident.LongStream}?version={version}", incident.Token, cancellation);
            cold.Add(watch.Elapsed.TotalMilliseconds);
            Console.WriteLine($"  round {round + 1}  rows {raw[^1]:F0} ms  state {cold[^1]:F0} ms");
        }

        var near = Enumerable.Range(0, 200).Select(back => $"/v1/escalations/{incident.LongStream}?version={options.Store - back}").ToArray();
        var wrk = new Wrk(Threads: 1, options.Seconds, server.Folder);
        await (wrk with { Seconds = 2 }).ReadPagesAsync(server.Url, near, incident.Token, cancellation);
        var warm = await wrk.ReadPagesAsync(server.Url, near, incident.Token, cancellation);
        report.Add("reading the rows", Report.Number(Report.Median(raw), "F0"), "1.0", "");
        report.Add("the state, the first time", Report.Number(Report.Median(cold), "F0"), $"**{Report.Number(Report.Median(cold.Zip(raw, (state, rows) => state / rows)), "F2")}**", $"≤ {Report.Number(AskedTimesRaw, "F1")}");
        report.Add("near the end, p50", $"**{Report.Number(warm.P50, "F1")}**", "", $"< {Report.Number(AskedNearEndMs, "F0")} ms");
        report.Add("near the end, p99", Report.Number(warm.P99, "F1"), "", "");
    }

    private static async Task<bool> LargeAsync(BenchServer server, LongIncident incident, Report report, BenchOptions options, CancellationToken cancellation)
    {
        var replays = new List<Drained>();
        var exports = new List<Drained>();
        var verified = new List<double>();
        await server.Store.ChainedAsync(cancellation);
        var bundle = Path.Combine(server.Folder, "bundle.ndjson");
        for (var round = 0; round < options.Rounds; round++)
        {
            replays.Add(await Drained.OfAsync(server, $"/v1/timelines/{incident.Crisis}/replay?speed=max", incident.Token, "event: entry", null, cancellation));
            exports.Add(await Drained.OfAsync(server, $"/v1/crises/{incident.Crisis}/export", incident.Token, "\n{", bundle, cancellation));
            verified.Add(await Tool.SecondsAsync(options.Cli, ["verify", bundle], cancellation));
            Console.WriteLine($"  round {round + 1}  replay {replays[^1].PerSecond:N0}/s  export {exports[^1].PerSecond:N0}/s  verify {verified[^1]:F1} s");
        }

        Add("replay, speed=max", replays);
        Add("export, lines", exports);
        var seconds = Report.Median(verified);
        report.Add("verify, events", $"**{Report.Number(incident.Events / seconds, "N0")}**", Report.Number(seconds, "F1"), "", $"≥ {Report.Number(AskedVerifiedPerSecond, "N0")}/s");
        return replays.TrueForAll(r => r.Count == incident.Entries) && exports.TrueForAll(e => e.Count > incident.Entries);

        void Add(string what, List<Drained> drained) => report.Add(
            what, $"**{Report.Number(Report.Median(drained.Select(d => d.PerSecond)), "N0")}**", Report.Number(Report.Median(drained.Select(d => d.Seconds)), "F1"),
            $"**{Report.Number(drained.Max(d => d.Megabytes), "F0")}**", $"≥ {Report.Number(AskedEntriesPerSecond, "N0")}/s, ≤ {Report.Number(AskedMegabytes, "F0")} MB");
    }
}
