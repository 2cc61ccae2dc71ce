using System.Globalization;

namespace CrisisOps.Server.Channels.Cap;

/// <summary>Instants as CAP 1.2 wants them (3.3.2): whole seconds and an offset; UTC is <c>-00:00</c>, never <c>Z</c>.</summary>
public static class CapTime
{
    private const string Written = "yyyy-MM-dd'T'HH:mm:ss'-00:00'";
    private const string Read = "yyyy-MM-dd'T'HH:mm:sszzz";

    /// <summary>In UTC. The fraction is cut off, not rounded: a message is never sent later than it was.</summary>
    public static string Of(DateTimeOffset instant) => instant.UtcDateTime.ToString(Written, CultureInfo.InvariantCulture);

    /// <summary>Null for what is written in another way.</summary>
    public static DateTimeOffset? From(string? text) =>
        DateTimeOffset.TryParseExact(text, Read, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant) ? instant : null;
}
