using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Elections;

/// <summary>Deadlines of an election, derived from its state: what stands here is due or was missed, what vanished is settled.</summary>
public static class ElectionDeadlines
{
    public const string ElectionPhaseDue = "ElectionPhaseDue";
    public const string ElectionPostureEnd = "ElectionPostureEnd";
    public const string ElectionMeasureExpiry = "ElectionMeasureExpiry";
    public const string ElectionTaskDue = "ElectionTaskDue";

    public static IEnumerable<Deadline> Of(ElectionEvent state) =>
        [.. Phases(state), .. Posture(state), .. Measures(state), .. Tasks(state)];

    /// <summary>
    /// Only the phase that comes next. The one after it stands here when that has begun, so timers that were due while the server was
    /// down fire in the order of the phases.
    /// </summary>
    private static IEnumerable<Deadline> Phases(ElectionEvent state)
    {
        if (PhaseRules.NextScheduled(state) is { } next)
        {
            yield return new Deadline(ElectionPhaseDue, next.Phase.ToString(), state.ScheduleVersion, next.StartsAt);
        }
    }

    private static IEnumerable<Deadline> Posture(ElectionEvent state)
    {
        if (state is { Open: true, Posture: ElectionPosture.OperationsCenter, PostureUntil: { } until })
        {
            yield return new Deadline(ElectionPostureEnd, "", state.PostureGeneration, until);
        }
    }

    private static IEnumerable<Deadline> Measures(ElectionEvent state) =>
        state.ActiveMeasures.Select(m => new Deadline(ElectionMeasureExpiry, m.MeasureId, m.Generation, m.ExpiresAt));

    private static IEnumerable<Deadline> Tasks(ElectionEvent state) =>
        from task in state.Open ? state.Tasks : []
        where task is { Open: true, DueAt: not null }
        select new Deadline(ElectionTaskDue, task.TaskId, task.Generation, task.DueAt!.Value, task.Owner) { Missed = task.Overdue };
}
