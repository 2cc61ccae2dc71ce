using System.Globalization;
using CrisisOps.Server.Hosting;

namespace CrisisOps.Server.Streams;

/// <summary>A place in a list whose newest streams come first.</summary>
public sealed record ListPlace(DateTimeOffset OpenedAt, string Key)
{
    public string Cursor(string mark) => Cursors.Write(mark, OpenedAt.UtcTicks, Key);

    /// <summary>The place of the cursor, if there is one; a wrong one is refused.</summary>
    public static ListPlace? Of(Queries query, string mark)
    {
        if (query.Text("cursor") is not { } cursor)
        {
            return null;
        }

        if (Cursors.Read(mark, cursor, 2) is [var ticks, var key]
            && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var opened) && opened <= DateTimeOffset.MaxValue.Ticks)
        {
            return new ListPlace(new DateTimeOffset(opened, TimeSpan.Zero), key);
        }

        query.Refuse("cursor", "is no cursor of this list");
        return null;
    }
}
