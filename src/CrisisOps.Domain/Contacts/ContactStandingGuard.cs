using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Contacts;

/// <summary>As what a team is to read, as a command says it.</summary>
/// <param name="Roles">As in a token; none or several.</param>
/// <param name="Functions">For which it may be consulted.</param>
/// <param name="Regions">ISO 3166 codes of where it works, or <c>*</c> for everywhere; absent means in no region but in what has none.</param>
/// <param name="Clearance">The most secret text it reads; never above that of who says it.</param>
public sealed record TeamStanding(IReadOnlyList<Role>? Roles = null, IReadOnlyList<Function>? Functions = null, IReadOnlyList<string>? Regions = null, Tlp Clearance = Tlp.GREEN);

/// <summary>What a team may read is said by somebody, because no token says it; nobody gives away more than they have.</summary>
internal static class ContactStandingGuard
{
    public static Ruling? Check(TeamStanding? standing, Caller caller)
    {
        if (standing is not { } given || ((given.Roles?.Count ?? 0) == 0 && (given.Functions?.Count ?? 0) == 0))
        {
            return Ruling.Refuse("standing-given", "Say in standing as what the team reads: at least one role or function.");
        }

        if (given.Roles?.Contains(Role.System) == true)
        {
            return Ruling.Refuse("standing-role", "Nobody has the system's role.");
        }

        foreach (var region in given.Regions ?? [])
        {
            if (AddressTextGuard.Check(region) is { } told)
            {
                return told;
            }
        }

        return given.Clearance > caller.Clearance
            ? Ruling.Refuse(RefusalKind.TlpDenied, "standing-clearance", "You can not clear a team above your own clearance.")
            : null;
    }

    public static ContactStanding Of(TeamStanding given) => new(
        [.. (given.Roles ?? []).Distinct().Order()], [.. (given.Functions ?? []).Distinct().Order()], [.. (given.Regions ?? []).Distinct(StringComparer.Ordinal)], given.Clearance);

    public static bool Same(ContactStanding one, ContactStanding other) =>
        one.Clearance == other.Clearance && one.Roles.SequenceEqual(other.Roles) && one.Functions.SequenceEqual(other.Functions) && one.Regions.SequenceEqual(other.Regions);

    /// <summary>In words, for the timeline.</summary>
    public static string Words(ContactStanding standing) =>
        $"{string.Join(", ", standing.Roles.Select(r => r.ToString()).Concat(standing.Functions.Select(f => f.ToString())))}; {(standing.Regions.IsEmpty ? "no region" : string.Join(", ", standing.Regions))}; TLP:{TlpNames.Of(standing.Clearance)}";
}
