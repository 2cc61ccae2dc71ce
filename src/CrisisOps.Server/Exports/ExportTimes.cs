using System.Globalization;
using System.Text.Json;

namespace CrisisOps.Server.Exports;

/// <summary>Instants in the reader's zone, each with its offset written out, and lengths of time as people say them.</summary>
internal sealed class ExportTimes(TimeZoneInfo zone)
{
    public string Zone => zone.Id;

    public string At(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zone).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);

    public string At(DateTimeOffset? instant) => instant is { } at ? At(at) : "";

    public string At(JsonElement item, string member) => item.TryGetProperty(member, out var value) && value.TryGetDateTimeOffset(out var at) ? At(at) : "";

    /// <summary>To the second, for example <c>47 h 53 min 0 s</c>; a margin that was overdrawn begins with a minus.</summary>
    public static string Of(TimeSpan time)
    {
        var whole = TimeSpan.FromSeconds(Math.Round(Math.Abs(time.TotalSeconds)));
        var sign = time < TimeSpan.Zero && whole > TimeSpan.Zero ? "-" : "";
        return whole switch
        {
            { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{sign}{(long)whole.TotalHours} h {whole.Minutes} min {whole.Seconds} s"),
            { TotalMinutes: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{sign}{whole.Minutes} min {whole.Seconds} s"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{sign}{whole.Seconds} s"),
        };
    }

    public static string Of(TimeSpan? time) => time is { } span ? Of(span) : "";
}
