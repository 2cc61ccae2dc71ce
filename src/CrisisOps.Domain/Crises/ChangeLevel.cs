using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>Changes the level in force. The cadence of the situation reports follows: if it changes, the next is due one new cadence from now (domain §2.2, §3 P5).</summary>
public sealed record ChangeLevel(CrisisLevel Level, string Reason) : Command, ICrisisCommand<ChangeLevel>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Live("change-level");

    public static Ruling Decide(ChangeLevel command, Crisis state, DecisionContext context)
    {
        if (CrisisGivers.CommandOrLead.Check(state, context) is { } refused)
        {
            return refused;
        }

        if (command.Level == state.Level)
        {
            return Ruling.Refuse("level-changes", $"The level is {command.Level} already.");
        }

        if (string.IsNullOrWhiteSpace(command.Reason))
        {
            return Ruling.Refuse("reason-given", "Say in reason what changed.");
        }

        var cadence = context.Rules.Crises.Cadence(state.Stage, command.Level);
        var due = state.FinalReported ? null : SitRepSlots.Changed(state, cadence, context.Now);
        object[] missed = state.Cadence == cadence ? [] : SitRepSlots.Missed(state, context.Now);
        return Ruling.Accept([.. missed, new CrisisLevelChanged(state.Level!.Value, command.Level, command.Reason, cadence, due)]);
    }

    public static IEnumerable<ChangeLevel> Samples(Crisis state, DecisionContext context) =>
        Enum.GetValues<CrisisLevel>().Where(level => level != state.Level).Select(level => new ChangeLevel(level, "reach is other than thought"));
}

/// <param name="NextSitRepDue">Null when the Final report is out.</param>
public sealed record CrisisLevelChanged(CrisisLevel From, CrisisLevel To, string Reason, TimeSpan Cadence, DateTimeOffset? NextSitRepDue) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => (state with { Level = To, Cadence = Cadence }).WithDue(NextSitRepDue);

    public Entry Say(Crisis before, Crisis after, Stamp stamp) =>
        new Entry(EntryKind.StateChange, $"{From} to {To}", $"{Reason}; {SitRepSlots.Next(NextSitRepDue)}").ToCrossFunctional().ToExecutive($"Now {To}", Reason);
}
