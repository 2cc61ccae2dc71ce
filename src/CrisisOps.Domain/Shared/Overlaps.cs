namespace CrisisOps.Domain.Shared;

/// <summary>How long an old key or secret stays valid beside the new one, so that the other side can change over.</summary>
internal static class Overlaps
{
    /// <summary>When nobody says.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromHours(24);

    private static readonly TimeSpan _longest = TimeSpan.FromDays(7);

    /// <summary>When the old one ends; null when nothing overlaps for that long.</summary>
    public static DateTimeOffset? Until(TimeSpan? overlap, DateTimeOffset now) =>
        (overlap ?? Usual) is var span && span >= TimeSpan.Zero && span <= _longest ? now + span : null;

    public static Ruling OutOfRange() => Ruling.Refuse("overlap-range", "overlap is 0 to 7 days, for example PT24H.");
}
