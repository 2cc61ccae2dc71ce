using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>
/// A deputy or a duty lead takes the command, after an unanswered page or for another reason; still never two commanders
/// (domain §9.1).
/// </summary>
public sealed record AssumeCommand(string Reason) : Command, ICrisisCommand<AssumeCommand>
{
    private static readonly CrisisGivers _givers = new(CommandRole.Deputy) { Leads = true };

    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Live("assume-command");

    public static Ruling Decide(AssumeCommand command, Crisis state, DecisionContext context)
    {
        if (state.Commander == context.Caller.Id)
        {
            return Ruling.Refuse("commander-changes", "You command already.");
        }

        if (_givers.Check(state, context) is { } refused)
        {
            return refused;
        }

        return string.IsNullOrWhiteSpace(command.Reason)
            ? Ruling.Refuse("reason-given", "Say in reason why, for example that a page was not answered.")
            : Ruling.Accept(new CommandAssumed(state.Commander, context.Caller.Id, command.Reason));
    }

    public static IEnumerable<AssumeCommand> Samples(Crisis state, DecisionContext context) => [new("the commander does not answer the page")];
}

/// <param name="From">Null when nobody commanded.</param>
public sealed record CommandAssumed(string? From, string To, string Reason) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => state.WithCommander(To, stamp.RecordedAt);

    public Entry Say(Crisis before, Crisis after, Stamp stamp) =>
        new Entry(EntryKind.RoleChange, From is null ? $"{To} assumes command" : $"{To} assumes command from {From}", Reason)
            .ToCrossFunctional($"{To} assumes command")
            .ToExecutive($"{To} commands");
}
