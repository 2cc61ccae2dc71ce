using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>
/// Answers a question and resolves the case without a decision (domain §2.1): media inquiries and policy questions, or
/// information given or pointed to elsewhere. Nothing may have been enforced, and no order of an authority is answered this way.
/// </summary>
public sealed record AnswerInquiry(Outcome Outcome, string Text) : Command, IEscalationCommand<AnswerInquiry>
{
    private static readonly Outcome[] _informing = [Outcome.InformationProvided, Outcome.Redirected];
    private static readonly Outcome[] _acting = [Outcome.ViolationActioned, Outcome.GeoRestricted, Outcome.Complied, Outcome.PartiallyComplied];

    public static CommandRule<Escalation> Rule { get; } = Givers.Rule(
        "answer-inquiry", Givers.Answerers, EscalationState.Triaged, EscalationState.Assigned, EscalationState.Investigating);

    public static Ruling Decide(AnswerInquiry command, Escalation state, DecisionContext context)
    {
        if (_acting.Contains(command.Outcome)
            || (state.PolicyArea is not (PolicyArea.MediaInquiry or PolicyArea.PolicyQuestion) && !_informing.Contains(command.Outcome)))
        {
            return Ruling.Refuse("inquiry-outcome", $"An inquiry ends as InformationProvided or Redirected; {command.Outcome} on {state.PolicyArea} takes a decision.", "propose-decision");
        }

        if (state.LegalObligation() is { } owed)
        {
            return Ruling.Refuse("legal-clock-settled", $"{owed.ClockId} runs on this case: it is settled by a decision, not by an answer.", "propose-decision", "void-legal-order");
        }

        if (state.Clocks.Find(ClockKind.ThreatToLifeReferral) is not null)
        {
            return Ruling.Refuse("referral-decided", "A threat to life was claimed: refer it to law enforcement, or say why not, before this case ends.", "refer-to-law-enforcement", "decline-referral");
        }

        if (state.Decision?.Results.Any(r => r.Done) == true
            || state.InterimActions.Any(a => a.State != InterimActionState.Expired && a.Action != EnforcementAction.PreserveData))
        {
            return Ruling.Refuse("nothing-enforced", "Something was enforced on this case: it takes a decision.", "propose-decision");
        }

        return PressGuard.Check(state, context) ?? Ruling.Accept(new InquiryAnswered(command.Outcome, command.Text, context.Now + context.Rules.ServiceLevels.CloseAfter));
    }

    public static IEnumerable<AnswerInquiry> Samples(Escalation state, DecisionContext context) =>
        [new(Outcome.InformationProvided, "The approved line.")];
}

/// <param name="ClosesAt">Until when it may be disputed; absent on events from before it was recorded.</param>
public sealed record InquiryAnswered(Outcome Outcome, string Text, DateTimeOffset? ClosesAt = null) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state with
    {
        Stage = EscalationState.Resolved,
        Outcome = Outcome,
        ResolvedAt = stamp.RecordedAt,
        EndedAt = stamp.RecordedAt,
        ClosesAt = ClosesAt ?? stamp.RecordedAt + ServiceLevels.Default.CloseAfter,
        Resolutions = state.Resolutions + 1,
        RequesterAnsweredAt = stamp.OccurredAt,
        NextUpdateDue = null,
        Snooze = null,
        Clocks = state.Clocks
            .Meet(c => c.Kind is ClockKind.FirstResponse or ClockKind.Resolve, stamp.OccurredAt, stamp.RecordedAt)
            .StopServiceLevels(stamp.RecordedAt),
    };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.StateChange, $"Inquiry answered: {Outcome}", Text)
            .ToCrossFunctional($"Inquiry answered: {Outcome}")
            .ToExecutive($"Inquiry answered: {Outcome}")
            .ToPartner("Your question was answered")
            .LearnedLate(before, after);
}
