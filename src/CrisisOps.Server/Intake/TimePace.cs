using System.Diagnostics;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Server.Intake;

/// <summary>
/// How often a flooded case is told of its reports: after a second, then after twice as long each time, to a minute; from the beginning again once it
/// was quiet. By the machine's own clock: it is about what readers can take, not about when something happened.
/// </summary>
internal sealed class TimePace
{
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _first = TimeSpan.FromSeconds(1);

    private TimeSpan _apart = TimeSpan.Zero;
    private long _told;
    private Severity _worst = Severity.SEV4;
    private bool _threat;

    /// <summary>From when on it may be told again, as a timestamp of <see cref="Stopwatch"/>.</summary>
    public long At { get; private set; }

    /// <summary>Nothing came for so long that the next one is told at once.</summary>
    public bool Quiet => Stopwatch.GetElapsedTime(_told) > 2 * _apart;

    /// <summary>True for what is worse than all before: it may be told now.</summary>
    public bool Hurries(Severity? worst, bool threat)
    {
        var worse = worst < _worst || (threat && !_threat);
        _worst = worst < _worst ? worst.Value : _worst;
        _threat |= threat;
        At = worse ? 0 : At;
        return worse;
    }

    /// <summary>It is told now.</summary>
    public void Tell()
    {
        _apart = _apart == TimeSpan.Zero || Quiet ? _first : TimeSpan.FromTicks(Math.Min(2 * _apart.Ticks, Longest.Ticks));
        _told = Stopwatch.GetTimestamp();
        At = _told + (long)(_apart.TotalSeconds * Stopwatch.Frequency);
    }
}
