using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Elections;

/// <summary>The end of a measure; it is never silent. A timer of an older generation does nothing.</summary>
public sealed record ExpireMeasure(string MeasureId, int Generation) : Command, IElectionCommand<ExpireMeasure>
{
    public static CommandRule<ElectionEvent> Rule { get; } = ElectionGivers.Timer("expire-measure");

    public static Ruling Decide(ExpireMeasure command, ElectionEvent state, DecisionContext context) =>
        state.ActiveMeasure(command.MeasureId).Measure is { } measure && measure.Generation == command.Generation && measure.ExpiresAt <= context.Now
            ? Ruling.Accept(new ElectionMeasureLifted(measure.MeasureId, measure.Kind, measure.Region, "Expired"))
            : Ruling.Refuse("deadline-current", "This measure is off, or has not ended.");

    public static IEnumerable<ExpireMeasure> Samples(ElectionEvent state, DecisionContext context) => [];
}
