using System.Collections.Immutable;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Intake;

/// <summary>
/// One line of the rules by which alerts become escalations (domain §3, P1): what is named must match, what is not named matches anything, and the
/// first line that matches counts.
/// </summary>
/// <param name="Name">Stands with every alert it decided, so that everybody sees why. 1 to 100 characters, held by one line.</param>
public sealed record IntakeRule(string Name)
{
    /// <summary>Keys of sources, for example <c>SRC-001</c>.</summary>
    public ImmutableArray<string> Sources { get; init; } = [];

    /// <summary>What the reports of a source count as.</summary>
    public ImmutableArray<Source> Kinds { get; init; } = [];

    /// <summary>As the alert names it; one that names none is <see cref="PolicyArea.Undetermined"/>.</summary>
    public ImmutableArray<PolicyArea> PolicyAreas { get; init; } = [];

    /// <summary>A country takes its subdivisions in.</summary>
    public ImmutableArray<string> Regions { get; init; } = [];

    /// <summary>What a word of the source means here, in whatever case it is written; before the usual meanings.</summary>
    public ImmutableDictionary<string, Severity> Severities { get; init; } = ImmutableDictionary<string, Severity>.Empty;

    /// <summary>The severity of an alert that says none, or a word we do not know. Absent is SEV2: if unsure, the worse one.</summary>
    public Severity? Otherwise { get; init; }

    /// <summary>An alert less severe than this is kept but raises nothing. It folds all the same. Absent lets every one through.</summary>
    public Severity? Floor { get; init; }

    /// <summary>The policy area, for alerts that name none.</summary>
    public PolicyArea? PolicyArea { get; init; }

    /// <summary>How long after the last report alerts about the same content belong together, PT1M to P30D. Absent is a day.</summary>
    public TimeSpan? ContentWindow { get; init; }

    /// <summary>Whether an alert folded into a case may raise its severity. Absent is yes.</summary>
    public bool? RaisesSeverity { get; init; }

    public bool Matches(AlertSource source, PolicyArea area, IEnumerable<string> regions) =>
        (Sources.IsEmpty || Sources.Contains(source.Key))
        && (Kinds.IsEmpty || Kinds.Contains(source.Kind))
        && (PolicyAreas.IsEmpty || PolicyAreas.Contains(area))
        && (Regions.IsEmpty || Shared.Regions.WithParents(regions).Any(Regions.Contains));
}

/// <summary>All lines, in their order. With none, every alert raises an escalation or folds into one.</summary>
public sealed record IntakeRules(ImmutableArray<IntakeRule> Rules)
{
    public static readonly IntakeRules None = new([]);

    /// <summary>Decides everything that no line names.</summary>
    private static readonly IntakeRule _rest = new("everything else");

    /// <summary>The words of the formats we know: PagerDuty, Alertmanager, CAP, and our own.</summary>
    private static readonly ImmutableDictionary<string, Severity> _usual = new (Severity Severity, string[] Words)[]
    {
        (Severity.SEV1, ["sev1", "critical", "extreme", "page", "emergency"]),
        (Severity.SEV2, ["sev2", "error", "severe", "high", "major"]),
        (Severity.SEV3, ["sev3", "warning", "moderate", "medium"]),
        (Severity.SEV4, ["sev4", "info", "minor", "low", "none"]),
    }.SelectMany(m => m.Words, (m, word) => KeyValuePair.Create(word, m.Severity)).ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>What an alert comes to by these rules, wherever it folds: a pure reading, also for alerts of the past.</summary>
    public IntakeReading Read(IncomingAlert alert, AlertSource source)
    {
        var regions = RegionsOf(alert, source);
        var named = alert.PolicyArea is { } area && (source.PolicyAreas.IsEmpty || source.PolicyAreas.Contains(area)) ? area : Shared.PolicyArea.Undetermined;
        var rule = Rules.FirstOrDefault(r => r.Matches(source, named, regions)) ?? _rest;
        var severity = Meaning(alert.SeverityWord, rule);
        return new IntakeReading(
            rule.Name, severity, named != Shared.PolicyArea.Undetermined ? named : rule.PolicyArea ?? Shared.PolicyArea.Undetermined, regions,
            BelowFloor: rule.Floor is { } floor && severity > floor, rule.ContentWindow ?? TimeSpan.FromDays(1), rule.RaisesSeverity ?? true);
    }

    /// <summary>The regions an alert may speak of; the source's first one when it names none of its own.</summary>
    private static IReadOnlyList<string> RegionsOf(IncomingAlert alert, AlertSource source)
    {
        if (source.Regions.IsEmpty)
        {
            return alert.Regions;
        }

        string[] own = [.. alert.Regions.Where(source.MayReport)];
        return own.Length > 0 ? own : [source.Regions[0]];
    }

    private static Severity Meaning(string? word, IntakeRule rule)
    {
        foreach (var (own, severity) in rule.Severities)
        {
            if (own.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return severity;
            }
        }

        return word is not null && _usual.TryGetValue(word, out var usual) ? usual : rule.Otherwise ?? Severity.SEV2;
    }
}

/// <summary>What the rules make of an alert.</summary>
/// <param name="BelowFloor">It is kept, and raises nothing by itself.</param>
public sealed record IntakeReading(
    string Rule, Severity Severity, PolicyArea PolicyArea, IReadOnlyList<string> Regions, bool BelowFloor, TimeSpan ContentWindow, bool RaisesSeverity);
