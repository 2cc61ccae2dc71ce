using System.Net;
using System.Text.Json;

namespace CrisisOps.Benchmarks;

/// <summary>
/// Reading pages of 100 rows in a large store, as somebody who may see half of it, against one bare primary-key read
/// through the same host. One connection: what a person waits for, not what the machine can bear.
/// </summary>
internal static class ReadsBench
{
    private const int NotesOnTheTimeline = 300;
    private const double Asked = 3.0;

    /// <summary>Pages that a reader opens; a case with several paths reads them in turn.</summary>
    private sealed record Page(string Name, string[] Paths);

    public static async Task<bool> RunAsync(BenchOptions options, CancellationToken cancellation)
    {
        await using var server = await BenchServer.StartAsync(options, cancellation);
        using var api = new CrisisOpsApi(server.Url);
        var machine = await Machine.DescribeAsync(server, cancellation);
        var writers = await api.TokensAsync(people: 32, cancellation);
        var keys = await Seeding.RaiseAsync(api, options.Store, writers, cancellation);
        await Parallel.ForEachAsync(Enumerable.Range(0, NotesOnTheTimeline), cancellation,
            async (number, cancel) => await api.PostNoteAsync(keys[0], $"Note {number}", writers[number % writers.Length], cancel));
        await server.Store.SettleAsync(cancellation);

        var reader = await api.TokenAsync("reader", [CrisisOpsApi.Regions[0]], cancellation);
        await CheckThatHalfIsHiddenAsync(api, keys, reader, cancellation);
        var yardstick = new Page("bare primary-key read", [.. keys.Where((_, number) => number % 97 == 0).Select(key => $"/dev/yardstick/{key}")]);
        Page[] pages =
        [
            new("list, first page", ["/v1/escalations?limit=100"]),
            new("list, filtered", ["/v1/escalations?state=Received&severity=SEV3&limit=100"]),
            new("list, pages 11 to 20", await PathsByCursorAsync(api, "/v1/escalations?limit=100", reader, skip: 10, take: 10, cancellation)),
            new("queue, first page", ["/v1/queue?limit=100"]),
            new("timeline, first page", [$"/v1/timelines/{keys[0]}?limit=100"]),
            new("timeline, newest recorded", [$"/v1/timelines/{keys[0]}?order=recorded&limit=100"]),
        ];
        foreach (var path in pages.SelectMany(page => page.Paths))
            await CheckThatItIsFullAsync(api, path, reader, cancellation);
        if (await api.StatusAsync(yardstick.Paths[0], reader, cancellation) != HttpStatusCode.OK)
            throw new BenchException($"The server does not answer {yardstick.Paths[0]}, so there is nothing to compare with.");

        var wrk = new Wrk(Threads: 1, options.Seconds, server.Folder);
        await (wrk with { Seconds = 3 }).ReadPagesAsync(server.Url, [.. yardstick.Paths, .. pages.SelectMany(page => page.Paths)], reader, cancellation);
        var bare = new List<DriveResult>();
        var results = pages.ToDictionary(page => page, _ => new List<DriveResult>());
        for (var round = 1; round <= options.Rounds; round++)
        {
            bare.Add(await DriveAsync(yardstick, round));
            foreach (var page in pages)
                results[page].Add(await DriveAsync(page, round));
        }

        Console.WriteLine();
        Console.WriteLine($"Measured {machine}. {options.Store:N0} escalations, the reader may see half of them; pages of 100 rows, one connection; {options.Drives}, medians of the rounds.");
        var report = new Report("Reading pages", "page", "p50 ms", "p99 ms", "not 2xx", "times the bare read (p50)", "asked");
        report.Add(yardstick.Name, Figure(bare, drive => drive.P50, "F2"), Figure(bare, drive => drive.P99, "F2"), Figure(bare, drive => drive.Failed, "N0"), "1.0", "");
        foreach (var (page, drives) in results)
        {
            var ratio = Report.Median(drives.Zip(bare, (ours, theirs) => ours.P50 / theirs.P50));
            report.Add(page.Name, Figure(drives, drive => drive.P50, "F2"), Figure(drives, drive => drive.P99, "F2"), Figure(drives, drive => drive.Failed, "N0"),
                $"**{Report.Number(ratio, "F1")}**", $"≤ {Report.Number(Asked, "F0")}");
        }

        report.Print();
        return bare.Concat(results.Values.SelectMany(drives => drives)).All(drive => drive is { Failed: 0, Broken: 0, Succeeded: > 0 });

        async Task<DriveResult> DriveAsync(Page page, int round)
        {
            var drive = await wrk.ReadPagesAsync(server.Url, page.Paths, reader, cancellation);
            Console.WriteLine($"  round {round}  {page.Name,-26}  p50 {drive.P50:F2} ms  p99 {drive.P99:F2} ms  {drive.PerSecond:N0}/s  not 2xx {drive.Failed}");
            return drive;
        }
    }

    private static string Figure(List<DriveResult> drives, Func<DriveResult, double> figure, string format) =>
        Report.Number(Report.Median(drives.Select(figure)), format);

    private static async Task CheckThatHalfIsHiddenAsync(CrisisOpsApi api, string[] keys, string reader, CancellationToken cancellation)
    {
        // Numbers alternate between the regions.
        var open = await api.StatusAsync($"/v1/escalations/{keys[0]}", reader, cancellation);
        var hidden = await api.StatusAsync($"/v1/escalations/{keys[1]}", reader, cancellation);
        if ((open, hidden) is not (HttpStatusCode.OK, HttpStatusCode.NotFound))
            throw new BenchException($"The reader should see one of two escalations, but the answers are {(int)open} and {(int)hidden}.");
    }

    private static async Task CheckThatItIsFullAsync(CrisisOpsApi api, string path, string reader, CancellationToken cancellation)
    {
        // An empty page would be fast, and mean nothing.
        var (page, _) = await api.PageAsync(path, reader, cancellation);
        var rows = page.ValueKind == JsonValueKind.Array ? page.GetArrayLength() : page.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Array).Max(member => member.Value.GetArrayLength());
        if (rows != 100)
            throw new BenchException($"{path} gave {rows} rows and not 100.");
    }

    private static async Task<string[]> PathsByCursorAsync(CrisisOpsApi api, string first, string reader, int skip, int take, CancellationToken cancellation)
    {
        var paths = new List<string> { first };
        while (paths.Count < skip + take)
            paths.Add((await api.PageAsync(paths[^1], reader, cancellation)).Next ?? throw new BenchException($"{paths[^1]} names no next page in a Link header; the store is too small for {skip + take} pages."));
        return [.. paths[skip..]];
    }
}
