using System.Diagnostics;
using System.Globalization;

namespace CrisisOps.Server.Hosting;

/// <summary>What a running PostgreSQL writes into its data folder: its process on line 1, its port on line 4.</summary>
public sealed record PostmasterFile(string Location, int ProcessId, int Port)
{
    /// <summary>Reads the file, or answers null if there is none (or one that is still being written).</summary>
    public static async Task<PostmasterFile?> ReadAsync(string clusterFolder, CancellationToken cancellation)
    {
        var location = Path.Combine(clusterFolder, "postmaster.pid");
        try
        {
            var lines = await File.ReadAllLinesAsync(location, cancellation);
            return lines.Length >= 4
                && int.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out var process)
                && int.TryParse(lines[3], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
                    ? new PostmasterFile(location, process, port)
                    : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Whether that process lives and is a PostgreSQL: after a reboot its number can belong to anything.</summary>
    public bool IsAlive()
    {
        try
        {
            using var process = Process.GetProcessById(ProcessId);
            return process.ProcessName is "postgres" or "postmaster";
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}
