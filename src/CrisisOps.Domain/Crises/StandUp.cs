using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>One keystroke at 03:00: assess, declare and appoint, in one commit (domain §9.4).</summary>
/// <param name="IncidentCommander">Absent means the caller.</param>
public sealed record StandUp(
    int Consequence,
    int Virality,
    Certainty Certainty,
    string Codename,
    string? Justification = null,
    string? IncidentCommander = null,
    IReadOnlyList<RoleFor>? Roles = null) : Command, ICrisisCommand<StandUp>, INamesPeople
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Rule("stand-up", CrisisState.Proposed);

    public IEnumerable<string> People(string caller) => Appointments(caller).Select(r => r.Person).OfType<string>();

    public static Ruling Decide(StandUp command, Crisis state, DecisionContext context)
    {
        var assess = new AssessCrisis(command.Consequence, command.Virality, command.Certainty);
        if (AssessCrisis.Decide(assess, state, context) is Ruling.Refused noAssessment)
        {
            return noAssessment;
        }

        var assessed = assess.Event(context);
        var known = state with { Assessment = new Assessment(assessed.Consequence, assessed.Virality, assessed.Level, assessed.Certainty, context.Caller.Id, context.Now) };
        var declaration = DeclareCrisis.Decide(new DeclareCrisis(command.Codename, command.Justification), known, context);
        if (declaration is not Ruling.Accepted(var declared))
        {
            return declaration;
        }

        List<object> events = [assessed, .. declared];
        var appointing = known;
        foreach (var role in command.Appointments(context.Caller.Id))
        {
            if (AppointmentGuard.Check(role.Role, role.Person, appointing, context) is { } refused)
            {
                return refused;
            }

            var assigned = new CommandRoleAssigned(role.Role, role.Person, role.Area);
            events.Add(assigned);
            appointing = appointing.WithRole(assigned.Role, assigned.Person, assigned.Area, context.Now);
        }

        return Ruling.Accept([.. events]);
    }

    public static IEnumerable<StandUp> Samples(Crisis state, DecisionContext context) => [new(4, 3, Certainty.Observed, "HARBOUR")];

    private IEnumerable<RoleFor> Appointments(string caller) =>
        new[] { new RoleFor(CommandRole.IncidentCommander, IncidentCommander ?? caller) }.Concat((Roles ?? []).OfType<RoleFor>());
}

/// <summary>A role and who is to hold it.</summary>
public sealed record RoleFor(CommandRole Role, string Person, string? Area = null);
