using System.Globalization;

namespace CrisisOps.Benchmarks;

/// <summary>
/// What one drive gave; times are milliseconds. Failed are the answers that are not 2xx; broken are connections that
/// were refused or cut, and answers that took over two seconds.
/// </summary>
internal sealed record DriveResult(long Answers, long Failed, long Broken, double PerSecond, double P50, double P99, double Max)
{
    public long Succeeded => Answers - Failed;
}

/// <summary>The load tool: the same for the server and the yardstick.</summary>
internal sealed record Wrk(int Threads, int Seconds, string Folder)
{
    /// <summary>Posts notes to random ones of the keys.</summary>
    public Task<DriveResult> PostNotesAsync(Uri url, int connections, IEnumerable<string> keys, IEnumerable<string> tokens, CancellationToken cancellation) =>
        // A second longer than requests are sent: see notes.lua.
        RunAsync(url, connections, Seconds + 1, "notes.lua", ("BENCH_KEYS", keys), tokens, cancellation);

    /// <summary>Posts updates to a crisis.</summary>
    public Task<DriveResult> PostUpdatesAsync(Uri url, int connections, string crisis, IEnumerable<string> tokens, CancellationToken cancellation) =>
        RunAsync(url, connections, Seconds + 1, "notes.lua", ("BENCH_KEYS", [crisis]), tokens, cancellation,
            ("BENCH_STREAMS", "crises"), ("BENCH_COMMAND", "post-update"), ("BENCH_BODY", """{"condition":"Re-uploads are removed as they come; the police have the location and the stream is down."}"""));

    /// <summary>Posts alerts with random ones of the dedup keys.</summary>
    public Task<DriveResult> PostAlertsAsync(Uri url, int connections, IEnumerable<string> dedupKeys, IEnumerable<string> keys, CancellationToken cancellation) =>
        RunAsync(url, connections, Seconds + 1, "alerts.lua", ("BENCH_DEDUP", dedupKeys), keys, cancellation);

    /// <summary>Reads the pages in turn over one connection.</summary>
    public Task<DriveResult> ReadPagesAsync(Uri url, IEnumerable<string> paths, string token, CancellationToken cancellation) =>
        RunAsync(url, connections: 1, Seconds, "pages.lua", ("BENCH_PATHS", paths), [token], cancellation);

    private async Task<DriveResult> RunAsync(
        Uri url, int connections, int runFor, string script, (string Variable, IEnumerable<string> Lines) input, IEnumerable<string> tokens, CancellationToken cancellation,
        params (string Name, string Value)[] more)
    {
        var inputFile = Path.Combine(Folder, "wrk-input");
        var tokenFile = Path.Combine(Folder, "wrk-tokens");
        await File.WriteAllLinesAsync(inputFile, input.Lines, cancellation);
        await File.WriteAllLinesAsync(tokenFile, tokens, cancellation);
        var environment = new Dictionary<string, string>
        {
            [input.Variable] = inputFile,
            ["BENCH_TOKENS"] = tokenFile,
            ["BENCH_RUN"] = Guid.NewGuid().ToString("N"),
            ["BENCH_SECONDS"] = Seconds.ToString(CultureInfo.InvariantCulture),
        };
        foreach (var (name, value) in more)
            environment[name] = value;
        var threads = Math.Min(Threads, connections);
        var output = await Tool.RunAsync("wrk",
            [$"-t{threads}", $"-c{connections}", $"-d{runFor}s", "-s", Tool.InLoadFolder(script), url.ToString()], environment, cancellation);
        return Read(output);
    }

    private DriveResult Read(string output)
    {
        var line = output.Split('\n').FirstOrDefault(line => line.StartsWith("BENCH ", StringComparison.Ordinal))
            ?? throw new BenchException($"wrk printed no result: {output}");
        foreach (var status in output.Split('\n').Where(line => line.StartsWith("thread ", StringComparison.Ordinal)))
            Console.WriteLine($"    {status}");
        var values = line.Split(' ').Skip(1).Select(word => word.Split('=')).ToDictionary(pair => pair[0], pair => double.Parse(pair[1], CultureInfo.InvariantCulture));
        return new DriveResult(
            (long)values["requests"], (long)values["failed"], (long)(values["broken"] + values["late"]),
            (values["requests"] - values["failed"]) / Seconds, values["p50"], values["p99"], values["max"]);
    }
}
