using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>Deadlines of an escalation, derived from its state: what stands here is due or was missed, what vanished is settled.</summary>
public static class EscalationDeadlines
{
    public const string InterimActionExpiry = "InterimActionExpiry";
    public const string SnoozeEnd = "SnoozeEnd";
    public const string TaskDue = "TaskDue";
    public const string ConsultDue = "ConsultDue";
    public const string BreakGlassEnd = "BreakGlassEnd";

    public static IEnumerable<Deadline> Of(Escalation state)
    {
        foreach (var action in state.InterimActions)
        {
            // Nobody looked in time: that stays owed as long as the case is open.
            var expired = action.State == InterimActionState.Expired;
            if (action.ExpiresAt is { } expires && (action.State == InterimActionState.InForce || (expired && state.Open)))
            {
                yield return new Deadline(InterimActionExpiry, action.ActionId, 1, expires, state.Owner ?? action.TakenBy) { Missed = expired };
            }
        }

        if (state.Snooze is { } snooze)
        {
            yield return new Deadline(SnoozeEnd, "", snooze.Generation, snooze.Until, state.Owner);
        }

        foreach (var glass in state.GlassBreaks)
        {
            yield return new Deadline(BreakGlassEnd, glass.Person, glass.Generation, glass.Until);
        }

        if (state.Stage == EscalationState.Voided)
        {
            // Nobody is reminded of work on a mistaken raise.
            yield break;
        }

        foreach (var task in state.Tasks)
        {
            if (task is { Open: true, DueAt: { } due })
            {
                yield return new Deadline(TaskDue, task.TaskId, task.Generation, due, task.Owner) { Missed = task.Overdue };
            }
        }

        foreach (var consult in state.Consults)
        {
            var expired = consult.State == ConsultState.Expired;
            if (consult.Open || (expired && state.Open))
            {
                yield return new Deadline(ConsultDue, consult.ConsultId, 1, consult.DueAt, state.Owner) { Missed = expired };
            }
        }
    }
}
