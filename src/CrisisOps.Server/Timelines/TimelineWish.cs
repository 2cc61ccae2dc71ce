using CrisisOps.Domain.Shared;

namespace CrisisOps.Server.Timelines;

/// <summary>An entry as its reader may see it.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Json">The reader's own text, as stored; null when only a hidden mark is for this reader.</param>
/// <param name="Hides">The version of an entry of the same stream that this reader saw and may see no more as it was.</param>
public sealed record TimelineEntry(TimelinePlace Place, byte[]? Json, long? Hides);

/// <summary>What to read of a timeline.</summary>
/// <param name="AsOf">Only what was recorded by this instant, or had occurred by it; rights and corrections are judged as of now.</param>
/// <param name="Live">In the order of commits, and nothing that a transaction still open could come before.</param>
/// <param name="Newest">From the end backwards.</param>
public sealed record TimelineWish(
    string Key, int Limit, bool ByOccurred = false, DateTimeOffset? From = null, DateTimeOffset? To = null, DateTimeOffset? AsOf = null, string[]? Kinds = null,
    TimelinePlace? After = null, bool Live = false, bool Newest = false)
{
    /// <summary><see cref="AsOf"/> is on the clock of occurrence: what was true then as far as we know now.</summary>
    public bool AsOfOccurred { get; init; }

    /// <summary>Turns each column of an order around where the end comes first.</summary>
    public string Ordered(string columns) => Newest ? columns.Replace(",", " desc,", StringComparison.Ordinal) + " desc" : columns;

    /// <summary>The audience for which the reader makes something; null means for themselves.</summary>
    public Audience? For { get; init; }

    /// <summary>A live reader is told what is hidden from now on.</summary>
    public bool Marks => Live;
}

/// <summary>A place in a timeline.</summary>
/// <param name="Xid">The transaction that brought it to a gathered timeline; 0 in the timeline of one stream.</param>
/// <param name="Final">No transaction still open can bring anything before it.</param>
public sealed record TimelinePlace(DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, string Stream, long Version, ulong Xid = 0, bool Final = true)
{
    /// <summary>Before everything.</summary>
    public static readonly TimelinePlace Start = new(default, default, "", 0);
}
