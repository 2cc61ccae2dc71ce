using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Problems;

namespace CrisisOps.Server.Intake.Formats;

/// <summary>The words of our vocabulary as other systems write them: in any case, with underscores, hyphens and spaces or without.</summary>
internal static partial class AlertWords
{
    /// <summary>Null for a word that is none of them.</summary>
    public static T? Of<T>(string? word)
        where T : struct, Enum => word is not null && Words<T>.All.TryGetValue(Plain(word), out var value) ? value : null;

    public static bool? Truth(string? word) => word is null ? null : Plain(word) switch { "true" => true, "false" => false, _ => null };

    /// <summary>With or without <c>TLP:</c> before it.</summary>
    public static Tlp? Tlp(string? word) => word is null ? null : Plain(word) switch
    {
        "clear" or "tlp:clear" => Domain.Shared.Tlp.CLEAR,
        "green" or "tlp:green" => Domain.Shared.Tlp.GREEN,
        "amber" or "tlp:amber" => Domain.Shared.Tlp.AMBER,
        "amber+strict" or "tlp:amber+strict" or "amberstrict" => Domain.Shared.Tlp.AmberStrict,
        "red" or "tlp:red" => Domain.Shared.Tlp.RED,
        _ => null,
    };

    /// <summary>
    /// RFC 3339 with an offset, between 2000 and 2100; in UTC. Of a fraction, as much as our clock has: others write nanoseconds. The offset may
    /// lack its colon, as clients of PagerDuty write it.
    /// </summary>
    public static DateTimeOffset? Instant(string? text) =>
        text is { Length: <= 60 } && Rfc3339().Match(text.Trim()) is { Success: true } parts
        && DateTimeOffset.TryParse($"{parts.Groups[1]}T{parts.Groups[2]}{parts.Groups[3]}{(parts.Groups[4].Success ? "Z" : $"{parts.Groups[5]}:{parts.Groups[6]}")}", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
        && Shapes.IsInstant(at)
            ? at.ToUniversalTime()
            : null;

    public static string Plain(string word) => word.Trim().ToLowerInvariant().Replace("_", "").Replace("-", "").Replace(" ", "");

    [GeneratedRegex(@"^([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2}:[0-9]{2})(?:(\.[0-9]{1,7})[0-9]*)?(?:([Zz])|([+-][0-9]{2}):?([0-9]{2}))\z")]
    private static partial Regex Rfc3339();

    private static class Words<T>
        where T : struct, Enum
    {
        public static readonly FrozenDictionary<string, T> All = Enum.GetValues<T>().ToFrozenDictionary(value => Plain(value.ToString()));
    }
}
