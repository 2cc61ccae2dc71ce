using System.Collections.Immutable;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>A legal obligation with a clock of its own. Legal clocks never pause.</summary>
/// <param name="Basis">How a legal basis of this kind begins, for example <c>EU-TCO</c>.</param>
/// <param name="Due">The end of the clock, from receipt, by the calendar of business days.</param>
public sealed record LegalProfile(string ClockId, string Basis, Func<DateTimeOffset, BusinessDays, DateTimeOffset> Due);

/// <summary>Which legal clock a legal basis starts. An unknown basis has the clock of its hard deadline only.</summary>
public static class LegalProfiles
{
    /// <summary>The clock of an order whose own text sets the deadline.</summary>
    public const string HardDeadline = "HARD_DEADLINE";

    /// <summary>Telling an authority of a threat to life: Core only, as everything about law enforcement.</summary>
    public const string AuthorityInformed = "DSA_ART18";

    public static readonly ImmutableArray<LegalProfile> All =
    [
        // Regulation (EU) 2021/784 Art. 3(3): removed or disabled within one hour of receipt.
        new("TCO_REMOVAL_1H", "EU-TCO", (received, _) => received.AddHours(1)),
        // 17 USC 512(g)(2)(C): restored not less than 10 nor more than 14 business days after the counter-notice. United States law,
        // so United States holidays, wherever the content was seen.
        new("DMCA_RESTORE", "17-USC-512", (received, calendar) => calendar.Add(received, 14, ["US"])),
        // Regulation (EU) 2022/2065 Art. 18: promptly; the default is the threat-to-life time [P].
        new(AuthorityInformed, "DSA-Art18", (received, _) => received.AddMinutes(15)),
        // Art. 16(4): confirmation of receipt without undue delay; the default is one hour [P].
        new("DSA_ART16_RECEIPT", "DSA-Art16", (received, _) => received.AddHours(1)),
        // Take It Down Act: 48 hours, from memory [M]; an operator confirms it before relying on it.
        new("TAKE_IT_DOWN", "TAKE-IT-DOWN", (received, _) => received.AddHours(48)),
    ];

    /// <summary>The clocks a case starts at its raise (or when a legal order is added): that of its basis, and that of its hard deadline if sooner or alone.</summary>
    public static IEnumerable<Clock> Start(string? basis, DateTimeOffset? hardDeadline, DateTimeOffset received, BusinessDays calendar)
    {
        var profile = basis is null ? null : All.FirstOrDefault(p => basis.StartsWith(p.Basis, StringComparison.OrdinalIgnoreCase));
        if (profile is not null)
        {
            var due = profile.Due(received, calendar);
            yield return new Clock(profile.ClockId, ClockKind.Legal, received, hardDeadline < due ? hardDeadline.Value : due, Pausable: false);
        }
        else if (hardDeadline is { } deadline)
        {
            yield return new Clock(HardDeadline, ClockKind.Legal, received, deadline, Pausable: false);
        }
    }

    /// <summary>The end of a legal clock that counts from another instant: by the rule of its law, or for as long as an order of its own gave.</summary>
    public static DateTimeOffset Anew(Clock clock, DateTimeOffset from, BusinessDays calendar) =>
        All.FirstOrDefault(p => p.ClockId == clock.ClockId) is { } profile && profile.Due(clock.StartedAt, calendar) == clock.DueAt
            ? profile.Due(from, calendar)
            : from + (clock.DueAt - clock.StartedAt);
}
