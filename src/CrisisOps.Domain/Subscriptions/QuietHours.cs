using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Subscriptions;

/// <summary>
/// Hours in which a subscriber sleeps, in their own time zone; they may go over midnight. What is bad enough breaks through, and so do Level1,
/// legal deadlines under four hours and pages, whatever stands here (domain §4). The rest comes in one digest at the end of them.
/// </summary>
/// <param name="Tz">IANA id, such as <c>Europe/Vienna</c>.</param>
/// <param name="From">Local time, included.</param>
/// <param name="To">Local time, excluded; not the same as <paramref name="From"/>.</param>
/// <param name="BreakThroughSeverity">This one and worse breaks through.</param>
public sealed record QuietHours(string Tz, TimeOnly From, TimeOnly To, Severity BreakThroughSeverity = Severity.SEV1)
{
    /// <summary>When the quiet hours in which an instant lies end, UTC; null when it lies in none.</summary>
    public DateTimeOffset? EndOf(DateTimeOffset now)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(Tz);
        var local = TimeZoneInfo.ConvertTime(now, zone);
        var time = TimeOnly.FromDateTime(local.DateTime);
        if (!time.IsBetween(From, To))
        {
            return null;
        }

        var day = DateOnly.FromDateTime(local.DateTime);
        var wall = (time < To ? day : day.AddDays(1)).ToDateTime(To);
        var end = LocalTime.ToInstant(wall, zone);
        // In the night in which the clock is set back it shows that time twice, and now is between the two.
        return end > now ? end : new DateTimeOffset(DateTime.SpecifyKind(wall, DateTimeKind.Unspecified), local.Offset).ToUniversalTime();
    }
}
