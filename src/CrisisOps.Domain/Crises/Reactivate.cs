using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>
/// Takes a crisis up again within 72 hours of the stand-down, with a commander in the same commit. Its review opens at once, so this is
/// legal under review too. Later, a new crisis names it as predecessorKey (domain §2.2).
/// </summary>
/// <param name="IncidentCommander">Absent means the caller.</param>
public sealed record Reactivate(string Reason, string? IncidentCommander = null) : Command, ICrisisCommand<Reactivate>, INamesPeople
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Rule("reactivate", CrisisState.StoodDown, CrisisState.UnderReview);

    public IEnumerable<string> People(string caller) => [IncidentCommander ?? caller];

    public static Ruling Decide(Reactivate command, Crisis state, DecisionContext context)
    {
        if (CrisisGivers.CommandOrLead.Check(state, context) is { } refused)
        {
            return refused;
        }

        var rules = context.Rules.Crises;
        if (state.StoodDownAt!.Value + rules.ReactivateWithin < context.Now)
        {
            return Ruling.Refuse(
                "reactivate-within", $"It was stood down more than {rules.ReactivateWithin.TotalHours:0} hours ago; propose a new crisis with predecessorKey {state.Key}.", "propose");
        }

        if (string.IsNullOrWhiteSpace(command.Reason))
        {
            return Ruling.Refuse("reason-given", "Say in reason what happened.");
        }

        var commander = command.IncidentCommander ?? context.Caller.Id;
        var cadence = rules.Cadence(CrisisState.Active, state.Level!.Value);
        return AppointmentGuard.Person(commander, state, context)
            ?? Ruling.Accept(new CrisisReactivated(command.Reason, cadence, context.Now + cadence), new CommandRoleAssigned(CommandRole.IncidentCommander, commander, null));
    }

    public static IEnumerable<Reactivate> Samples(Crisis state, DecisionContext context) => [new("a second live video")];
}

public sealed record CrisisReactivated(string Reason, TimeSpan Cadence, DateTimeOffset NextSitRepDue) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => (state with { Stage = CrisisState.Active, StoodDownAt = null, ReviewDueAt = null }).WithCadence(Cadence, NextSitRepDue);

    public Entry Say(Crisis before, Crisis after, Stamp stamp) =>
        new Entry(EntryKind.StateChange, "Active again", $"{Reason}; {SitRepSlots.Next(NextSitRepDue)}").ToCrossFunctional().ToExecutive("Active again", Reason);
}
