using System.Globalization;
using System.Text.Json;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Npgsql;

namespace CrisisOps.Server.Escalations;

/// <summary>A case as the queue shows it.</summary>
/// <param name="Part">See <see cref="QueuePlace"/>.</param>
internal sealed record QueueRow(
    int Part, double Share, string Key, DateTimeOffset RaisedAt, Severity Severity, bool Live, DateTimeOffset? LegalDue, DateTimeOffset Due, long Span, string Clock, string Card)
{
    /// <summary>Reads the rows of a result, whose first column is a part of the index; gives the last part that was there, if any.</summary>
    public static async Task<int?> ReadAll(NpgsqlDataReader reader, DateTimeOffset now, List<QueueRow> rows, CancellationToken cancellation)
    {
        int? part = null;
        while (await reader.ReadAsync(cancellation))
        {
            part = reader.GetInt32(0);
            if (!reader.IsDBNull(2))
            {
                rows.Add(Of(reader, now));
            }
        }

        return part;
    }

    /// <summary>The card, with the reason why it stands here.</summary>
    public string Json(DateTimeOffset now)
    {
        var why = QueueReason.Of(Severity, Live, LegalDue, Due, Span, Clock, RaisedAt, now);
        return $"{Card.AsSpan(0, Card.Length - 1)},\"why\":{JsonSerializer.Serialize(why, Hosting.Json.Stored)}}}";
    }

    private static QueueRow Of(NpgsqlDataReader reader, DateTimeOffset now)
    {
        var severity = (Severity)reader.GetInt16(4);
        var live = reader.GetBoolean(5);
        var legal = reader.IsDBNull(6) ? (DateTimeOffset?)null : reader.GetFieldValue<DateTimeOffset>(6);
        var near = legal <= now + Queueing.LegalHorizon;
        return new QueueRow(
            (live ? 0 : 8) + (near ? 0 : 4) + (int)severity - 1, reader.GetDouble(1), reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3), severity, live, legal,
            reader.GetFieldValue<DateTimeOffset>(7), reader.GetInt64(8), reader.GetString(9), reader.GetString(10));
    }
}

/// <summary>Says in words why a case stands where it stands.</summary>
public static class QueueReason
{
    public static string Of(Severity severity, bool live, DateTimeOffset? legal, DateTimeOffset due, long span, string clock, DateTimeOffset raised, DateTimeOffset now)
    {
        List<string> parts = [];
        if (live)
        {
            parts.Add("threat to life or live content");
        }

        if (legal is { } deadline && deadline <= now + Queueing.LegalHorizon)
        {
            parts.Add(deadline > now ? $"legal deadline in {Span(deadline - now)}" : $"legal deadline missed by {Span(now - deadline)}");
        }

        parts.Add(severity.ToString());
        if (span > 0)
        {
            var left = (due - now).TotalSeconds / span;
            parts.Add(left >= 0 ? string.Create(CultureInfo.InvariantCulture, $"{left * 100:0} % of {clock} left") : $"{clock} overdue by {Span(now - due)}");
        }

        parts.Add($"open for {Span(now - raised)}");
        return string.Join("; ", parts);
    }

    private static string Span(TimeSpan span) => span.TotalDays >= 2 ? $"{(int)span.TotalDays} d" : span.TotalHours >= 1 ? $"{(int)span.TotalHours} h {span.Minutes} min" : $"{(int)span.TotalMinutes} min";
}
