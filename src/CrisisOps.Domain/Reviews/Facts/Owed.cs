namespace CrisisOps.Domain.Reviews.Facts;

/// <summary>Something that was due and had not come.</summary>
internal sealed record Owed(LateKind Kind, string Ref, DateTimeOffset DueAt, FactSource Missed, FactSource? Done = null)
{
    /// <summary>Marks what is open of this kind as done.</summary>
    /// <param name="reference">Null for all of it.</param>
    public static void Settle(List<Owed> owed, LateKind kind, string? reference, FactSource at)
    {
        for (var place = 0; place < owed.Count; place++)
        {
            if (owed[place] is { Done: null } open && open.Kind == kind && (reference is null || open.Ref == reference))
            {
                owed[place] = open with { Done = at };
            }
        }
    }

    public Late Late(string stream, DateTimeOffset asOf) => new(stream, Kind, Ref, DueAt, Missed, Done, (Done?.At ?? asOf) - DueAt);
}
