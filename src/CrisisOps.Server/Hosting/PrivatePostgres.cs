namespace CrisisOps.Server.Hosting;

/// <summary>
/// The PostgreSQL that comes with the server when no other is configured: the machine's own binaries, loopback only,
/// durable settings, its files in the server's data folder.
/// </summary>
public sealed class PrivatePostgres : IAsyncDisposable
{
    private const string Database = "crisisops";

    private readonly PostgresCluster _cluster;
    private readonly RunLock _lock;

    private PrivatePostgres(PostgresCluster cluster, RunLock runLock) => (_cluster, _lock) = (cluster, runLock);

    /// <summary>How to reach the database, as a user who may do everything in this cluster.</summary>
    public string ConnectionString => _cluster.ConnectionStringTo(Database);

    /// <summary>Where PostgreSQL writes its log.</summary>
    public string Log => _cluster.Log;

    /// <summary>What the operator should know about how PostgreSQL runs here, or null if there is nothing unusual.</summary>
    public string? Notice => _cluster.RunsAsSystemUser
        ? $"A user namespace cannot be used here, so PostgreSQL runs as the postgres user, with its files in {Path.GetDirectoryName(Log)}"
        : null;

    /// <summary>Starts the cluster of the folder (made at the first start), or adopts the one that a killed server left running.</summary>
    /// <exception cref="PostgresUnavailableException">PostgreSQL is not installed or does not start.</exception>
    /// <exception cref="AlreadyRunningException">Another live server has the folder.</exception>
    public static async Task<PrivatePostgres> StartAsync(string dataFolder, CancellationToken cancellation)
    {
        var runLock = TakeFolder(dataFolder = Path.GetFullPath(dataFolder));
        PostgresCluster? cluster = null;
        try
        {
            cluster = await PostgresCluster.OpenAsync(dataFolder, cancellation);
            await cluster.StartAsync(cancellation);
            await cluster.EnsureDatabaseAsync(Database, cancellation);
            return new PrivatePostgres(cluster, runLock);
        }
        catch
        {
            if (cluster is not null)
                await cluster.StopAsync(CancellationToken.None);
            runLock.Dispose();
            throw;
        }
    }

    /// <summary>How to reach the database of a folder that a live server has.</summary>
    public static async Task<string> ConnectionStringOfRunning(string dataFolder, CancellationToken cancellation)
    {
        var cluster = await PostgresCluster.OpenAsync(Path.GetFullPath(dataFolder), cancellation);
        await cluster.StartAsync(cancellation); // it runs: this only finds its port
        return cluster.ConnectionStringTo(Database);
    }

    /// <inheritdoc cref="PostgresCluster.PrepareLogAsync"/>
    public Task PrepareLogAsync(CancellationToken cancellation) => _cluster.PrepareLogAsync(cancellation);

    /// <summary>Tells whoever starts a second server on this folder where the first one answers.</summary>
    public void Announce(string url) => _lock.Announce(url);

    /// <summary>Stops PostgreSQL, in under three seconds, and lets go of the folder.</summary>
    public async ValueTask DisposeAsync()
    {
        await _cluster.StopAsync(CancellationToken.None);
        _lock.Dispose();
    }

    private static RunLock TakeFolder(string dataFolder)
    {
        try
        {
            PostgresHome.CreateDataFolder(dataFolder);
            return RunLock.Take(dataFolder);
        }
        catch (UnauthorizedAccessException)
        {
            throw new PostgresUnavailableException($"The data folder {dataFolder} belongs to another user; choose another one with CRISISOPS_DATA");
        }
    }
}
