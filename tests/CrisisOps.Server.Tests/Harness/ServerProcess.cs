using System.Collections.Concurrent;
using System.Diagnostics;
using CrisisOps.Server.Hosting;

namespace CrisisOps.Server.Tests.Harness;

/// <summary>The built server as a process of its own, for tests that kill it. Keeps its address over restarts.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly string _connectionString;
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly SocketsHttpHandler _connections = new() { MaxConnectionsPerServer = 512 };
    private readonly ConcurrentQueue<string> _output = new();
    private readonly TokenDesk _tokens;
    private Process? _process;

    private ServerProcess(string connectionString, IReadOnlyDictionary<string, string>? settings)
    {
        (_connectionString, _settings) = (connectionString, settings ?? new Dictionary<string, string>());
        Url = new Uri($"http://127.0.0.1:{FreePort()}");
        _tokens = new TokenDesk(_connections, () => Url);
    }

    public Uri Url { get; }

    /// <summary>The number of the process that runs now.</summary>
    public int Id => _process!.Id;

    /// <summary>What it printed, over all starts.</summary>
    public IEnumerable<string> Output => _output;

    /// <param name="settings">By their configuration names, such as <c>Deadlines:Lease</c>.</param>
    /// <param name="ready">Wait until it answers; not for one that is expected to end.</param>
    public static async Task<ServerProcess> Start(string connectionString, IReadOnlyDictionary<string, string>? settings = null, bool ready = true)
    {
        var server = new ServerProcess(connectionString, settings);
        await server.Restart(ready);
        return server;
    }

    /// <summary>Gives a command of the server's, which ends by itself.</summary>
    public static ServerProcess Command(string connectionString, string[] arguments)
    {
        var server = new ServerProcess(connectionString, null);
        server.Run(arguments);
        return server;
    }

    /// <summary>Starts it (again) and waits until it is ready.</summary>
    public async Task Restart(bool ready = true)
    {
        Run(["--urls", Url.ToString()]);
        if (ready)
        {
            await Ready();
        }
    }

    private void Run(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "CrisisOps.Server.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        start.Environment["ConnectionStrings__CrisisOps"] = _connectionString;
        foreach (var (name, value) in _settings)
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Waits until it ends by itself and gives its exit code.</summary>
    public async Task<int> Exit()
    {
        using var patience = new CancellationTokenSource(_patience);
        await _process!.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>kill -9.</summary>
    public async Task Kill()
    {
        _process!.Kill(entireProcessTree: false);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public Task<Api> As(
        string subject, string[]? roles = null, string[]? regions = null, string? clearance = null, string[]? functions = null, string? partner = null) =>
        _tokens.Issue(new TokenWish(subject, roles, regions, clearance, functions, partner));

    /// <summary>A caller with this token, or with none.</summary>
    public Api With(string? token) => _tokens.With(token);

    public async ValueTask DisposeAsync()
    {
        _connections.Dispose();
        if (_process is { HasExited: false })
        {
            await Kill();
        }
    }

    private async Task Ready()
    {
        using var client = new HttpClient { BaseAddress = Url, Timeout = TimeSpan.FromSeconds(2) };
        await Eventually.Is(
            async () =>
            {
                if (_process!.HasExited)
                {
                    throw new InvalidOperationException($"The server ended:\n{string.Join('\n', _output.TakeLast(20))}");
                }

                try
                {
                    using var response = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
                    return response.IsSuccessStatusCode;
                }
                catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
                {
                    return false;
                }
            },
            "the server is ready",
            _patience);
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _output.Enqueue(line);
        }
    }

    /// <summary>Below the range that connections get their own ports from: a client that keeps knocking must not take the port of a killed server.</summary>
    internal static int FreePort() => Enumerable.Repeat(0, 1000).Select(_ => Random.Shared.Next(20_000, 30_000)).First(LoopbackPort.IsFree);
}
