using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>The incident commander hands the command over, after a briefing; announced to everybody (domain §2.2).</summary>
/// <param name="BriefingRef">What the new commander was briefed on, for example <c>SitRep #7</c>.</param>
public sealed record TransferCommand(string To, string BriefingRef) : Command, ICrisisCommand<TransferCommand>, INamesPeople
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Live("transfer-command");

    public IEnumerable<string> People(string caller) => To is null ? [] : [To];

    public static Ruling Decide(TransferCommand command, Crisis state, DecisionContext context)
    {
        if (state.Commander is not { } from)
        {
            return Ruling.Refuse("commander-named", "Nobody commands yet; appoint somebody.", "assign-role", "assume-command");
        }

        if (CrisisGivers.CommanderAlone.Check(state, context) is { } refused)
        {
            return refused;
        }

        if (command.To == from)
        {
            return Ruling.Refuse("commander-changes", $"{from} commands already.");
        }

        return string.IsNullOrWhiteSpace(command.BriefingRef)
            ? Ruling.Refuse("briefed", "Say in briefingRef what the new commander was briefed on.")
            : AppointmentGuard.Person(command.To, state, context) ?? Ruling.Accept(new CommandTransferred(from, command.To, command.BriefingRef));
    }

    public static IEnumerable<TransferCommand> Samples(Crisis state, DecisionContext context) =>
        (state.Stage == CrisisState.None ? ["ic-05"] : state.Roles.Select(r => r.Person).Concat(context.People.Keys.Order(StringComparer.Ordinal)))
            .Where(person => person != state.Commander).Distinct().Select(person => new TransferCommand(person, "SitRep #7"));

    public static Candidates? ChoosesFrom(Crisis state, Caller caller) =>
        state.Commander is { } commander ? new Candidates.Colleagues(state.Tlp, [commander]) : null;
}

public sealed record CommandTransferred(string From, string To, string BriefingRef) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => state.WithCommander(To, stamp.RecordedAt);

    public Entry Say(Crisis before, Crisis after, Stamp stamp) =>
        new Entry(EntryKind.RoleChange, $"Command passes from {From} to {To}", $"briefed on {BriefingRef}").ToCrossFunctional().ToExecutive($"{To} commands");
}
