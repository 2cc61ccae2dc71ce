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
    public const string SlaClock = "SlaClock";
    public const string LegalClock = "LegalClock";
    public const string CloseDue = "CloseDue";

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

        foreach (var clock in state.Clocks)
        {
            // A merged case is the requester's still; what its merge left running is owed there.
            if (clock is { Running: true, PausedAt: null })
            {
                yield return Of(clock, state.Owner);
            }
        }

        // Nobody has to act: it closes by itself, unless a task keeps it open.
        if (state is { Stage: EscalationState.Resolved, ClosesAt: { } closes } && !state.OpenTasks.Any())
        {
            yield return new Deadline(CloseDue, "", state.Resolutions, closes);
        }
    }

    /// <summary>When its owner is warned. What it stood still is no part of the span of which a share is left.</summary>
    public static Warnings Warns(Clock clock)
    {
        var from = clock.DueAt - clock.Target;
        return clock.OfLaw ? Warnings.OfLegalDuty(from, clock.DueAt) : Warnings.OfServiceLevel(from, clock.DueAt);
    }

    private static Deadline Of(Clock clock, string? owner) =>
        new(clock.OfLaw ? LegalClock : SlaClock, clock.ClockId, clock.Generation, clock.DueAt, owner)
        {
            Missed = clock.BreachedAt is not null,
            Warns = Warns(clock),
        };
}
