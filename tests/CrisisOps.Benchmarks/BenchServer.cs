using System.Globalization;

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

    public static async Task<BenchServer> StartAsync(BenchOptions options, CancellationToken cancellation)
    {
        var assembly = Path.GetFullPath(options.Server);
        if (!File.Exists(assembly))
            throw new BenchException($"There is no server at {assembly}; ops/build makes it.");
        var folder = Path.Combine(options.Folder, $"crisisops-bench-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        var data = Path.Combine(folder, "data");
        var url = HostedProcess.FreeUrl();
        var process = HostedProcess.Start("server", folder, url, [assembly, "--DataFolder", data], new Dictionary<string, string?>
        {
            // Development gives tokens and the yardstick read; everything else is as in production.
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = url.ToString(),
            ["CRISISOPS_PORT"] = url.Port.ToString(CultureInfo.InvariantCulture),
            ["CRISISOPS_DATA"] = data,
            ["Logging__LogLevel__Default"] = "Warning",
            // Nobody's real database: the benchmark fills its store with nonsense.
            ["ConnectionStrings__CrisisOps"] = null,
        });
        try
        {
            await process.ReadyAsync("/health/ready", cancellation);
            return new BenchServer(folder, process, await Store.OpenAsync(data, cancellation));
        }
        catch
        {
            await process.DisposeAsync();
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await _process.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
