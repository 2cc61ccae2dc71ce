namespace CrisisOps.Benchmarks;

/// <summary>What the server keeps in memory when nobody asks it anything: just started, and after a night's work.</summary>
internal static class MemoryBench
{
    private const double AskedMegabytes = 250;

    public static async Task<bool> RunAsync(BenchOptions options, CancellationToken cancellation)
    {
        await using var server = await BenchServer.StartAsync(options, cancellation);
        using var api = new CrisisOpsApi(server.Url);
        var machine = await Machine.DescribeAsync(server, cancellation);
        var report = new Report("The server's own memory (PostgreSQL not counted)", "when", "RSS MB", "highest so far MB", "asked");
        var small = await QuietAsync("after its start");

        var tokens = await api.TokensAsync(people: 32, cancellation);
        var keys = await Seeding.RaiseAsync(api, options.Streams, tokens, cancellation);
        var drive = await new Wrk(options.Threads, options.Seconds, server.Folder).PostNotesAsync(server.Url, connections: 32, keys, tokens, cancellation);
        Console.WriteLine($"Posted {drive.Succeeded:N0} notes; {drive.Failed} posts failed.");
        small &= await QuietAsync($"after {options.Streams:N0} raises and {drive.Succeeded:N0} posts");

        Console.WriteLine();
        Console.WriteLine($"Measured {machine}.");
        report.Print();
        return small && drive.Failed == 0;

        async Task<bool> QuietAsync(string when)
        {
            Console.WriteLine($"{options.Quiet} s without requests, {when} …");
            await Task.Delay(TimeSpan.FromSeconds(options.Quiet), cancellation);
            var resident = await server.Process.KilobytesAsync("VmRSS", cancellation) / 1024.0;
            var highest = await server.Process.KilobytesAsync("VmHWM", cancellation) / 1024.0;
            report.Add($"{options.Quiet} s without requests, {when}", $"**{Report.Number(resident, "F0")}**", Report.Number(highest, "F0"), $"< {Report.Number(AskedMegabytes, "F0")}");
            return resident < AskedMegabytes;
        }
    }
}
