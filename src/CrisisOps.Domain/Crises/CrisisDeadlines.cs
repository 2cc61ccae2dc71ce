using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>Deadlines of a crisis, derived from its state: what stands here is due or was missed, what vanished is settled.</summary>
public static class CrisisDeadlines
{
    public const string SitRepDue = "SitRepDue";
    public const string LeverExpiry = "LeverExpiry";
    public const string PartnerAckWindow = "PartnerAckWindow";
    public const string CrisisUpdateAck = "CrisisUpdateAck";
    public const string CrisisUpdateDue = "CrisisUpdateDue";
    public const string HeldUpdateDue = "HeldUpdateDue";
    public const string CrisisTaskDue = "CrisisTaskDue";

    /// <summary>What a row of <see cref="PartnerAckWindow"/> belongs to: a message and a partner.</summary>
    public static string AckRef(string alertId, string partner) => $"{alertId}/{partner}";

    public static IEnumerable<Deadline> Of(Crisis state) =>
        [.. SitReps(state), .. Levers(state), .. Acks(state), .. Updates(state), .. Held(state), .. Tasks(state)];

    private static IEnumerable<Deadline> SitReps(Crisis state)
    {
        var owner = state.HolderOf(CommandRole.PlanningSectionChief) ?? state.Commander;
        foreach (var missed in state.Live ? state.MissedSitReps : [])
        {
            yield return new Deadline(SitRepDue, "", missed.Generation, missed.DueAt, owner) { Missed = true };
        }

        if (state is { Live: true, NextSitRepDue: { } due })
        {
            yield return new Deadline(SitRepDue, "", state.SitRepSlots, due, owner);
        }
    }

    /// <summary>A lever handed over at the stand-down ends at its time too. Its owner is reminded at three quarters of its run (domain §3, P11).</summary>
    private static IEnumerable<Deadline> Levers(Crisis state) =>
        state.ActiveLevers.Select(l => new Deadline(LeverExpiry, l.LeverId, l.Generation, l.ExpiresAt, l.Owner)
        {
            Warns = Warnings.WhenLeft(0.25, l.ExtendedAt ?? l.ActivatedAt, l.ExpiresAt),
        });

    private static IEnumerable<Deadline> Acks(Crisis state) =>
        from alert in state.Live ? state.Alerts : []
        where alert is { Cancelled: false, AckDueAt: not null }
        from partner in alert.Silent
        select new Deadline(PartnerAckWindow, AckRef(alert.AlertId, partner), 1, alert.AckDueAt!.Value, state.HolderOf(CommandRole.LiaisonOfficer) ?? state.Commander)
        {
            Missed = alert.Overdue.Contains(partner),
        };

    private static IEnumerable<Deadline> Updates(Crisis state)
    {
        if (state.PromisedUpdate is { } promised && state.MayStillAcknowledge())
        {
            yield return new Deadline(CrisisUpdateDue, "", promised.Generation, promised.DueAt, state.Commander) { Missed = promised.Missed };
        }

        foreach (var update in state.Updates)
        {
            if (update is { AckDueAt: { } due, AcknowledgedBy: [] } && state.MayStillAcknowledge())
            {
                yield return new Deadline(CrisisUpdateAck, update.BaseId, 1, due, state.Commander) { Missed = update.AckOverdue };
            }
        }
    }

    /// <summary>Whatever became of the crisis: what must not go out any more is withdrawn at its time, and says so.</summary>
    private static IEnumerable<Deadline> Held(Crisis state) =>
        state.HeldUpdates.Where(h => h.State == HoldState.Waiting).Select(h => new Deadline(HeldUpdateDue, h.HeldId, 1, h.ReleaseAt, h.By));

    private static IEnumerable<Deadline> Tasks(Crisis state) =>
        from task in state.Stage is CrisisState.Annulled or CrisisState.Rejected or CrisisState.Merged or CrisisState.Closed ? [] : state.Tasks
        where task is { Open: true, DueAt: not null }
        select new Deadline(CrisisTaskDue, task.TaskId, task.Generation, task.DueAt!.Value, task.Owner) { Missed = task.Overdue };

    internal static bool MayStillAcknowledge(this Crisis state) =>
        state.Stage is CrisisState.Active or CrisisState.Stabilizing or CrisisState.StoodDown or CrisisState.UnderReview;
}
