using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Elections;

/// <summary>Turns a measure off before its time.</summary>
public sealed record LiftMeasure(string MeasureId, string Reason) : Command, IElectionCommand<LiftMeasure>
{
    public static CommandRule<ElectionEvent> Rule { get; } = ElectionGivers.WhileOpen("lift-measure", ElectionGivers.Leads);

    public static Ruling Decide(LiftMeasure command, ElectionEvent state, DecisionContext context)
    {
        if (string.IsNullOrWhiteSpace(command.Reason))
        {
            return Ruling.Refuse("reason-given", "Say in reason why it ends before its time.");
        }

        var (measure, inactive) = state.ActiveMeasure(command.MeasureId);
        return inactive ?? Ruling.Accept(new ElectionMeasureLifted(measure!.MeasureId, measure.Kind, measure.Region, command.Reason));
    }

    public static IEnumerable<LiftMeasure> Samples(ElectionEvent state, DecisionContext context) =>
        state.Stage == ElectionPhase.None ? [new("MEA-1", "not needed any more")] : state.ActiveMeasures.Select(m => new LiftMeasure(m.MeasureId, "not needed any more"));
}

/// <param name="Reason">What a person said, <c>Expired</c>, or <c>Cancelled</c> with the election.</param>
public sealed record ElectionMeasureLifted(string MeasureId, ElectionMeasureKind Kind, string Region, string Reason) : IElectionEvent
{
    public ElectionEvent Apply(ElectionEvent state, Stamp stamp) => state with
    {
        Measures = state.Measures.ConvertAll(m => m.MeasureId == MeasureId ? m with { LiftedBecause = Reason } : m),
    };

    public Entry Say(ElectionEvent before, ElectionEvent after, Stamp stamp) =>
        new Entry(EntryKind.Lever, $"{MeasureId} off: {Kind}, {Region}", Reason).ToCrossFunctional().ToExecutive($"{MeasureId} off: {Kind}, {Region}");
}
