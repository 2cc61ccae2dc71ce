using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text.RegularExpressions;

namespace CrisisOps.Benchmarks;

/// <summary>Somebody who watches one timeline, and writes down when each marked note arrived.</summary>
internal sealed partial class LiveWatcher : IAsyncDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private readonly string _run;
    private readonly Stream _stream;
    private readonly Task _watching;
    private int _twice;

    private LiveWatcher(string run, Stream stream)
    {
        (_run, _stream) = (run, stream);
        _watching = WatchAsync();
    }

    /// <summary>The number of each note that arrived, and when.</summary>
    public ConcurrentDictionary<int, long> Arrivals { get; } = new();

    /// <summary>Notes that arrived again.</summary>
    public int Twice => _twice;

    /// <summary>Text by which a watcher recognises a note of this run, wherever the entry carries it.</summary>
    public static string Mark(string run, int number) => string.Create(CultureInfo.InvariantCulture, $"[live {run} {number}]");

    public static async Task<LiveWatcher> OpenAsync(CrisisOpsApi api, string run, string key, string token, CancellationToken cancellation) =>
        new(run, await api.LiveAsync(key, token, cancellation));

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        await _watching;
        await _stream.DisposeAsync();
        _leaving.Dispose();
    }

    private async Task WatchAsync()
    {
        try
        {
            await foreach (var entry in SseParser.Create(_stream).EnumerateAsync(_leaving.Token))
            {
                var arrived = Stopwatch.GetTimestamp();
                // A stream may open with its past, in which there are notes of an earlier run.
                if (Marked().Match(entry.Data) is { Success: true } mark && mark.Groups["run"].Value == _run
                    && !Arrivals.TryAdd(int.Parse(mark.Groups["number"].Value, CultureInfo.InvariantCulture), arrived))
                    _twice++;
            }
        }
        catch (Exception end) when (end is OperationCanceledException or IOException)
        {
            // We left, or the server hung up: then notes are missing, and the report says so.
        }
    }

    [GeneratedRegex(@"\[live (?<run>\w+) (?<number>\d+)\]")]
    private static partial Regex Marked();
}
