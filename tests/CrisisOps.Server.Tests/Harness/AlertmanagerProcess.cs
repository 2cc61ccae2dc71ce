using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;

namespace CrisisOps.Server.Tests.Harness;

/// <summary>A real Prometheus Alertmanager with a configuration and a folder of its own, which notifies within a second.</summary>
public sealed class AlertmanagerProcess : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _output = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("crisisops-alertmanager-").FullName;
    private readonly HttpClient _http;
    private readonly Process _process;

    private AlertmanagerProcess(string program, string configuration)
    {
        var port = ServerProcess.FreePort().ToString(CultureInfo.InvariantCulture);
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        var file = Path.Combine(_folder, "alertmanager.yml");
        File.WriteAllText(file, configuration);
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(program, [$"--config.file={file}", $"--storage.path={_folder}", $"--web.listen-address=127.0.0.1:{port}", "--cluster.listen-address="])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = _folder,
            },
        };
        _process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
    }

    /// <param name="receiver">The rest of a receiver, such as its <c>webhook_configs</c>, in YAML or JSON.</param>
    /// <param name="groupBy">Labels: alerts that have them in common are notified of together.</param>
    public static async Task<AlertmanagerProcess> Start(string receiver, string groupBy)
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("CRISISOPS_WITHOUT_ALERTMANAGER") is not null, "no Alertmanager could be had from the package system");
        var program = Find() ?? throw new InvalidOperationException("The tests need prometheus-alertmanager; ./ops/test gets it.");
        var started = new AlertmanagerProcess(program, $$"""
            route: { receiver: crisisops, group_by: [{{groupBy}}], group_wait: 50ms, group_interval: 300ms, repeat_interval: 500ms }
            receivers:
              - name: crisisops
                {{receiver}}
            """);
        started._process.Start();
        started._process.BeginOutputReadLine();
        started._process.BeginErrorReadLine();
        try
        {
            await Eventually.Is(started.Ready, "Alertmanager is ready");
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <summary>Tells it of alerts that fire, as Prometheus does.</summary>
    /// <param name="labels">Of each: what it is.</param>
    public Task Fires(params IReadOnlyDictionary<string, string>[] labels) => Tell(labels, TimeSpan.FromHours(1));

    /// <summary>Tells it that these have ended.</summary>
    public Task Ends(params IReadOnlyDictionary<string, string>[] labels) => Tell(labels, TimeSpan.Zero);

    private async Task Tell(IReadOnlyDictionary<string, string>[] labels, TimeSpan ends)
    {
        var now = DateTimeOffset.UtcNow;
        var alerts = labels.Select(l => new { labels = l, annotations = new { summary = "Reports from Norland rise" }, startsAt = now.AddMinutes(-1), endsAt = now + ends });
        using var answer = await _http.PostAsJsonAsync("/api/v2/alerts", alerts, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<bool> Ready()
    {
        if (_process.HasExited)
        {
            throw new InvalidOperationException($"Alertmanager ended.\n{string.Join('\n', _output)}");
        }

        try
        {
            using var answer = await _http.GetAsync(new Uri("/-/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "prometheus-alertmanager")).FirstOrDefault(File.Exists);
}
