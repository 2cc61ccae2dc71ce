using System.Collections.Immutable;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>Targets of one severity, counted from the raise. Null means no such clock.</summary>
public sealed record ServiceLevel(TimeSpan Acknowledge, TimeSpan Triage, TimeSpan FirstResponse, TimeSpan? Update, TimeSpan Resolve);

/// <summary>Service levels and limits; defaults are those marked [P] in domain §2.1, an operator may configure others.</summary>
public sealed record ServiceLevels
{
    public static readonly ServiceLevels Default = new();

    public ImmutableDictionary<Severity, ServiceLevel> Targets { get; init; } = new Dictionary<Severity, ServiceLevel>
    {
        [Severity.SEV1] = new(Minutes(5), Minutes(15), Minutes(30), Minutes(30), TimeSpan.FromHours(4)),
        [Severity.SEV2] = new(Minutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(2), TimeSpan.FromHours(24)),
        [Severity.SEV3] = new(TimeSpan.FromHours(1), TimeSpan.FromHours(4), TimeSpan.FromHours(4), TimeSpan.FromDays(1), TimeSpan.FromHours(72)),
        [Severity.SEV4] = new(TimeSpan.FromHours(4), TimeSpan.FromHours(24), TimeSpan.FromHours(24), null, TimeSpan.FromDays(7)),
    }.ToImmutableDictionary();

    /// <summary>A threat to life: referral to law enforcement decided within this time of the claim, and again of triage.</summary>
    public TimeSpan ThreatToLifeReferral { get; init; } = Minutes(15);

    /// <summary>The longest an interim action may stand without a second person (domain §9.1).</summary>
    public TimeSpan InterimActionLimit { get; init; } = TimeSpan.FromHours(4);

    /// <summary>Legal basis and evidence of a request taken by telephone (domain §9.1).</summary>
    public TimeSpan LegalBasisOwed { get; init; } = Minutes(60);

    /// <summary>An undetermined policy area has to be settled within this time.</summary>
    public TimeSpan PolicyAreaOwed { get; init; } = TimeSpan.FromHours(4);

    /// <summary>A resolved case is closed after this time without dispute [P].</summary>
    public TimeSpan CloseAfter { get; init; } = TimeSpan.FromHours(72);

    /// <summary>A case can be reopened for this long; after an overturned appeal or external review at any time [P].</summary>
    public TimeSpan ReopenWithin { get; init; } = TimeSpan.FromDays(30);

    /// <summary>One's own raise of severity or TLP can be undone for this long (domain §9.1).</summary>
    public TimeSpan UndoWithin { get; init; } = Minutes(10);

    /// <summary>A break-glass read ends after this time.</summary>
    public TimeSpan BreakGlassFor { get; init; } = Minutes(60);

    /// <summary>The longest a case may be snoozed.</summary>
    public TimeSpan SnoozeLimit { get; init; } = TimeSpan.FromDays(30);

    public ServiceLevel For(Severity severity) => Targets[severity];

    private static TimeSpan Minutes(int minutes) => TimeSpan.FromMinutes(minutes);
}
