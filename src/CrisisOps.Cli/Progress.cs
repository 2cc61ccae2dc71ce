using System.Diagnostics;
using System.Globalization;

namespace CrisisOps.Cli;

/// <summary>A bar on a terminal, for whatever takes longer than a second.</summary>
internal sealed class Progress(TextWriter error, long total) : IDisposable
{
    private const int Width = 40;
    private static readonly TimeSpan _every = TimeSpan.FromMilliseconds(200);

    private readonly bool _terminal = error == Console.Error && !Console.IsErrorRedirected;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _next = TimeSpan.FromSeconds(1);
    private bool _shown;

    public void At(long bytes)
    {
        if (!_terminal || _watch.Elapsed < _next || total == 0)
        {
            return;
        }

        // A file that somebody still writes is longer than it was.
        bytes = Math.Min(bytes, total);
        var full = (int)(Width * bytes / total);
        error.Write(string.Create(CultureInfo.InvariantCulture, $"\r[{new string('#', full)}{new string('.', Width - full)}] {100 * bytes / total,3} %, {bytes / 1e6 / _watch.Elapsed.TotalSeconds:F0} MB/s "));
        (_next, _shown) = (_watch.Elapsed + _every, true);
    }

    public void Dispose()
    {
        if (_shown)
        {
            error.Write($"\r{new string(' ', Width + 30)}\r");
            _shown = false;
        }
    }
}
