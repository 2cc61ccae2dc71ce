using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace CrisisOps.Benchmarks;

/// <summary>A .NET program that answers HTTP: the server or the yardstick, in a process of its own, as it runs in earnest.</summary>
internal sealed class HostedProcess : IAsyncDisposable
{
    private readonly string _name;
    private readonly string _log;
    private readonly Process _process;
    private readonly StreamWriter _output;

    private HostedProcess(string name, string log, Uri url, Process process)
    {
        (_name, _log, _process, Url) = (name, log, process, url);
        _output = new StreamWriter(log) { AutoFlush = true };
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Url { get; }

    public int Id => _process.Id;

    /// <summary>Starts the assembly; what it prints goes to a file in the folder.</summary>
    public static HostedProcess Start(string name, string assembly, string folder, Uri url, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> environment)
    {
        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // The program's own settings files, and not those of the folder that somebody happens to stand in.
            WorkingDirectory = Path.GetDirectoryName(assembly),
        };
        foreach (var (variable, value) in environment)
            start.Environment[variable] = value;
        return new HostedProcess(name, Path.Combine(folder, $"{name}.log"), url, Process.Start(start)!);
    }

    /// <summary>Waits until the address answers anything at all with a status below 500.</summary>
    public async Task ReadyAsync(string path, CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = Url, Timeout = TimeSpan.FromSeconds(5) };
        var limit = Stopwatch.StartNew();
        while (limit.Elapsed < TimeSpan.FromMinutes(2))
        {
            if (_process.HasExited)
                throw new BenchException($"The {_name} ended with code {_process.ExitCode}:{Environment.NewLine}{Tail()}");
            try
            {
                using var answer = await http.GetAsync(path, cancellation);
                if ((int)answer.StatusCode < 500)
                    return;
            }
            catch (Exception silence) when (silence is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
            {
                // not listening yet, or too busy with its start to answer
            }

            await Task.Delay(100, cancellation);
        }

        throw new BenchException($"The {_name} did not answer within two minutes:{Environment.NewLine}{Tail()}");
    }

    /// <summary>A number of kilobytes from the kernel's account of the process, such as VmRSS or VmHWM.</summary>
    public async Task<long> KilobytesAsync(string field, CancellationToken cancellation)
    {
        var lines = await File.ReadAllLinesAsync($"/proc/{_process.Id}/status", cancellation);
        var line = lines.First(line => line.StartsWith(field + ":", StringComparison.Ordinal));
        return long.Parse(line[(field.Length + 1)..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture);
    }

    /// <summary>A port that nobody listens on at the moment.</summary>
    public static Uri FreeUrl()
    {
        using var probe = new TcpListener(System.Net.IPAddress.Loopback, 0);
        probe.Start();
        return new Uri($"http://127.0.0.1:{((System.Net.IPEndPoint)probe.LocalEndpoint).Port}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // Asked, not killed: the server stops its PostgreSQL on the way out.
            using (var ask = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
                await ask.WaitForExitAsync();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                await Console.Error.WriteLineAsync($"The {_name} did not stop within 15 s and is killed.");
                _process.Kill();
                await _process.WaitForExitAsync();
            }
        }

        _process.Dispose();
        lock (_output)
            _output.Dispose();
    }

    private string Tail()
    {
        lock (_output)
            return string.Join(Environment.NewLine, File.ReadLines(_log).TakeLast(20));
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
        {
            if (line.Data is not null && _output.BaseStream is { CanWrite: true })
                _output.WriteLine(line.Data);
        }
    }
}
