using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>
/// Ends a decided case: everything was done that was decided, the requester was answered, and the Statement of Reasons is
/// queued where the law asks for one (domain §2.1, §6.2).
/// </summary>
public sealed record Resolve(Outcome Outcome, string? Summary = null) : Command, IEscalationCommand<Resolve>, INamesFacts<Escalation>
{
    public static CommandRule<Escalation> Rule { get; } = Givers.Rule("resolve", Givers.Specialists, EscalationState.Decided);

    public IEnumerable<(string Kind, string Id)> Facts(Escalation state) =>
        StatementOfReasons.Required(state) ? [(StatementOfReasons.Kind, state.Decision!.DecisionKey)] : [];

    public static Ruling Decide(Resolve command, Escalation state, DecisionContext context)
    {
        if (state.Decision is not { } decision)
        {
            return Ruling.Refuse("decision-made", "No decision stands on this case.", "propose-decision");
        }

        if (decision.Verdict != Verdict.NoViolation && decision.Pending.Any())
        {
            return Ruling.Refuse("actions-done", $"Not done yet: {string.Join(", ", decision.Pending)}.", "record-enforcement");
        }

        if (state.Requester is not null && state.RequesterAnsweredAt is null)
        {
            return Ruling.Refuse("requester-answered", "Whoever reported it was not answered yet.", "respond-to-requester");
        }

        // The one legal clock that neither acting nor answering meets.
        if (state.Clocks.Any(c => c.Running && c.ClockId == LegalProfiles.AuthorityInformed))
        {
            return Ruling.Refuse("authority-informed", "An authority has to be told of this threat to life (DSA Art. 18), or Legal finds that it has not.", "refer-to-law-enforcement", "void-legal-order");
        }

        return StatementOfReasons.Required(state) && context.Fact(StatementOfReasons.Kind, decision.DecisionKey) is null
            ? Ruling.Refuse(
                "statement-of-reasons-queued",
                $"{decision.DecisionKey} restricts content in the EEA, and no Statement of Reasons is known to be queued; when it is, record it with PUT /v1/directory/facts/{StatementOfReasons.Kind}/{decision.DecisionKey}.")
            : Ruling.Accept(new EscalationResolved(command.Outcome, command.Summary, context.Now + context.Rules.ServiceLevels.CloseAfter));
    }

    public static IEnumerable<Resolve> Samples(Escalation state, DecisionContext context) =>
        [new(state.Decision?.Verdict switch
        {
            Verdict.NoViolation => Outcome.NoViolation,
            Verdict.Comply => Outcome.Complied,
            Verdict.PartiallyComply => Outcome.PartiallyComplied,
            Verdict.RefuseToComply => Outcome.Refused,
            _ => Outcome.ViolationActioned,
        })];
}

/// <param name="ClosesAt">Until when it may be disputed; absent on events from before it was recorded.</param>
public sealed record EscalationResolved(Outcome Outcome, string? Summary, DateTimeOffset? ClosesAt = null) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp)
    {
        var done = state.Decision?.Results.Where(r => r.Done).Select(r => (DateTimeOffset?)r.At).Max();
        return state with
        {
            Stage = EscalationState.Resolved,
            Outcome = Outcome,
            ResolvedAt = stamp.RecordedAt,
            EndedAt = stamp.RecordedAt,
            ClosesAt = ClosesAt ?? stamp.RecordedAt + ServiceLevels.Default.CloseAfter,
            Resolutions = state.Resolutions + 1,
            NextUpdateDue = null,
            Snooze = null,
            Clocks = state.Clocks
                .Meet(ClockKind.Resolve, stamp.OccurredAt, stamp.RecordedAt)
                .Meet(ClockKind.Legal, done ?? stamp.OccurredAt, stamp.RecordedAt)
                .StopServiceLevels(stamp.RecordedAt),
        };
    }

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.StateChange, $"Resolved: {Outcome}", Summary)
            .ToCrossFunctional()
            .ToExecutive($"Resolved: {Outcome}")
            .LearnedLate(before, after);
}
