using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>Ends somebody's role; given by command, a duty lead, or the holder. The incident commander is never released, only followed (domain §2.2).</summary>
/// <param name="Person">Whose; needed when several hold the role.</param>
public sealed record ReleaseRole(CommandRole Role, string? Person = null) : Command, ICrisisCommand<ReleaseRole>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Live("release-role");

    public static Ruling Decide(ReleaseRole command, Crisis state, DecisionContext context)
    {
        var person = command.Person ?? state.HolderOf(command.Role);
        if (person != context.Caller.Id && CrisisGivers.CommandOrLead.Check(state, context) is { } refused)
        {
            return refused;
        }

        if (command.Role == CommandRole.IncidentCommander)
        {
            return Ruling.Refuse("commander-remains", "A crisis is never without a commander; transfer the command.", "transfer-command");
        }

        return person is not null && state.Holds(person, command.Role)
            ? Ruling.Accept(new CommandRoleReleased(command.Role, person))
            : Ruling.Refuse("role-held", $"{person ?? "Nobody"} is {command.Role} in this crisis.");
    }

    public static IEnumerable<ReleaseRole> Samples(Crisis state, DecisionContext context) =>
        state.Stage == CrisisState.None
            ? [new(CommandRole.Scribe)]
            : state.Roles.Where(r => r.Role != CommandRole.IncidentCommander).Select(r => new ReleaseRole(r.Role, r.Person));
}

public sealed record CommandRoleReleased(CommandRole Role, string Person) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => state with { Roles = state.Roles.RemoveAll(r => r.Role == Role && r.Person == Person) };

    public Entry Say(Crisis before, Crisis after, Stamp stamp) =>
        new Entry(EntryKind.RoleChange, $"{Person} is {Role} no more").ToCrossFunctional();
}
