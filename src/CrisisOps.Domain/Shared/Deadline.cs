namespace CrisisOps.Domain.Shared;

/// <summary>A clock that must do something when it runs out. Derived from the state of a stream, stored as a row.</summary>
/// <param name="Kind">What fires, for example <c>InterimActionExpiry</c>; the server maps it to a command.</param>
/// <param name="Ref">Which item of the stream it belongs to, for example <c>ACT-1</c>; empty for the stream itself.</param>
/// <param name="Generation">Grows when the same clock is set anew; a stale generation does nothing.</param>
/// <param name="DueAt">UTC.</param>
/// <param name="Owner">Who has to act before it is due; null when nobody is named.</param>
public sealed record Deadline(string Kind, string Ref, int Generation, DateTimeOffset DueAt, string? Owner = null)
{
    /// <summary>It ran out, and what was owed is owed still: it does nothing more, and stands on the overdue list until it vanishes.</summary>
    public bool Missed { get; init; }
}
