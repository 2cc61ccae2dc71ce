using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>
/// The rule that tells an open case whether its crisis is live: the cadence of a live crisis replaces its update clock; otherwise that
/// counts a whole period from now (domain §2.1).
/// </summary>
/// <param name="CrisisKey">The crisis that began or ended; its state decides.</param>
public sealed record SetPace(string CrisisKey) : Command, IEscalationCommand<SetPace>, INamesStreams
{
    public static CommandRule<Escalation> Rule { get; } = Givers.WhileOpen("set-pace", Givers.Timers);

    public IEnumerable<string> Streams() => CrisisKey is null ? [] : [CrisisKey];

    public static Ruling Decide(SetPace command, Escalation state, DecisionContext context)
    {
        if (command.CrisisKey is null || command.CrisisKey != state.CrisisKey)
        {
            return Ruling.Refuse("link-stands", $"This case is not linked to '{command.CrisisKey}'.");
        }

        if (context.Streams.GetValueOrDefault(command.CrisisKey) is not Crisis { Stage: not CrisisState.None } crisis)
        {
            return Ruling.Refuse("crisis-known", $"There is no crisis '{command.CrisisKey}'.");
        }

        return crisis.Live == state.PacedByCrisis
            ? Ruling.Refuse("pace-changes", $"{command.CrisisKey} {(crisis.Live ? "paces this case" : "does not pace this case")} already.")
            : Ruling.Accept(new EscalationPaceSet(command.CrisisKey, crisis.Live, crisis.Live ? [] : [.. ClockAim.AtOwnPace(state, context.Rules.ServiceLevels, context.Now)]));
    }

    public static IEnumerable<SetPace> Samples(Escalation state, DecisionContext context) => [];
}

/// <param name="ByCrisis">The cadence of the crisis counts from now on.</param>
/// <param name="Clocks">The update clock that counts from now, if there is one.</param>
public sealed record EscalationPaceSet(string CrisisKey, bool ByCrisis, IReadOnlyList<Clock> Clocks) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => ByCrisis ? state.AtPaceOfCrisis(stamp) : state.AtOwnPace(Clocks);

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.Clock, ByCrisis ? $"{CrisisKey} is live: its reports replace our updates" : $"{CrisisKey} is not live any more: our own updates count again").ToCrossFunctional();
}

internal static class Pace
{
    public static Escalation AtPaceOfCrisis(this Escalation state, Stamp stamp) => state with
    {
        PacedByCrisis = true,
        Clocks = state.Clocks.Stop(c => c.Kind == ClockKind.Update, stamp.RecordedAt),
        NextUpdateDue = null,
    };

    /// <param name="aimed">The update clock, if the case has one.</param>
    public static Escalation AtOwnPace(this Escalation state, IReadOnlyList<Clock> aimed)
    {
        var clocks = state.Clocks.AimAll(aimed);
        return state with { PacedByCrisis = false, Clocks = clocks, NextUpdateDue = clocks.Find(ClockKind.Update)?.DueAt };
    }
}
