using System.Globalization;
using System.Runtime.InteropServices;

namespace CrisisOps.Benchmarks;

/// <summary>On what the figures were taken: without this they say nothing.</summary>
internal static class Machine
{
    public static async Task<string> DescribeAsync(BenchServer server, CancellationToken cancellation)
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024.0 * 1024 * 1024);
        var disk = (await Tool.RunAsync("findmnt", ["--noheadings", "--output=FSTYPE", $"--target={server.Folder}"], new Dictionary<string, string>(), cancellation)).Trim();
        var load = (await File.ReadAllTextAsync("/proc/loadavg", cancellation)).Split(' ')[0];
        var processor = await ProcessorAsync(cancellation);
        var version = await server.Store.VersionAsync(cancellation);
        return string.Create(CultureInfo.InvariantCulture,
            $"{DateTime.UtcNow:yyyy-MM-dd}, {Environment.ProcessorCount} cores ({processor}), {memory:F0} GB, {disk}, {RuntimeInformation.OSDescription}, .NET {Environment.Version}, PostgreSQL {version}; load average before the run {load}");
    }

    private static async Task<string> ProcessorAsync(CancellationToken cancellation)
    {
        var lines = await File.ReadAllLinesAsync("/proc/cpuinfo", cancellation);
        // ARM has no such line.
        return lines.FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
