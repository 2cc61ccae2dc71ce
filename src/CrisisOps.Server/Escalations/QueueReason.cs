using System.Globalization;
using System.Runtime.CompilerServices;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Server.Escalations;

/// <summary>Says in words why a case stands where it stands.</summary>
public static class QueueReason
{
    public static string Of(Severity severity, bool live, DateTimeOffset? legal, DateTimeOffset due, long span, string clock, DateTimeOffset raised, DateTimeOffset now)
    {
        // A page has a hundred of these, so they are written in one go.
        var words = new DefaultInterpolatedStringHandler(64, 8, CultureInfo.InvariantCulture, stackalloc char[256]);
        if (live)
        {
            words.AppendLiteral("threat to life or live content; ");
        }

        if (legal is { } deadline && deadline <= now + Queueing.LegalHorizon)
        {
            words.AppendLiteral(deadline > now ? "legal deadline in " : "legal deadline missed by ");
            Append(ref words, (deadline - now).Duration());
            words.AppendLiteral("; ");
        }

        words.AppendLiteral(Name(severity));
        if (span > 0)
        {
            Clock(ref words, clock, due - now, span);
        }

        words.AppendLiteral("; open for ");
        Append(ref words, now - raised);
        return words.ToStringAndClear();
    }

    private static void Clock(ref DefaultInterpolatedStringHandler words, string clock, TimeSpan left, long span)
    {
        words.AppendLiteral("; ");
        if (left >= TimeSpan.Zero)
        {
            words.AppendFormatted(left.TotalSeconds / span * 100, "0");
            words.AppendLiteral(" % of ");
            words.AppendLiteral(clock);
            words.AppendLiteral(" left");
            return;
        }

        words.AppendLiteral(clock);
        words.AppendLiteral(" overdue by ");
        Append(ref words, -left);
    }

    private static string Name(Severity severity) => severity switch
    {
        Severity.SEV1 => "SEV1",
        Severity.SEV2 => "SEV2",
        Severity.SEV3 => "SEV3",
        _ => "SEV4",
    };

    private static void Append(ref DefaultInterpolatedStringHandler words, TimeSpan span)
    {
        if (span.TotalDays >= 2)
        {
            words.AppendFormatted((int)span.TotalDays);
            words.AppendLiteral(" d");
            return;
        }

        if (span.TotalHours >= 1)
        {
            words.AppendFormatted((int)span.TotalHours);
            words.AppendLiteral(" h ");
            words.AppendFormatted(span.Minutes);
        }
        else
        {
            words.AppendFormatted((int)span.TotalMinutes);
        }

        words.AppendLiteral(" min");
    }
}
