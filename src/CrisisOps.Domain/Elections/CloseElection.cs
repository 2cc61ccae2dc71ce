using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Elections;

/// <summary>Closes the file: the review is filed, every measure is off, and nothing is left to do (domain §2.3, §9.4).</summary>
public sealed record CloseElection : Command, IElectionCommand<CloseElection>
{
    public static CommandRule<ElectionEvent> Rule { get; } = ElectionGivers.Rule("close", ElectionGivers.Lead, ElectionPhase.PostElection);

    public static Ruling Decide(CloseElection command, ElectionEvent state, DecisionContext context)
    {
        if (state.OpenTasks.Any())
        {
            return Ruling.Refuse("tasks-done", $"Open: {string.Join(", ", state.OpenTasks.Select(t => t.TaskId))}; complete or cancel them.", "complete-task", "cancel-task");
        }

        if (state.ActiveMeasures.Any())
        {
            return Ruling.Refuse("measures-lifted", $"{string.Join(", ", state.ActiveMeasures.Select(m => m.MeasureId))} still on; lift each, or wait for its end.", "lift-measure");
        }

        return state.ReviewRef is { } review
            ? Ruling.Accept(new ElectionClosed(review))
            : Ruling.Refuse("review-filed", "The review after the election is not filed.", "file-review");
    }

    public static IEnumerable<CloseElection> Samples(ElectionEvent state, DecisionContext context) => [new()];
}

public sealed record ElectionClosed(string ReviewRef) : IElectionEvent
{
    public ElectionEvent Apply(ElectionEvent state, Stamp stamp) => state with { Stage = ElectionPhase.Closed, EndedAt = stamp.RecordedAt };

    public Entry Say(ElectionEvent before, ElectionEvent after, Stamp stamp) =>
        new Entry(EntryKind.Review, "Closed", ReviewRef).ToCrossFunctional().ToExecutive("Closed");
}
