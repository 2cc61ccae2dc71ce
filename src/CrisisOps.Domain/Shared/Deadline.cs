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

    /// <summary>When whoever has to act is reminded; null for a kind that reminds nobody.</summary>
    public Warnings? Warns { get; init; }
}

/// <summary>
/// The instants from which a deadline is shown as near. States of its row, not events of the stream (domain §3, P6, P7, P11); a value,
/// so that a deadline that did not change is equal to itself.
/// </summary>
public sealed record Warnings(DateTimeOffset First, DateTimeOffset? Second = null, DateTimeOffset? Third = null)
{
    public IEnumerable<DateTimeOffset> Instants => new[] { First, Second, Third }.OfType<DateTimeOffset>();

    /// <summary>Once, when this share of the time is left.</summary>
    public static Warnings WhenLeft(double share, DateTimeOffset from, DateTimeOffset due) => new(At(share, from, due));

    /// <summary>A service level: when a fifth of its time is left (P6).</summary>
    public static Warnings OfServiceLevel(DateTimeOffset from, DateTimeOffset due) => WhenLeft(0.20, from, due);

    /// <summary>A legal duty: when half, a quarter and a tenth of its time is left (P7).</summary>
    public static Warnings OfLegalDuty(DateTimeOffset from, DateTimeOffset due) => new(At(0.50, from, due), At(0.25, from, due), At(0.10, from, due));

    private static DateTimeOffset At(double share, DateTimeOffset from, DateTimeOffset due) => due - ((due - from) * share);
}
