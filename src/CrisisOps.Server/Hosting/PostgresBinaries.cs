using System.Globalization;
using System.Text.RegularExpressions;

namespace CrisisOps.Server.Hosting;

/// <summary>A folder with PostgreSQL's programs: from PATH, from Debian's versioned folders or from Homebrew.</summary>
public sealed partial record PostgresBinaries(string Folder, int Major)
{
    /// <summary>The oldest version whose functions the timeline's cursor uses.</summary>
    private const int OldestMajor = 13;

    /// <summary>The full path of one of the programs.</summary>
    public string this[string program] => Path.Combine(Folder, program);

    /// <summary>The first fitting folder; a cluster that exists already asks for the major version that made it.</summary>
    public static async Task<PostgresBinaries> FindAsync(int? major, CancellationToken cancellation)
    {
        foreach (var folder in Candidates())
        {
            var version = await ChildProcess.RunAsync([Path.Combine(folder, "postgres"), "--version"], cancellation);
            var match = VersionNumber().Match(version.Output);
            if (!match.Success)
                continue;
            var found = int.Parse(match.Value, CultureInfo.InvariantCulture);
            if (found == major || (major is null && found >= OldestMajor))
                return new PostgresBinaries(folder, found);
        }

        throw new PostgresUnavailableException(major is null
            ? $"CrisisOps needs PostgreSQL {OldestMajor} or newer and found none. Install it with: {InstallCommand(null)}"
            : $"The data was written by PostgreSQL {major}, which is not installed. Install it with: {InstallCommand(major)}");
    }

    private static IEnumerable<string> Candidates()
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return path
            .Concat(Versioned("/usr/lib/postgresql", "*"))
            .Concat(Versioned("/opt/homebrew/opt", "postgresql*"))
            .Concat(Versioned("/usr/local/opt", "postgresql*"))
            // Debian links psql and its friends into /usr/bin, but neither the server nor initdb.
            .Where(folder => File.Exists(Path.Combine(folder, "postgres")) && File.Exists(Path.Combine(folder, "initdb")))
            .Distinct();
    }

    private static IEnumerable<string> Versioned(string parent, string pattern) =>
        Directory.Exists(parent)
            ? Directory.GetDirectories(parent, pattern)
                .OrderByDescending(folder => int.TryParse(VersionNumber().Match(Path.GetFileName(folder)).Value, out var number) ? number : 0)
                .Select(folder => Path.Combine(folder, "bin"))
            : [];

    private static string InstallCommand(int? major)
    {
        if (OperatingSystem.IsMacOS())
            return $"brew install postgresql@{major ?? 17}";
        var sudo = Environment.IsPrivilegedProcess ? "" : "sudo ";
        if (File.Exists("/usr/bin/apt-get"))
            return major is null ? $"{sudo}apt-get install -y postgresql" : $"{sudo}apt-get install -y postgresql-{major}";
        return File.Exists("/usr/bin/dnf")
            ? $"{sudo}dnf install -y postgresql-server"
            : "your system's package manager (the package with initdb and postgres)";
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex VersionNumber();
}
