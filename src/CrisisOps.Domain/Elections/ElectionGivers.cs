using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Elections;

/// <summary>
/// Who gives which command on an election (domain §9.6): the election lead all of them, a duty lead whatever can not wait until the
/// election lead is awake, specialists what they learn and do.
/// </summary>
internal static class ElectionGivers
{
    /// <summary>What the election is and how it ends.</summary>
    public static readonly IReadOnlyList<Role> Lead = [Role.ElectionLead];

    /// <summary>Phases, posture and measures: at three in the night too.</summary>
    public static readonly IReadOnlyList<Role> Leads = [Role.ElectionLead, Role.DutyLead];

    /// <summary>Leads, and the rule that turns on what was planned for a phase.</summary>
    public static readonly IReadOnlyList<Role> LeadsAndRules = [.. Leads, Role.System];

    /// <summary>Notes, tasks, updates, notices and links.</summary>
    public static readonly IReadOnlyList<Role> Everyone = [.. Leads, Role.Specialist];

    public static readonly IReadOnlyList<Role> Timers = [Role.System];

    public static CommandRule<ElectionEvent> Rule(string name, IReadOnlyList<Role> roles, params ElectionPhase[] from) =>
        new(name, roles, state => from.Contains(state.Stage));

    /// <summary>Legal from the registration until it is closed or cancelled.</summary>
    public static CommandRule<ElectionEvent> WhileOpen(string name, IReadOnlyList<Role> roles) => new(name, roles, state => state.Open);

    /// <summary>Legal once it was registered, whatever became of it.</summary>
    public static CommandRule<ElectionEvent> OnceRegistered(string name, IReadOnlyList<Role> roles) =>
        new(name, roles, state => state.Stage != ElectionPhase.None);

    public static CommandRule<ElectionEvent> Timer(string name) => new(name, Timers, _ => true);
}
