namespace CrisisOps.Server.Diffs;

/// <summary>What two states say in words, beside what the timeline tells.</summary>
internal static class Sentences
{
    private static readonly (string Prefix, string One, string Many)[] _named = [("ESC", "escalation", "escalations"), ("CR", "crisis", "crises"), ("EL", "election", "elections")];

    public static IEnumerable<Sentence> Of(StreamThenAndNow stream)
    {
        if (stream.StateAfter is { } after && stream.StateBefore != after)
        {
            yield return new Sentence(stream.StateBefore is { } before ? $"State: {before} → {after}" : $"State: {after}");
        }
    }

    /// <summary>Of the stream that is asked about: also what was linked to it and taken out, as far as the reader may see it.</summary>
    public static IEnumerable<Sentence> OfRoot(StreamThenAndNow root, IReadOnlyCollection<StreamThenAndNow> streams) =>
    [
        .. Of(root),
        .. Counted(streams.Where(s => s != root && s.Change == StreamChanged.Appeared), "linked"),
        .. Counted(streams.Where(s => s != root && s.Change == StreamChanged.Disappeared), "taken out"),
    ];

    private static IEnumerable<Sentence> Counted(IEnumerable<StreamThenAndNow> streams, string what) =>
        from one in streams
        group one by one.Key.Split('-')[0] into alike
        let name = Array.Find(_named, n => n.Prefix == alike.Key)
        select new Sentence($"{alike.Count()} {(alike.Count() == 1 ? name.One : name.Many)} {what}");
}
