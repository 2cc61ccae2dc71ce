using System.Collections.Immutable;

namespace CrisisOps.Domain.Shared;

/// <summary>Everything a decision may know beside the command and the state. Unknown means refused.</summary>
public sealed record DecisionContext
{
    /// <summary>The instant the lane stamps on the events, UTC, microseconds.</summary>
    public required DateTimeOffset Now { get; init; }

    public required Caller Caller { get; init; }

    /// <summary>The key of the stream; for an opening command the key handed out for it.</summary>
    public string Key { get; init; } = "";

    /// <summary>The directory's facts about persons named by the command; a person missing here is unknown.</summary>
    public ImmutableDictionary<string, PersonFacts> People { get; init; } = ImmutableDictionary<string, PersonFacts>.Empty;

    /// <summary>Other streams named by the command, read fresh; a key missing here does not exist or may not be seen.</summary>
    public ImmutableDictionary<string, object> Streams { get; init; } = ImmutableDictionary<string, object>.Empty;

    /// <summary>Facts of streams that come later, by "kind/id"; a missing fact is unknown.</summary>
    public ImmutableDictionary<string, string> Facts { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The timeline entry named by the command; null when there is none at that version.</summary>
    public EntryFacts? Entry { get; init; }

    /// <summary>Functions for which the caller stands on the duty list now.</summary>
    public ImmutableHashSet<Function> OnDutyFor { get; init; } = [];

    /// <summary>Configuration: service levels, policy versions, products.</summary>
    public Rules Rules { get; init; } = Rules.Default;

    public PersonFacts? Person(string? id) => id is null ? null : People.GetValueOrDefault(id);

    /// <summary>What the directory knows of the caller; unknown persons have no facts.</summary>
    public PersonFacts? Self => Person(Caller.Id);

    public string? Fact(string kind, string id) => Facts.GetValueOrDefault($"{kind}/{id}");
}

/// <summary>What the stored directory says of a person until shifts and policy streams exist.</summary>
/// <param name="OnShiftUntil">End of the active shift, UTC; null or past means not on shift.</param>
/// <param name="Shift">Key of that shift, for the record.</param>
/// <param name="ClearedAreas">Policy areas this person may own or approve in; empty means none.</param>
/// <param name="AcknowledgedAreas">Policy areas in which every mandatory update in force is acknowledged.</param>
public sealed record PersonFacts(
    string Id,
    ImmutableArray<Role> Roles,
    ImmutableArray<Function> Functions,
    ImmutableArray<string> Regions,
    Tlp Clearance,
    ImmutableArray<PolicyArea> ClearedAreas,
    ImmutableArray<PolicyArea> AcknowledgedAreas,
    DateTimeOffset? OnShiftUntil = null,
    string? Shift = null)
{
    public bool OnShift(DateTimeOffset now) => OnShiftUntil > now;
}

/// <summary>An entry of a timeline as a guard sees it.</summary>
/// <param name="Kind">The type of the event behind it, as stored.</param>
/// <param name="Author">The id of its actor.</param>
/// <param name="Withdrawn">Corrected or redacted already.</param>
public sealed record EntryFacts(long Version, string Kind, string Author, Tlp Tlp, bool Withdrawn);

/// <summary>What a guard of another stream asks of a post-incident review (domain §2.10).</summary>
public interface IReviewFacts
{
    bool Reviewed { get; }

    /// <summary>Keys of the recommendations that came of it.</summary>
    IReadOnlyList<string> Recommendations { get; }
}

/// <summary>What a guard of another stream asks of a recommendation (domain §2.10).</summary>
public interface IRecommendationFacts
{
    /// <summary>Somebody has taken it on, or it was decided that nobody has to.</summary>
    bool Owned { get; }

    /// <summary>The review it came of, if any.</summary>
    string? ReviewKey { get; }
}

/// <summary>Configuration that decisions need; defaults are those marked [P] in the domain.</summary>
public sealed record Rules
{
    public static readonly Rules Default = new();

    /// <summary>The version of the policy in force, by area; pinned on every decision.</summary>
    public ImmutableDictionary<PolicyArea, string> PolicyVersions { get; init; } = ImmutableDictionary<PolicyArea, string>.Empty;

    public string DefaultPolicyVersion { get; init; } = "2027-01";

    /// <summary>The platform's apps.</summary>
    public ImmutableArray<string> Products { get; init; } = ["main", "photos", "messenger", "chat", "marketplace", "ads"];

    public Escalations.ServiceLevels ServiceLevels { get; init; } = Escalations.ServiceLevels.Default;

    /// <summary>Which desk takes a case up, in the order of the rules.</summary>
    public ImmutableArray<Escalations.RoutingRule> Routing { get; init; } = Escalations.Routing.Default;

    public Crises.CrisisRules Crises { get; init; } = Domain.Crises.CrisisRules.Default;

    public Recommendations.RecommendationRules Recommendations { get; init; } = Domain.Recommendations.RecommendationRules.Default;

    public Risks.RiskRules Risks { get; init; } = Domain.Risks.RiskRules.Default;

    /// <summary>Which days count where a rule or a law says business days.</summary>
    public BusinessDays BusinessDays { get; init; } = BusinessDays.Default;
    public Elections.ElectionRules Elections { get; init; } = Domain.Elections.ElectionRules.Default;

    public string PolicyVersion(PolicyArea area) => PolicyVersions.GetValueOrDefault(area, DefaultPolicyVersion);
}
