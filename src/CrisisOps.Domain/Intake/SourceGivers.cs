using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Intake;

/// <summary>Who gives which command on a source: whoever keeps partners and keys, and the server's own clocks.</summary>
internal static class SourceGivers
{
    public static readonly IReadOnlyList<Role> Keepers = [Role.PartnerManager, Role.Admin];

    /// <summary>Who stops a source that floods, at night too, and lets it go on.</summary>
    public static readonly IReadOnlyList<Role> Stoppers = [Role.PartnerManager, Role.Admin, Role.DutyLead];

    public static CommandRule<AlertSource> Rule(string name, params SourceState[] from) => new(name, Keepers, state => from.Contains(state.Stage));

    /// <summary>Legal until it is retired.</summary>
    public static CommandRule<AlertSource> WhileOpen(string name) => new(name, Keepers, state => state.Open);

    public static CommandRule<AlertSource> Timer(string name) => new(name, [Role.System], _ => true);
}
