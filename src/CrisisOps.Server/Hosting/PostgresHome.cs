using System.Security.Cryptography;

namespace CrisisOps.Server.Hosting;

/// <summary>
/// Where the private PostgreSQL keeps its things: the folder "postgres" in the data folder. For a cluster of the
/// system's postgres user that is a link to a folder which this user can reach.
/// </summary>
public sealed class PostgresHome
{
    private const string SystemFolder = "/var/lib/crisisops";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Passable = OwnerOnly | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private PostgresHome(string folder, PostgresAccount account) => (Folder, Account) = (folder, account);

    /// <summary>The real folder, links followed.</summary>
    public string Folder { get; }

    /// <summary>As whom PostgreSQL runs here.</summary>
    public PostgresAccount Account { get; }

    /// <summary>The cluster itself; it exists only once it is complete.</summary>
    public string Cluster => Path.Combine(Folder, "data");

    public string PasswordFile => Path.Combine(Folder, "password");
    public string PortFile => Path.Combine(Folder, "port");
    public string Log => Path.Combine(Folder, "postgres.log");

    /// <summary>Opens the folder, and makes it if it is not there yet.</summary>
    public static async Task<PostgresHome> OpenAsync(string dataFolder, CancellationToken cancellation)
    {
        CreateDataFolder(dataFolder);
        var entry = Path.Combine(dataFolder, "postgres");
        var target = new FileInfo(entry).LinkTarget;
        var account = await PostgresAccount.ChooseAsync(dataFolder, stayWithSystemUser: target is not null, cancellation);
        if (!account.IsSystemUser)
        {
            CreateFolder(entry, OwnerOnly);
            return new PostgresHome(entry, account);
        }

        if (target is null)
        {
            if (Directory.Exists(entry))
                throw new PostgresUnavailableException(
                    $"The database in {entry} was made by root in a user namespace, which cannot be used here any more; give the folder to an ordinary user and start CrisisOps as that user.");
            target = Path.Combine(SystemFolder, RandomNumberGenerator.GetHexString(12, lowercase: true));
            File.CreateSymbolicLink(entry, target);
        }

        // Root owns the folder, so that nothing in it can be swapped under our feet; the user owns what it must write.
        CreateFolder(SystemFolder, Passable);
        CreateFolder(target, Passable);
        return new PostgresHome(target, account);
    }

    /// <summary>Makes the data folder itself, for its owner alone.</summary>
    public static void CreateDataFolder(string dataFolder)
    {
        if (!Directory.Exists(dataFolder))
            CreateFolder(dataFolder, OwnerOnly);
    }

    /// <summary>Deletes everything in the data folder, wherever it lies. PostgreSQL must be stopped.</summary>
    public static void Wipe(string dataFolder)
    {
        var entry = new FileInfo(Path.Combine(dataFolder, "postgres"));
        if (entry.LinkTarget is { } target && Directory.Exists(target))
            Directory.Delete(target, recursive: true);
        if (Directory.Exists(dataFolder))
            Directory.Delete(dataFolder, recursive: true);
    }

    /// <summary>Writes a file that only its owner (and the account) may read.</summary>
    public async Task WritePrivateAsync(string path, string content, CancellationToken cancellation)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using (var writer = new StreamWriter(path, options))
            await writer.WriteAsync(content.AsMemory(), cancellation);
        await Account.HandOverAsync(path, cancellation);
    }

    private static void CreateFolder(string path, UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
            throw new PostgresUnavailableException("On Windows, point ConnectionStrings__CrisisOps at a PostgreSQL, or run CrisisOps in WSL.");
        Directory.CreateDirectory(path);
        File.SetUnixFileMode(path, mode);
    }
}
