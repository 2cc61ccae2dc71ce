using System.Globalization;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Server.Escalations;

/// <summary>Says in words why a case stands where it stands. A page has a hundred of these, so they are written straight as bytes.</summary>
internal static class QueueReason
{
    private const double PerSecond = TimeSpan.MicrosecondsPerSecond;

    /// <summary>Writes the sentence and returns its length.</summary>
    /// <param name="clock">Name of the pressing clock.</param>
    /// <param name="now">Microseconds since 1970.</param>
    public static int Write(Span<byte> target, in QueueRow row, ReadOnlySpan<byte> clock, long now, Severity severity, bool live)
    {
        var at = 0;
        if (live)
        {
            Add(target, ref at, "threat to life or live content; "u8);
        }

        if (row.LegalDue != 0 && row.LegalDue <= now + (Queueing.LegalHorizon.Ticks / TimeSpan.TicksPerMicrosecond))
        {
            Add(target, ref at, row.LegalDue > now ? "legal deadline in "u8 : "legal deadline missed by "u8);
            AddTime(target, ref at, Math.Abs(row.LegalDue - now));
            Add(target, ref at, "; "u8);
        }

        Add(target, ref at, Name(severity));
        if (row.Span > 0)
        {
            AddClock(target, ref at, row, clock, now);
        }

        Add(target, ref at, "; open for "u8);
        AddTime(target, ref at, now - row.RaisedAt);
        return at;
    }

    private static void AddClock(Span<byte> target, ref int at, in QueueRow row, ReadOnlySpan<byte> clock, long now)
    {
        Add(target, ref at, "; "u8);
        if (row.Due >= now)
        {
            AddNumber(target, ref at, (long)Math.Round((row.Due - now) / PerSecond / row.Span * 100, MidpointRounding.AwayFromZero));
            Add(target, ref at, " % of "u8);
            Add(target, ref at, clock);
            Add(target, ref at, " left"u8);
            return;
        }

        Add(target, ref at, clock);
        Add(target, ref at, " overdue by "u8);
        AddTime(target, ref at, now - row.Due);
    }

    private static ReadOnlySpan<byte> Name(Severity severity) => severity switch
    {
        Severity.SEV1 => "SEV1"u8,
        Severity.SEV2 => "SEV2"u8,
        Severity.SEV3 => "SEV3"u8,
        _ => "SEV4"u8,
    };

    private static void AddTime(Span<byte> target, ref int at, long micros)
    {
        var minutes = micros / TimeSpan.MicrosecondsPerMinute;
        if (minutes >= 2 * 24 * 60)
        {
            AddNumber(target, ref at, minutes / (24 * 60));
            Add(target, ref at, " d"u8);
            return;
        }

        if (minutes >= 60)
        {
            AddNumber(target, ref at, minutes / 60);
            Add(target, ref at, " h "u8);
        }

        AddNumber(target, ref at, minutes % 60);
        Add(target, ref at, " min"u8);
    }

    private static void AddNumber(Span<byte> target, ref int at, long number)
    {
        number.TryFormat(target[at..], out var written, provider: CultureInfo.InvariantCulture);
        at += written;
    }

    private static void Add(Span<byte> target, ref int at, ReadOnlySpan<byte> words)
    {
        words.CopyTo(target[at..]);
        at += words.Length;
    }
}
