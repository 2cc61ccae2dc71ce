using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>What a report of enforcement is about: an action of the decision, or an interim action.</summary>
internal static class ReportedActions
{
    /// <summary>Actions of a decision are reported once it is taken; of a case resolved with something left to do, until that is done.</summary>
    public static bool OfDecisionTaken(Escalation state) =>
        state.Stage == EscalationState.Decided || (state is { Stage: EscalationState.Resolved, Decision: { Approved: true } decision } && decision.Pending.Any());

    /// <summary>The id of the action that a report is about, whether it was named or not.</summary>
    public static string IdOf(this Escalation state, EnforcementReport report) => report.ActionId ?? state.Decision?.ActionId(report.Action) ?? "";

    /// <summary>Whether that was recorded as done before.</summary>
    public static bool IsDone(this Escalation state, EnforcementReport report) => state.Interim(report) is { } interim
        ? (report.Undo ? interim.Undone : interim.Result)?.Done == true
        : state.Decision?.Results.Any(r => r.Action == report.Action && r.Done) == true;

    /// <summary>Why a report says nothing about this case; null when it does.</summary>
    public static Ruling? Unfit(this Escalation state, EnforcementReport report, DateTimeOffset now) =>
        (state.Interim(report) is { } interim ? Unfit(report, interim) : state.Unfit(report))
        ?? (report.At > now ? Ruling.Refuse("happened-already", $"{report.Action} can not have happened in the future.") : null);

    private static InterimAction? Interim(this Escalation state, EnforcementReport report) =>
        report.ActionId is { } id ? state.InterimActions.Find(a => a.ActionId == id) : null;

    private static Ruling? Unfit(EnforcementReport report, InterimAction interim)
    {
        if (report.Action != interim.Action)
        {
            return Ruling.Refuse("action-decided", $"{interim.ActionId} is {interim.Action}, not {report.Action}.");
        }

        return report.Undo && interim.State != InterimActionState.Expired
            ? Ruling.Refuse("interim-action-ended", $"{interim.ActionId} has not ended; there is nothing to undo.")
            : null;
    }

    private static Ruling? Unfit(this Escalation state, EnforcementReport report)
    {
        if (!OfDecisionTaken(state) || state.Decision is not { } decision)
        {
            return Ruling.Refuse("action-decided", "No decision is in force to be carried out; name an interim action by its actionId.");
        }

        if (!decision.Actions.Contains(report.Action) || (report.ActionId is { } id && id != decision.ActionId(report.Action)))
        {
            return Ruling.Refuse("action-decided", $"{report.ActionId ?? report.Action.ToString()} is not part of {decision.DecisionKey}: {ActionNames.All([.. decision.Actions])}.");
        }

        return report.Undo ? Ruling.Refuse("interim-action-ended", "Only an interim action is undone by its end; a decision is undone by another one.") : null;
    }
}
