namespace CrisisOps.Benchmarks;

/// <summary>What it costs those who post updates to a crisis that a thousand people have subscribed to it: against a server that nobody subscribed to, in turns.</summary>
internal static class ToldBench
{
    private const int AtOnce = 32;
    private const int Connections = 16;

    private sealed record Side(string Name, BenchServer Server, CrisisOpsApi Api, string Crisis, string[] Tokens);

    public static async Task<bool> RunAsync(BenchOptions options, CancellationToken cancellation)
    {
        await using var quiet = await BenchServer.StartAsync(options, cancellation);
        await using var told = await BenchServer.StartAsync(options, cancellation);
        using CrisisOpsApi quietApi = new(quiet.Url), toldApi = new(told.Url);
        var machine = await Machine.DescribeAsync(quiet, cancellation);
        Side[] sides = [await SideAsync("nobody", quiet, quietApi, cancellation), await SideAsync($"{options.Subscribers:N0} subscribers", told, toldApi, cancellation)];
        await SubscribeAsync(toldApi, options.Subscribers, cancellation);
        foreach (var side in sides)
            await new Wrk(options.Threads, Seconds: 4, side.Server.Folder).PostUpdatesAsync(side.Server.Url, Connections, side.Crisis, side.Tokens, cancellation);

        var results = sides.ToDictionary(side => side, _ => new List<DriveResult>());
        for (var round = 1; round <= options.Rounds; round++)
        {
            foreach (var side in round % 2 == 1 ? sides : sides.Reverse())
            {
                await side.Server.Store.SettleAsync(cancellation);
                var drive = await new Wrk(options.Threads, options.Seconds, side.Server.Folder).PostUpdatesAsync(side.Server.Url, Connections, side.Crisis, side.Tokens, cancellation);
                Console.WriteLine($"  round {round}  {side.Name,-18} {drive.PerSecond,8:N0}/s  p50 {drive.P50:F2} ms  p99 {drive.P99:F2} ms  not 2xx {drive.Failed}  broken {drive.Broken}");
                results[side].Add(drive);
            }
        }

        var report = new Report("Updates to one crisis, 16 connections", "subscribed", "posts/s", "p50 ms", "p99 ms", "not 2xx", "messages planned", "ratio (rounds)", "asked");
        foreach (var side in sides)
        {
            var ratios = results[side].Zip(results[sides[0]], (one, other) => one.PerSecond / other.PerSecond).ToArray();
            report.Add(
                side.Name, Report.Number(Report.Median(results[side].Select(r => r.PerSecond)), "N0"), Report.Number(Report.Median(results[side].Select(r => r.P50)), "F2"),
                Report.Number(Report.Median(results[side].Select(r => r.P99)), "F2"), Report.Number(results[side].Sum(r => r.Failed), "N0"),
                Report.Number(await side.Server.Store.DeliveriesAsync(cancellation), "N0"), side == sides[0] ? "" : $"{Report.Median(ratios):F2} ({string.Join(", ", ratios.Select(r => r.ToString("F2", System.Globalization.CultureInfo.InvariantCulture)))})",
                side == sides[0] ? "" : "0.95");
        }

        Console.WriteLine();
        Console.WriteLine($"Measured {machine}. {options.Drives}.");
        report.Print();
        return results.Values.SelectMany(r => r).All(r => r is { Failed: 0, Broken: 0, Succeeded: > 0 });
    }

    private static async Task<Side> SideAsync(string name, BenchServer server, CrisisOpsApi api, CancellationToken cancellation)
    {
        var desk = (await new PartnerSeeding(api).CrisesAsync(1, cancellation))[0];
        var tokens = new List<string>();
        for (var i = 0; i < Connections; i++)
            tokens.Add(await api.TokenAsync($"spec-{i}", ["duty-lead"], ["*"], cancellation));
        return new Side(name, server, api, desk.Crisis, [.. tokens]);
    }

    /// <summary>Colleagues whom the directory knows, each with a subscription to every crisis; told in their inbox.</summary>
    private static async Task SubscribeAsync(CrisisOpsApi api, int subscribers, CancellationToken cancellation) =>
        await Parallel.ForEachAsync(Enumerable.Range(0, subscribers), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (number, cancel) =>
        {
            var (id, token) = ($"reader-{number}", await api.StaffAsync($"reader-{number}", "specialist", cancel));
            var contact = await api.CommandAsync("/v1/contacts", $"contact-{number}", new { kind = "Person", @ref = id }, token, cancel);
            await api.CommandAsync(
                "/v1/subscriptions", $"subscribe-{number}", new { subscriber = contact.GetProperty("key").GetString(), scope = new { streams = new[] { "CR" } }, audience = "CrossFunctional", maxTlp = "AMBER+STRICT" }, token, cancel);
        });
}
