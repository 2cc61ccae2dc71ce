namespace CrisisOps.Benchmarks;

/// <summary>The real server on an empty data folder of its own, with the PostgreSQL that it starts for itself.</summary>
internal sealed class BenchServer : IAsyncDisposable
{
    private readonly HostedProcess _process;

    private BenchServer(string folder, HostedProcess process, Store store) => (Folder, _process, Store) = (folder, process, store);

    /// <summary>Room for our own files; deleted at the end.</summary>
    public string Folder { get; }

    public Store Store { get; }

    public HostedProcess Process => _process;

    public Uri Url => _process.Url;

    public static Task<BenchServer> StartAsync(BenchOptions options, CancellationToken cancellation) => StartAsync(options, [], cancellation);

    /// <param name="settings">What this benchmark sets besides, by the names of environment variables.</param>
    public static async Task<BenchServer> StartAsync(BenchOptions options, IReadOnlyCollection<KeyValuePair<string, string?>> settings, CancellationToken cancellation)
    {
        var assembly = Path.GetFullPath(options.Server);
        if (!File.Exists(assembly))
            throw new BenchException($"There is no server at {assembly}; ops/build makes it.");
        var folder = Path.Combine(options.Folder, $"crisisops-bench-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        var data = Path.Combine(folder, "data");
        var url = HostedProcess.FreeUrl();
        var process = HostedProcess.Start("server", assembly, folder, url, [], new Dictionary<string, string?>(settings)
        {
            // Development gives tokens and the yardstick read; everything else is as in production.
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = url.ToString(),
            ["DataFolder"] = data,
            ["Logging__LogLevel__Default"] = "Warning",
            // Nobody's real database: the benchmark fills its store with nonsense.
            ["ConnectionStrings__CrisisOps"] = null,
            // Nor the scenario of ops/run.
            ["Play"] = null,
        });
        try
        {
            await process.ReadyAsync("/health/ready", cancellation);
            return new BenchServer(folder, process, await Store.OpenAsync(data, cancellation));
        }
        catch
        {
            await process.DisposeAsync();
            await DeleteAsync(folder);
            throw;
        }
    }

    /// <summary>A second node on the same store.</summary>
    public async Task<HostedProcess> StartAnotherAsync(BenchOptions options, CancellationToken cancellation)
    {
        var url = HostedProcess.FreeUrl();
        var process = HostedProcess.Start("second", Path.GetFullPath(options.Server), Folder, url, [], new Dictionary<string, string?>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = url.ToString(),
            ["Logging__LogLevel__Default"] = "Warning",
            ["ConnectionStrings__CrisisOps"] = Store.ConnectionString,
            ["Play"] = null,
        });
        await process.ReadyAsync("/health/ready", cancellation);
        return process;
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await _process.DisposeAsync();
        await DeleteAsync(Folder);
    }

    private static async Task DeleteAsync(string folder)
    {
        // A PostgreSQL that is still stopping, or being made, writes into what we delete.
        for (var attempt = 1; Directory.Exists(folder); attempt++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (IOException) when (attempt < 10)
            {
                await Task.Delay(500);
            }
            catch (IOException trouble)
            {
                await Console.Error.WriteLineAsync($"{folder} is left behind: {trouble.Message}");
                return;
            }
        }
    }
}
