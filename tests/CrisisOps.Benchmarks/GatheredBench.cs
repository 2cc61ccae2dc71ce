namespace CrisisOps.Benchmarks;

/// <summary>
/// The first page of a crisis with 200 linked escalations, over 1,000 entries and over 100,000: what a reader waits for must not grow with
/// the length of the past.
/// </summary>
internal static class GatheredBench
{
    private const int Links = 200;
    private const double Asked = 1.2;
    private const int AtOnce = 64;

    public static async Task<bool> RunAsync(BenchOptions options, CancellationToken cancellation)
    {
        await using var server = await BenchServer.StartAsync(options, cancellation);
        using var api = new CrisisOpsApi(server.Url);
        var machine = await Machine.DescribeAsync(server, cancellation);
        var tokens = await api.TokensAsync(people: 16, cancellation);
        var keys = await Seeding.RaiseAsync(api, 2 * Links, tokens, cancellation);
        // Numbers alternate between the regions, and so do these: a crisis in each.
        var small = await CrisisAsync(api, "CivilUnrest", keys[..Links], entries: 1_000, tokens, cancellation);
        var large = await CrisisAsync(api, "DataLeak", keys[Links..], entries: options.Store, tokens, cancellation);
        await server.Store.SettleAsync(cancellation);

        var wrk = new Wrk(Threads: 1, options.Seconds, server.Folder);
        var report = new Report($"First page of a crisis with {Links} linked escalations", "order", "1,000 entries p50 ms", $"{options.Store:N0} entries p50 ms", "times", "asked");
        foreach (var query in new[] { "?limit=100", "?order=recorded&limit=100" })
        {
            string Path(string key) => $"/v1/timelines/{key}{query}";
            await (wrk with { Seconds = 2 }).ReadPagesAsync(server.Url, [Path(small), Path(large)], tokens[0], cancellation);
            var rounds = new List<(double Small, double Large)>();
            for (var round = 1; round <= options.Rounds; round++)
            {
                var one = await wrk.ReadPagesAsync(server.Url, [Path(small)], tokens[0], cancellation);
                var other = await wrk.ReadPagesAsync(server.Url, [Path(large)], tokens[0], cancellation);
                rounds.Add((one.P50, other.P50));
                Console.WriteLine($"  round {round}  {query,-28}  {one.P50:F2} ms  {other.P50:F2} ms");
            }

            report.Add(
                query.Contains("recorded", StringComparison.Ordinal) ? "recorded" : "occurred", Report.Number(Report.Median(rounds.Select(r => r.Small)), "F2"),
                Report.Number(Report.Median(rounds.Select(r => r.Large)), "F2"), $"**{Report.Number(Report.Median(rounds.Select(r => r.Large / r.Small)), "F2")}**", $"≤ {Report.Number(Asked, "F1")}");
        }

        Console.WriteLine();
        Console.WriteLine($"Measured {machine}. {options.Drives}, one connection, medians of the rounds.");
        report.Print();
        return true;
    }

    private static async Task<string> CrisisAsync(CrisisOpsApi api, string type, string[] escalations, int entries, string[] tokens, CancellationToken cancellation)
    {
        var crisis = (await api.CommandAsync("/v1/crises", $"crisis-{type}", new { type, summary = "For the benchmark", region = CrisisOpsApi.Regions }, tokens[0], cancellation)).GetProperty("key").GetString()!;
        await Parallel.ForEachAsync(escalations, cancellation, async (key, cancel) => await api.CommandAsync($"/v1/escalations/{key}/link-to-crisis", $"link-{key}", new { crisisKey = crisis }, tokens[0], cancel));
        var notes = entries - (2 * escalations.Length);
        await Parallel.ForEachAsync(Enumerable.Range(0, notes), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (number, cancel) => await api.PostNoteAsync(escalations[number % escalations.Length], $"Note {number}", tokens[number % tokens.Length], cancel));
        return crisis;
    }
}
