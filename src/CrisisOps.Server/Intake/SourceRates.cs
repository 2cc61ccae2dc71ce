using System.Collections.Concurrent;
using System.Diagnostics;
using CrisisOps.Domain.Intake;

namespace CrisisOps.Server.Intake;

/// <summary>
/// How much each source may still send on this node: what comes in over a minute may come at once, and is given back steadily. By the machine's own
/// clock, as it is about load. With several nodes each gives the source its whole rate.
/// </summary>
public sealed class SourceRates
{
    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);

    /// <summary>Takes as many of these as there is room for, the first ones.</summary>
    /// <returns>How many; and, when they are not all, how long until there is room for one more.</returns>
    public (int Granted, TimeSpan Wait) Take(AlertSource source, int wanted) => _buckets.GetOrAdd(source.Key, static _ => new Bucket()).Take(source.RatePerMinute, wanted);

    private sealed class Bucket
    {
        private readonly Lock _gate = new();
        private double? _left;
        private long _at = Stopwatch.GetTimestamp();

        public (int Granted, TimeSpan Wait) Take(int perMinute, int wanted)
        {
            lock (_gate)
            {
                var now = Stopwatch.GetTimestamp();
                var each = TimeSpan.FromMinutes(1).TotalSeconds / perMinute;
                _left = Math.Min(perMinute, (_left ?? perMinute) + (Stopwatch.GetElapsedTime(_at, now).TotalSeconds / each));
                _at = now;
                var granted = Math.Min(wanted, (int)_left);
                _left -= granted;
                return (granted, granted == wanted ? TimeSpan.Zero : TimeSpan.FromSeconds((1 - (_left.Value % 1)) * each));
            }
        }
    }
}
