using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Escalations;

/// <summary>The clocks of the cases that have moved since an instant, counted from their states of then. What has not moved has its rows.</summary>
public sealed class SlaBoardThen(MovedCases cases, PastStates pasts)
{
    /// <summary>How the clocks stood, by group.</summary>
    /// <param name="groups">The groups of a case.</param>
    /// <param name="at">The instant at which a warning has come or not.</param>
    public async Task<List<(string Group, ClockCounts Counts)>> Moved(Past past, Func<Escalation, IEnumerable<string>> groups, DateTimeOffset at, Caller caller, CancellationToken cancellation)
    {
        List<(string, ClockCounts)> counts = [];
        var from = "";
        while (await cases.After(from, past, at, Audience.CrossFunctional, caller, cancellation) is { Count: > 0 } streams)
        {
            from = streams.Keys.Max(StringComparer.Ordinal)!;
            var then = await pasts.Load(streams.Keys, past, cancellation);
            var crises = await pasts.Load([.. then.Values.Select(h => ((Escalation)h.State).CrisisKey).OfType<string>().Distinct(StringComparer.Ordinal)], past, cancellation);
            counts.AddRange(
                from held in then.Values
                where held.Version > 0
                let state = (Escalation)held.State
                where !state.Exercise && state.State != EscalationState.Voided
                let met = state.CrisisKey is { } crisis ? state.WithReferralOf((Crisis)crises[crisis].State) : state
                from clock in met.Clocks
                where streams[state.Key] == Audience.Core || !SlaBoard.CoreOnly.Contains(clock.ClockId)
                from name in groups(state)
                select (name, Counted(clock, at)));
        }

        return counts;
    }

    private static ClockCounts Counted(Clock clock, DateTimeOffset at)
    {
        var warned = ClockRows.WarnsAt(clock) <= at;
        long Is(ClockResult result) => clock.Result == result ? 1 : 0;
        return new ClockCounts(
            clock.Kind.ToString(), warned ? 0 : Is(ClockResult.Running), warned ? Is(ClockResult.Running) : 0, Is(ClockResult.Paused), Is(ClockResult.Met), Is(ClockResult.MetInTimeLearnedLate),
            Is(ClockResult.MetLate), Is(ClockResult.Breached), clock.Breaches);
    }
}

/// <summary>Clocks of one kind.</summary>
/// <param name="AtRisk">Running, and its warning has come.</param>
/// <param name="Met">In time; <paramref name="MetLearnedLate"/> were in time too, and recorded after they had run out.</param>
/// <param name="Breached">Ran out, and not met since.</param>
/// <param name="Breaches">How often one ran out, those met since and those aimed anew included.</param>
public sealed record ClockCounts(string Kind, long Running, long AtRisk, long Paused, long Met, long MetLearnedLate, long MetLate, long Breached, long Breaches)
{
    public static ClockCounts Sum(ClockCounts one, ClockCounts other) => new(
        one.Kind, one.Running + other.Running, one.AtRisk + other.AtRisk, one.Paused + other.Paused, one.Met + other.Met, one.MetLearnedLate + other.MetLearnedLate,
        one.MetLate + other.MetLate, one.Breached + other.Breached, one.Breaches + other.Breaches);
}
