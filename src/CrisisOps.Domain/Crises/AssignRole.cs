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
