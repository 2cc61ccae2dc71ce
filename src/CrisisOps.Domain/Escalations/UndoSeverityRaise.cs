using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>Takes back one's own raise of the severity, within ten minutes and while it still stands (domain §9.1).</summary>
public sealed record UndoSeverityRaise : Command, IEscalationCommand<UndoSeverityRaise>, INamesFacts<Escalation>
{
    public static CommandRule<Escalation> Rule { get; } = Givers.WhileOpen("undo-severity-raise", Givers.Specialists);

    public IEnumerable<(string Kind, string Id)> Facts(Escalation state) => ElectionFloor.Facts(state.Regions);

    public static Ruling Decide(UndoSeverityRaise command, Escalation state, DecisionContext context)
    {
        var within = context.Rules.ServiceLevels.UndoWithin;
        if (state.LastSeverityRaise is not { } raise || raise.To != state.EffectiveSeverity)
        {
            return Ruling.Refuse("raise-stands", "There is no raise of the severity to take back.");
        }

        if (raise.By != context.Caller.Id)
        {
            return Ruling.Refuse("own-raise", $"{raise.By} raised it; a duty lead changes the severity with a reason.", "change-severity");
        }

        if (context.Now > raise.At + within)
        {
            return Ruling.Refuse("undo-in-time", $"A raise is taken back within {within.TotalMinutes:0} minutes; now a duty lead changes it with a reason.", "change-severity");
        }

        return ElectionFloor.Of(state.PolicyArea, state.Regions, context) is { } floor && raise.From > floor
            ? Ruling.Refuse("election-severity-floor", $"An election phase in this region sets a floor of {floor} for {state.PolicyArea}.")
            : Ruling.Accept(new SeverityRaiseUndone(raise.To, raise.From, ClockAim.AtSeverityChange(state, raise.From, context)));
    }

    public static IEnumerable<UndoSeverityRaise> Samples(Escalation state, DecisionContext context) => [new()];
}

/// <param name="Clocks">The clocks aimed anew; an update clock not among them has ended.</param>
public sealed record SeverityRaiseUndone(Severity From, Severity To, IReadOnlyList<Clock> Clocks) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state.AtSeverity(To, Clocks, stamp) with { LastSeverityRaise = null };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.StateChange, $"Severity back from {From} to {To}: the raise was a mistake").ToCrossFunctional().ToExecutive($"Now {To}");
}
