using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>Appoints somebody to a role of the command. There are never two incident commanders: a second is made by transfer-command or assume-command (domain §2.2).</summary>
/// <param name="Area">What a subject-matter expert or a regional lead is responsible for.</param>
public sealed record AssignRole(CommandRole Role, string Person, string? Area = null) : Command, ICrisisCommand<AssignRole>, INamesPeople
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Live("assign-role");

    public IEnumerable<string> People(string caller) => Person is null ? [] : [Person];

    public static Ruling Decide(AssignRole command, Crisis state, DecisionContext context) =>
        CrisisGivers.CommandOrLead.Check(state, context)
        ?? AppointmentGuard.Check(command.Role, command.Person, state, context)
        ?? Ruling.Accept(new CommandRoleAssigned(command.Role, command.Person, command.Area));

    public static IEnumerable<AssignRole> Samples(Crisis state, DecisionContext context) =>
        from role in Enum.GetValues<CommandRole>()
        where AppointmentGuard.Several(role) || state.HolderOf(role) is null
        select new AssignRole(role, context.Caller.Id);
}

public sealed record CommandRoleAssigned(CommandRole Role, string Person, string? Area) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => state.WithRole(Role, Person, Area, stamp.RecordedAt);

    public Entry Say(Crisis before, Crisis after, Stamp stamp)
    {
        var entry = new Entry(EntryKind.RoleChange, $"{Role}{(Area is null ? "" : $" ({Area})")}: {Person}").ToCrossFunctional();
        return Role == CommandRole.IncidentCommander ? entry.ToExecutive($"{Person} commands") : entry;
    }
}

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
