using System.Globalization;
using CrisisOps.Server.Access;

namespace CrisisOps.Server.Timelines;

/// <summary>Pieces of every query that hands out entries: <c>t</c> is the row of the entry, <c>r</c> what the reader may see of its stream.</summary>
internal static class TimelineSql
{
    public const string Readable = "(t.tlp <= r.top or r.open) and (t.tlp < 4 or r.named)";

    /// <summary>The text for the reader's audience; null when that does not see the entry.</summary>
    public const string Text =
        "(case r.audience when 0 then t.core when 1 then case t.cross_functional when '' then t.core else t.cross_functional end when 2 then t.executive when 3 then t.partner when 4 then t.public end)";

    public const string Seen = $"(case when {Readable} then {Text} end)";

    // Only those who had read the superseded entry are told that it is hidden.
    private const string Hides = "(case when t.supersedes is not null and (t.hides >> r.audience) & 1 = 1 and (o.tlp <= r.top or r.open) then t.supersedes end)";

    /// <summary>What the reader may see of a stream, as the columns of <c>r</c>.</summary>
    public static string Reader(SightSql sight) => $"{sight.Audience} as audience, {sight.Limit} as top, {sight.Named} as named, {sight.Open} as open";

    public static string HidesFor(TimelineWish wish) => wish.Marks ? Hides : "null::bigint";

    public static string Superseded(TimelineWish wish) => wish.Marks ? "left join crisis.timeline o on o.stream = t.stream and o.version = t.supersedes" : "";

    /// <summary>Core reads the old text with the mark of its correction; before the correction was recorded there was none to show. What we know now knows of it.</summary>
    public static string Amended(TimelineWish wish, string? asOf) => asOf is null || wish.AsOfOccurred ? "r.audience = 0" : $"r.audience = 0 and t.amended_at <= {asOf}";

    /// <summary>The conditions that a wish sets on entries, the place it goes on from excepted.</summary>
    /// <param name="row">The row that holds the instants.</param>
    public static IEnumerable<string> Filters(TimelineWish wish, string row, string? asOf, SqlArguments arguments)
    {
        var axis = $"{row}.{(wish.ByOccurred ? "occurred_at" : "recorded_at")}";
        if (wish.From is { } from)
        {
            yield return $"{axis} >= {arguments.Add(from)}";
        }

        if (wish.To is { } to)
        {
            yield return $"{axis} < {arguments.Add(to)}";
        }

        if (asOf is not null)
        {
            yield return $"{row}.{(wish.AsOfOccurred ? "occurred_at" : "recorded_at")} <= {asOf}";
        }

        if (wish.Kinds is { } kinds)
        {
            yield return $"t.kind = any ({arguments.Add(kinds)})";
        }

        yield return wish.Marks ? $"({Seen} is not null or {Hides} is not null)" : $"{Seen} is not null";
    }

    /// <summary>Transaction ids are wider than any number that parameters have.</summary>
    public static string Xid(ulong xid, SqlArguments arguments) => $"{arguments.Add(xid.ToString(CultureInfo.InvariantCulture))}::text::xid8";
}
