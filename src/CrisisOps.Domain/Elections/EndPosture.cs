using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Elections;

/// <summary>The planned end of an operations center: it winds down. A timer of an older plan does nothing.</summary>
public sealed record EndPosture(int Generation) : Command, IElectionCommand<EndPosture>
{
    public static CommandRule<ElectionEvent> Rule { get; } = ElectionGivers.Timer("end-posture");

    public static Ruling Decide(EndPosture command, ElectionEvent state, DecisionContext context) =>
        state is { Open: true, Posture: ElectionPosture.OperationsCenter, PostureUntil: { } until } && state.PostureGeneration == command.Generation && until <= context.Now
            ? Ruling.Accept(new PostureChanged(state.Posture, ElectionPosture.WindDown, null, Ended: true))
            : Ruling.Refuse("deadline-current", "The operations center is over, was extended, or has not ended.");

    public static IEnumerable<EndPosture> Samples(ElectionEvent state, DecisionContext context) => [];
}
