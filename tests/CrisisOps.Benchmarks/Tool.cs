using System.Diagnostics;

namespace CrisisOps.Benchmarks;

/// <summary>A program of the system (wrk, pgbench) that runs to its end and prints what it found.</summary>
internal static class Tool
{
    public static string InLoadFolder(string file) => Path.Combine(AppContext.BaseDirectory, "load", file);

    /// <summary>How long a program of .NET takes to its end.</summary>
    public static async Task<double> SecondsAsync(string assembly, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        await RunAsync("dotnet", [assembly, .. arguments], new Dictionary<string, string>(), cancellation);
        return watch.Elapsed.TotalSeconds;
    }

    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (variable, value) in environment)
            start.Environment[variable] = value;
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode == 0
                ? await output
                : throw new BenchException($"{program} ended with code {process.ExitCode}: {await errors}{await output}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }
}
