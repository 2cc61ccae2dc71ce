using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>This case does not belong to the crisis, or does not touch the election, any more. Out of a live crisis, its own update clock runs again.</summary>
/// <param name="Key">The crisis or the election.</param>
public sealed record Unlink(string Key, string? Reason = null) : Command, IEscalationCommand<Unlink>
{
    public static CommandRule<Escalation> Rule { get; } = Givers.WhileOpen("unlink", Givers.SpecialistsAndRules, EscalationState.Resolved);

    public static Ruling Decide(Unlink command, Escalation state, DecisionContext context)
    {
        if (command.Key is null || (command.Key != state.CrisisKey && command.Key != state.ElectionKey))
        {
            return Ruling.Refuse("link-stands", $"This case is not linked to '{command.Key}'.");
        }

        Clock[] clocks = command.Key == state.CrisisKey && state.PacedByCrisis ? [.. ClockAim.AtOwnPace(state, context.Rules.ServiceLevels, context.Now)] : [];
        return Ruling.Accept(new EscalationUnlinked(command.Key, command.Reason, clocks));
    }

    public static IEnumerable<Unlink> Samples(Escalation state, DecisionContext context) => state.Stage == EscalationState.None
        ? [new("CR-2027-0007", "another attack")]
        : new[] { state.CrisisKey, state.ElectionKey }.OfType<string>().Select(key => new Unlink(key));
}

/// <param name="Clocks">The update clock that counts from now, if there is one.</param>
public sealed record EscalationUnlinked(string Key, string? Reason, IReadOnlyList<Clock> Clocks) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp)
    {
        var clocks = state.Clocks.AimAll(Clocks);
        return state with
        {
            CrisisKey = state.CrisisKey == Key ? null : state.CrisisKey,
            PacedByCrisis = state.CrisisKey != Key && state.PacedByCrisis,
            ElectionKey = state.ElectionKey == Key ? null : state.ElectionKey,
            Clocks = clocks,
            NextUpdateDue = Clocks.Count > 0 ? clocks.Find(ClockKind.Update)?.DueAt : state.NextUpdateDue,
        };
    }

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) => new Entry(EntryKind.StateChange, $"Unlinked from {Key}", Reason).ToCrossFunctional();
}
