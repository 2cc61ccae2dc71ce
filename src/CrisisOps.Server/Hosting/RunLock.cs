namespace CrisisOps.Server.Hosting;

/// <summary>One server per data folder: an advisory lock that the kernel drops with the process, so kill -9 leaves nothing behind.</summary>
public sealed class RunLock : IDisposable
{
    private readonly FileStream _file;
    private readonly string _urlFile;

    private RunLock(FileStream file, string urlFile) => (_file, _urlFile) = (file, urlFile);

    /// <summary>Takes the folder, or throws <see cref="AlreadyRunningException"/> that says which server has it.</summary>
    public static RunLock Take(string dataFolder)
    {
        var path = Path.Combine(dataFolder, "server.lock");
        // Beside the lock and not in it: even a look into a locked file would ask for the lock.
        var urlFile = Path.Combine(dataFolder, "server.url");
        try
        {
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.Delete(urlFile); // what a killed server announced is no longer true
            return new RunLock(file, urlFile);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new AlreadyRunningException(dataFolder, File.Exists(urlFile) ? File.ReadAllText(urlFile).Trim() : null);
        }
    }

    /// <summary>Writes down where this server answers, for whoever tries to start a second one.</summary>
    public void Announce(string url) => File.WriteAllText(_urlFile, url);

    public void Dispose()
    {
        File.Delete(_urlFile);
        _file.Dispose();
    }
}

/// <summary>Another live server process has this data folder.</summary>
public sealed class AlreadyRunningException(string dataFolder, string? url)
    : Exception($"CrisisOps is already running{(url is null ? "" : $" on {url}")} (data folder {dataFolder})");
