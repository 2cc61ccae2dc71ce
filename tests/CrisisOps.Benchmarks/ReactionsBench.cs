using System.Collections.Concurrent;
using System.Globalization;

namespace CrisisOps.Benchmarks;

/// <summary>
/// From the answer to the third report of a region to the proposal that the cluster rule makes of it, while others post. Both instants are
/// of this machine's clock.
/// </summary>
internal static class ReactionsBench
{
    private const int BackgroundPerSecond = 200;
    private const int ClustersPerSecond = 10;
    private const int Asked = 250;

    public static async Task<bool> RunAsync(BenchOptions options, CancellationToken cancellation)
    {
        await using var server = await BenchServer.StartAsync(options, cancellation);
        using var api = new CrisisOpsApi(server.Url);
        var machine = await Machine.DescribeAsync(server, cancellation);
        var tokens = await api.TokensAsync(people: 16, cancellation);
        var keys = await Seeding.RaiseAsync(api, Math.Min(options.Streams, 500), tokens, cancellation);
        var everywhere = await api.TokenAsync("lead", ["*"], cancellation);
        var traffic = new Traffic(api, [], keys, tokens);
        var regions = Enumerable.Range(0, ClustersPerSecond * options.Seconds).Select(number => $"{(char)('A' + (number / 26))}{(char)('A' + (number % 26))}").Where(r => r is not ("XN" or "XS")).ToArray();

        var background = Traffic.PaceAsync(BackgroundPerSecond, options.Seconds + 2, traffic.PostElsewhereAsync, cancellation);
        var answered = new ConcurrentDictionary<string, double>();
        await Traffic.PaceAsync(ClustersPerSecond, regions.Length / ClustersPerSecond, async (number, cancel) => answered[regions[number]] = await ClusterAsync(api, regions[number], everywhere, cancel), cancellation);
        await background;

        Dictionary<string, double> proposals = [];
        for (var attempt = 0; attempt < 50 && proposals.Count < answered.Count; attempt++)
        {
            await Task.Delay(100, cancellation);
            proposals = await server.Store.ProposalsAsync(cancellation);
        }

        var after = proposals.Where(p => answered.ContainsKey(p.Key)).Select(p => p.Value - answered[p.Key]).Order().ToArray();
        Console.WriteLine();
        Console.WriteLine($"Measured {machine}.");
        var report = new Report($"From the answer to the third report to the proposal, {ClustersPerSecond} clusters/s, {BackgroundPerSecond} posts/s elsewhere", "clusters", "proposals", "p50 ms", "p99 ms", "max ms", "asked p99 ms");
        report.Add(
            Report.Number(answered.Count, "N0"), Report.Number(proposals.Count, "N0"), Report.Number(Report.Percentile(after, 0.5), "F0"), Report.Number(Report.Percentile(after, 0.99), "F0"),
            Report.Number(Report.Percentile(after, 1), "F0"), $"< {Asked.ToString(CultureInfo.InvariantCulture)}");
        report.Print();
        return proposals.Count == answered.Count;
    }

    /// <summary>Three reports of a region, the first triaged SEV1; says when the third was answered, in milliseconds since 1970.</summary>
    private static async Task<double> ClusterAsync(CrisisOpsApi api, string region, string token, CancellationToken cancellation)
    {
        var first = "";
        for (var number = 0; number < 3; number++)
        {
            var answer = await api.CommandAsync("/v1/escalations", $"cluster-{region}-{number}", new
            {
                title = $"Report {number}",
                source = "UserReport",
                surface = "Feed",
                region = new[] { region },
                proposedSeverity = "SEV1",
                externalRef = $"cluster-{region}-{number}",
            }, token, cancellation);
            if (number == 0)
            {
                first = answer.GetProperty("key").GetString()!;
                await api.CommandAsync($"/v1/escalations/{first}/triage", $"triage-{region}", new { severity = "SEV1", policyArea = "DangerousOrgsAndIndividuals", region = new[] { region }, duplicateSearchDone = true }, token, cancellation);
            }
        }

        return (DateTime.UtcNow - DateTime.UnixEpoch).TotalMilliseconds;
    }
}
