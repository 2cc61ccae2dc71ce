using System.Diagnostics;

namespace CrisisOps.Server.History;

/// <summary>
/// The pace of work that nobody waits for: a third of the time, piece by piece. In one go it took the processors from whoever posts for as long as it lasted:
/// in a flood, statements of up to 0.9 s for one head.
/// </summary>
public sealed class Leisure
{
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(1);

    private long _since = Stopwatch.GetTimestamp();

    /// <summary>After a piece: waits twice as long as it took, a second at most.</summary>
    public async Task Pause(CancellationToken cancellation)
    {
        var wait = 2 * Stopwatch.GetElapsedTime(_since);
        await Task.Delay(wait < _longest ? wait : _longest, cancellation);
        _since = Stopwatch.GetTimestamp();
    }
}
