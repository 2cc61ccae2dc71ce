using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>
/// Who gives which command on a crisis (domain §9.6). A crisis role gives its commands in that crisis only: the commander all,
/// the deputy all but standing down. A duty lead gives everything while there is no commander.
/// </summary>
internal sealed record CrisisGivers(params CommandRole[] Holders)
{
    /// <summary>Duty leads give it beside a commander too.</summary>
    public bool Leads { get; init; }

    /// <summary>Specialists give it without any role in the crisis.</summary>
    public bool Specialists { get; init; }

    /// <summary>Commander and deputy.</summary>
    public static readonly CrisisGivers Command = new(CommandRole.IncidentCommander, CommandRole.Deputy);

    public static readonly CrisisGivers CommandOrLead = Command with { Leads = true };

    /// <summary>Not the deputy.</summary>
    public static readonly CrisisGivers CommanderAlone = new(CommandRole.IncidentCommander);

    public static readonly CrisisGivers Planning = new(CommandRole.IncidentCommander, CommandRole.Deputy, CommandRole.PlanningSectionChief);

    public static readonly CrisisGivers Liaison = new(CommandRole.IncidentCommander, CommandRole.Deputy, CommandRole.LiaisonOfficer);

    public static readonly CrisisGivers Press = new(CommandRole.IncidentCommander, CommandRole.Deputy, CommandRole.PublicInformationOfficer);

    /// <summary>Notes, tasks, links: any specialist, and the scribe whoever it is.</summary>
    public static readonly CrisisGivers Everyone = new(CommandRole.IncidentCommander, CommandRole.Deputy, CommandRole.Scribe) { Specialists = true, Leads = true };

    /// <summary>Whoever could hold a role in a crisis.</summary>
    public static readonly IReadOnlyList<Role> Staff =
        [Role.DutyLead, Role.Specialist, Role.PolicyExpert, Role.LegalCounsel, Role.Communications, Role.ElectionLead, Role.PartnerManager];

    /// <summary>Staff, and the rules that act for them.</summary>
    public static readonly IReadOnlyList<Role> StaffAndRules = [.. Staff, Role.System];

    /// <summary>Whoever may be told something and asked to confirm it.</summary>
    public static readonly IReadOnlyList<Role> Readers = [.. Staff, Role.Executive, Role.Analyst];

    /// <summary>A duty lead by hand, a rule otherwise.</summary>
    public static readonly IReadOnlyList<Role> LeadsAndRules = [Role.DutyLead, Role.System];

    public static readonly IReadOnlyList<Role> Timers = [Role.System];

    public static CommandRule<Crisis> Rule(string name, params CrisisState[] from) => Rule(name, Staff, from);

    public static CommandRule<Crisis> Rule(string name, IReadOnlyList<Role> roles, params CrisisState[] from) =>
        new(name, roles, state => from.Contains(state.Stage));

    /// <summary>A rule legal while the crisis is live, and from the given other states.</summary>
    public static CommandRule<Crisis> Live(string name, params CrisisState[] also) =>
        new(name, Staff, state => state.Live || also.Contains(state.Stage));

    /// <summary>A rule legal once it was proposed, whatever became of it.</summary>
    public static CommandRule<Crisis> OnceProposed(string name) => new(name, Staff, state => state.Stage != CrisisState.None);

    public static CommandRule<Crisis> Timer(string name) => new(name, Timers, _ => true);

    /// <summary>Null when the caller may; otherwise the refusal that names who may.</summary>
    public Ruling? Check(Crisis state, DecisionContext context)
    {
        var caller = context.Caller;
        if (caller.Is(Role.System) || state.Holds(caller.Id, Holders) || (Specialists && caller.Is(Role.Specialist))
            || (caller.Is(Role.DutyLead) && (Leads || state.Commander is null)))
        {
            return null;
        }

        var held = Holders.Select(role => $"{role} ({string.Join(", ", state.Roles.Where(r => r.Role == role).Select(r => r.Person).DefaultIfEmpty("nobody yet"))})");
        var lead = Leads ? ", or any duty lead" : state.Commander is null ? ", or a duty lead while nobody commands" : "";
        return new Ruling.Refused(new Refusal(RefusalKind.Forbidden, "crisis-role", $"In this crisis this is given by {string.Join(", ", held)}{lead}.")
        {
            Roles = Leads || state.Commander is null ? [Role.DutyLead] : [],
        });
    }
}
