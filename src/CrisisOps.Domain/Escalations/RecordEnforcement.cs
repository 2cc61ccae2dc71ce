using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>What became of one action, as its doer reports it.</summary>
/// <param name="At">When it happened in the world; absent means now.</param>
/// <param name="ExternalRef">The reference of the enforcement system.</param>
public sealed record EnforcementReport(EnforcementAction Action, bool Done, string? ExternalRef = null, DateTimeOffset? At = null, string? Failure = null);

/// <summary>
/// Records what became of the actions of an approved decision (domain §2.1). When all are done the legal clocks are met at the
/// instant of the last one, even if that is learned later (domain §9.2).
/// </summary>
public sealed record RecordEnforcement(IReadOnlyList<EnforcementReport> Results) : Command, IEscalationCommand<RecordEnforcement>
{
    public static CommandRule<Escalation> Rule { get; } = Givers.Rule("record-enforcement", Givers.Specialists, EscalationState.Decided);

    public static Ruling Decide(RecordEnforcement command, Escalation state, DecisionContext context)
    {
        if (state.Decision is not { } decision || command.Results is not { Count: > 0 } reports || reports.Any(r => r is null))
        {
            return Ruling.Refuse("results-given", "Name what became of at least one action of the decision.");
        }

        if (reports.DistinctBy(r => r.Action).Count() < reports.Count)
        {
            return Ruling.Refuse("action-once", "Each action stands once in results.");
        }

        foreach (var report in reports)
        {
            if (!decision.Actions.Contains(report.Action))
            {
                return Ruling.Refuse("action-decided", $"{report.Action} is not part of {decision.DecisionKey}: {ActionNames.All([.. decision.Actions])}.");
            }

            if (decision.Results.Any(r => r.Action == report.Action && r.Done))
            {
                return Ruling.Refuse("action-not-done-yet", $"{report.Action} is recorded as done already; correct that record.", "correct-enforcement");
            }

            if (report.At > context.Now)
            {
                return Ruling.Refuse("happened-already", $"{report.Action} can not have happened in the future.");
            }
        }

        var at = command.OccurredAt < context.Now ? command.OccurredAt.Value : context.Now;
        var results = reports.ToLookup(
            r => r.Done, r => new EnforcementResult(decision.ActionId(r.Action), r.Action, r.Done, r.ExternalRef, r.At ?? at, r.Done ? null : r.Failure));
        object?[] events =
        [
            results[true].ToArray() is { Length: > 0 } done ? new EnforcementExecuted(done) : null,
            results[false].ToArray() is { Length: > 0 } failed ? new EnforcementFailed(failed) : null,
        ];
        return Ruling.Accept([.. events.OfType<object>()]);
    }

    public static IEnumerable<RecordEnforcement> Samples(Escalation state, DecisionContext context)
    {
        var actions = state.Decision?.Actions.Where(a => !state.Decision.Results.Any(r => r.Action == a && r.Done)) ?? [EnforcementAction.RemoveContent];
        yield return new([.. actions.Select((a, n) => new EnforcementReport(a, Done: true, $"ENF-{n + 1}"))]);
    }
}

public sealed record EnforcementExecuted(IReadOnlyList<EnforcementResult> Results) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state.WithResults(Results, stamp);

    public Entry Tell(Escalation before, Escalation after, Stamp stamp)
    {
        EnforcementAction[] done = [.. Results.Select(r => r.Action)];
        var entry = new Entry(
            EntryKind.Decision, $"Done: {ActionNames.All(done)}",
            string.Join("\n", Results.Select(r => $"{r.ActionId} {r.Action} at {r.At:HH:mm:ss}Z{(r.ExternalRef is null ? "" : $", {r.ExternalRef}")}"))).LearnedLate(before, after);
        return done.All(a => a == EnforcementAction.ReferToLawEnforcement)
            ? entry
            : entry.ToCrossFunctional($"Done: {ActionNames.Public(done)}").ToExecutive(after.Decision?.AllDone == true ? "The decision is carried out" : "Part of the decision is carried out");
    }
}

public sealed record EnforcementFailed(IReadOnlyList<EnforcementResult> Results) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state.WithResults(Results, stamp);

    public Entry Tell(Escalation before, Escalation after, Stamp stamp)
    {
        EnforcementAction[] failed = [.. Results.Select(r => r.Action)];
        var entry = new Entry(
            EntryKind.Decision, $"Failed: {ActionNames.All(failed)}",
            string.Join("\n", Results.Select(r => $"{r.ActionId} {r.Action}: {r.Failure ?? "no reason known"}")));
        return failed.All(a => a == EnforcementAction.ReferToLawEnforcement) ? entry : entry.ToCrossFunctional($"Failed: {ActionNames.Public(failed)}");
    }
}
