using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>What became of one action, as its doer reports it.</summary>
/// <param name="At">When it happened in the world; absent means now.</param>
/// <param name="ExternalRef">The reference of the enforcement system.</param>
/// <param name="ActionId">The id of the action: needed for an interim action (<c>ACT-1</c>), for one of the decision it may be left out.</param>
/// <param name="Undo">It is about undoing an interim action that has ended.</param>
public sealed record EnforcementReport(
    EnforcementAction Action, bool Done, string? ExternalRef = null, DateTimeOffset? At = null, string? Failure = null, string? ActionId = null, bool Undo = false);

/// <summary>
/// Records what became of the actions of an approved decision (domain §2.1), or of an interim action. When all of a decision are done the
/// legal clocks are met at the instant of the last one, even if that is learned later (domain §9.2). The platform's own word comes as the
/// system's; it adds nothing to what is recorded as done already.
/// </summary>
public sealed record RecordEnforcement(IReadOnlyList<EnforcementReport> Results) : Command, IEscalationCommand<RecordEnforcement>
{
    static CommandRule<Escalation> ICommand<Escalation, RecordEnforcement>.Rule { get; } =
        new("record-enforcement", Givers.SpecialistsAndRules, state => ReportedActions.OfDecisionTaken(state) || !state.InterimActions.IsEmpty);

    public static Ruling Decide(RecordEnforcement command, Escalation state, DecisionContext context)
    {
        if (command.Results is not { Count: > 0 } reports || reports.Any(r => r is null))
        {
            return Ruling.Refuse("results-given", "Name what became of at least one action of the decision, or of an interim action.");
        }

        if (reports.DistinctBy(r => (state.IdOf(r), r.Action, r.Undo)).Count() < reports.Count)
        {
            return Ruling.Refuse("action-once", "Each action stands once in results.");
        }

        List<EnforcementReport> fresh = [];
        foreach (var report in reports)
        {
            if (state.Unfit(report, context.Now) is { } refused)
            {
                return refused;
            }

            if (!state.IsDone(report))
            {
                fresh.Add(report);
            }
            else if (!context.Caller.Is(Role.System))
            {
                return Ruling.Refuse("action-not-done-yet", $"{report.Action} is recorded as done already; correct that record.", "correct-enforcement");
            }
        }

        var at = command.OccurredAt < context.Now ? command.OccurredAt.Value : context.Now;
        var results = fresh.Select(r => new EnforcementResult(state.IdOf(r), r.Action, r.Done, r.ExternalRef, r.At ?? at, r.Done ? null : r.Failure) { Undo = r.Undo });
        return Ruling.Accept(
            [.. results.GroupBy(r => (r.Done, r.Undo)).OrderBy(g => (!g.Key.Done, g.Key.Undo)).Select(g => g.Key.Done ? (object)new EnforcementExecuted([.. g]) : new EnforcementFailed([.. g]))]);
    }

    public static IEnumerable<RecordEnforcement> Samples(Escalation state, DecisionContext context)
    {
        if (state.Stage == EscalationState.None)
        {
            yield return new([new EnforcementReport(EnforcementAction.RemoveContent, Done: true, "ENF-1")]);
            yield break;
        }

        if (ReportedActions.OfDecisionTaken(state))
        {
            yield return new([.. state.Decision!.Actions.Where(a => !state.Decision.Results.Any(r => r.Action == a && r.Done)).Select((a, n) => new EnforcementReport(a, Done: true, $"ENF-{n + 1}"))]);
        }

        foreach (var action in state.InterimActions)
        {
            var ended = action.State == InterimActionState.Expired;
            if ((ended ? action.Undone : action.Result) is not { Done: true })
            {
                yield return new([new EnforcementReport(action.Action, Done: true, ActionId: action.ActionId, Undo: ended)]);
            }
        }
    }
}

public sealed record EnforcementExecuted(IReadOnlyList<EnforcementResult> Results) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state.WithResults(Results, stamp);

    public Entry Tell(Escalation before, Escalation after, Stamp stamp)
    {
        EnforcementAction[] done = [.. Results.Select(r => r.Action)];
        var word = Results.Any(r => r.Undo) ? "Undone" : "Done";
        var entry = new Entry(
            EntryKind.Decision, $"{word}: {ActionNames.All(done)}",
            string.Join("\n", Results.Select(r => $"{r.ActionId} {r.Action} at {r.At:HH:mm:ss}Z{(r.ExternalRef is null ? "" : $", {r.ExternalRef}")}"))).LearnedLate(before, after);
        return done.All(a => a == EnforcementAction.ReferToLawEnforcement) ? entry : entry.ToCrossFunctional($"{word}: {ActionNames.Public(done)}").ToExecutive(Briefly(after));
    }

    private string Briefly(Escalation after) =>
        Results.All(after.OfInterimAction) ? (Results.Any(r => r.Undo) ? "An interim action that ended is undone" : "An interim action is carried out")
        : after.Decision?.AllDone == true ? "The decision is carried out"
        : "Part of the decision is carried out";
}

public sealed record EnforcementFailed(IReadOnlyList<EnforcementResult> Results) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state.WithResults(Results, stamp);

    public Entry Tell(Escalation before, Escalation after, Stamp stamp)
    {
        EnforcementAction[] failed = [.. Results.Select(r => r.Action)];
        var word = Results.Any(r => r.Undo) ? "Not undone" : "Failed";
        var entry = new Entry(
            EntryKind.Decision, $"{word}: {ActionNames.All(failed)}",
            string.Join("\n", Results.Select(r => $"{r.ActionId} {r.Action}: {r.Failure ?? "no reason known"}")));
        return failed.All(a => a == EnforcementAction.ReferToLawEnforcement) ? entry : entry.ToCrossFunctional($"{word}: {ActionNames.Public(failed)}");
    }
}
