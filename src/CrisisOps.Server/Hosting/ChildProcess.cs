using System.Diagnostics;

namespace CrisisOps.Server.Hosting;

/// <summary>Runs a program to its end and collects what it says.</summary>
public static class ChildProcess
{
    /// <summary>Runs the command line without a shell; cancelling kills the program.</summary>
    public static async Task<ChildOutcome> RunAsync(IReadOnlyList<string> command, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // The caller's folder may be closed to the account that PostgreSQL runs as.
            WorkingDirectory = "/",
        };

        // PGDATA, PGPORT and the like are meant for somebody else's cluster.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C";

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return new ChildOutcome(process.ExitCode, (await output + await errors).Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: false);
            throw;
        }
    }
}

/// <summary>How a program ended, and what it printed to both of its outputs.</summary>
public sealed record ChildOutcome(int ExitCode, string Output)
{
    public bool Succeeded => ExitCode == 0;
}
