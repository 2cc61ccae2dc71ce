using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace CrisisOps.Benchmarks;

/// <summary>The ceiling: the yardstick's INSERT with no HTTP in front of it, from PostgreSQL's own load tool.</summary>
internal static partial class PgBench
{
    /// <summary>Inserts per second, and the mean time of one in milliseconds.</summary>
    public static async Task<(double PerSecond, double Mean)> RunAsync(string connectionString, string script, int clients, int seconds, CancellationToken cancellation)
    {
        var target = new NpgsqlConnectionStringBuilder(connectionString);
        var output = await Tool.RunAsync("pgbench",
            [
                "--no-vacuum", "--protocol=prepared", $"--client={clients}", "--jobs=1", $"--time={seconds}", $"--file={Tool.InLoadFolder(script)}",
                $"--host={target.Host}", $"--port={target.Port}", $"--username={target.Username}", target.Database!,
            ],
            new Dictionary<string, string> { ["PGPASSWORD"] = target.Password ?? "" }, cancellation);
        return (Number(PerSecond(), output), Number(Mean(), output));
    }

    private static double Number(Regex pattern, string output) =>
        pattern.Match(output) is { Success: true } match
            ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
            : throw new BenchException($"pgbench printed no result: {output}");

    [GeneratedRegex(@"tps = ([\d.]+) \(without")]
    private static partial Regex PerSecond();

    [GeneratedRegex(@"latency average = ([\d.]+) ms")]
    private static partial Regex Mean();
}
