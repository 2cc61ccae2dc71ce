using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Server.Channels.Cap;

/// <summary>What the words of a crisis are in CAP (domain §6.1, mapping).</summary>
public static partial class CapMeaning
{
    /// <summary>Unknown for a crisis that has no level: its declaration was annulled before anything was said.</summary>
    public static CapSeverity SeverityOf(CrisisLevel? level) => level switch
    {
        CrisisLevel.Level1 => CapSeverity.Extreme,
        CrisisLevel.Level2 => CapSeverity.Severe,
        CrisisLevel.Level3 => CapSeverity.Moderate,
        _ => CapSeverity.Unknown,
    };

    /// <summary>The domain says nothing of viral trends and leaks of data: they are put where their harm is.</summary>
    public static ImmutableArray<CapCategory> CategoryOf(CrisisType type) => type switch
    {
        CrisisType.TerrorOrViolentExtremistAttack or CrisisType.MassCasualtyViolence or CrisisType.ArmedConflict or CrisisType.CivilUnrest
            or CrisisType.CoupOrUnconstitutionalChange => [CapCategory.Security],
        CrisisType.ElectionIntegrity or CrisisType.InfluenceOperation => [CapCategory.Security, CapCategory.Other],
        CrisisType.NaturalDisaster => [CapCategory.Geo, CapCategory.Met, CapCategory.Safety],
        CrisisType.PublicHealthEmergency => [CapCategory.Health],
        CrisisType.PlatformIncidentWithSafetyImpact or CrisisType.GovernmentShutdownOrBlock or CrisisType.DataLeak => [CapCategory.Infra],
        CrisisType.ChildSafetyNetwork or CrisisType.HarmfulViralTrend => [CapCategory.Safety],
        _ => [CapCategory.Other],
    };

    /// <summary><c>TerrorOrViolentExtremistAttack</c> as a person reads it: <c>Terror or violent extremist attack</c>.</summary>
    public static string Words(CrisisType type) =>
        type == CrisisType.Other ? "Crisis" : InnerCapital().Replace(type.ToString(), found => $" {found.Value.ToLowerInvariant()}");

    /// <summary>One area for all regions, by ISO 3166 codes; a crisis without any is everywhere.</summary>
    public static CapArea AreaOf(IReadOnlyCollection<string> regions) => regions.Count == 0 || regions.Contains(Regions.World)
        ? new CapArea("World", [new("UNM49", Regions.World)])
        : new CapArea(string.Join(", ", regions), [.. regions.Select(r => new CapParameter(r.Contains('-') ? "ISO3166-2" : "ISO3166-1", r))]);

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex InnerCapital();
}
