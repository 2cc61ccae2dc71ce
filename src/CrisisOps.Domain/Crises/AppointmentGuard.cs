using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>Who may be appointed, and to what.</summary>
internal static class AppointmentGuard
{
    /// <summary>Roles that several people may hold at once; every other has one holder.</summary>
    public static bool Several(CommandRole role) =>
        role is CommandRole.SubjectMatterExpert or CommandRole.RegionalLead or CommandRole.LegalAdvisor or CommandRole.HumanRightsAdvisor or CommandRole.InternalLiaison;

    public static Ruling? Check(CommandRole role, string? person, Crisis state, DecisionContext context)
    {
        if (role == CommandRole.IncidentCommander && state.Commander is { } commander)
        {
            return Ruling.Refuse("one-commander", $"{commander} commands; command is transferred or assumed, never doubled.", "transfer-command", "assume-command");
        }

        if (!Several(role) && state.HolderOf(role) is { } holder)
        {
            return Ruling.Refuse("role-vacant", $"{holder} is {role}; release that role first.", "release-role");
        }

        return Several(role) && person is not null && state.Holds(person, role)
            ? Ruling.Refuse("role-vacant", $"{person} is {role} already.")
            : Person(person, state, context);
    }

    /// <summary>Whoever is to hold a role must be known and cleared for the crisis.</summary>
    public static Ruling? Person(string? person, Crisis state, DecisionContext context) => context.Person(person) switch
    {
        _ when person == context.Caller.Id && !string.IsNullOrWhiteSpace(person) => null,
        null => Ruling.Refuse("person-known", $"Nobody called '{person}' is in the directory."),
        var known when known.Clearance < state.Tlp => Ruling.Refuse("person-cleared", $"'{person}' is not cleared for TLP:{TlpNames.Of(state.Tlp)}."),
        _ => null,
    };

    public static Crisis WithRole(this Crisis state, CommandRole role, string person, string? area, DateTimeOffset since) => state with
    {
        Roles = state.Roles.Add(new RoleHolder(role, person, area, since)),
        Served = state.Served.Contains(person) ? state.Served : state.Served.Add(person),
    };

    /// <summary>Command passes in one step, so that there is never none and never two. A deputy who takes over is the deputy no more.</summary>
    public static Crisis WithCommander(this Crisis state, string person, DateTimeOffset since) =>
        (state with { Roles = state.Roles.RemoveAll(r => r.Role == CommandRole.IncidentCommander || (r.Role == CommandRole.Deputy && r.Person == person)) })
            .WithRole(CommandRole.IncidentCommander, person, null, since);
}
