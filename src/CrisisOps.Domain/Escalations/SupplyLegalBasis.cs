using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>
/// Hands in the legal basis and the evidence of a request taken by telephone, owed within 60 minutes (domain §9.1). The legal
/// clocks count from the raise, when the request was received.
/// </summary>
public sealed record SupplyLegalBasis(string LegalBasis, IReadOnlyList<string> EvidenceRefs) : Command, IEscalationCommand<SupplyLegalBasis>
{
    public static CommandRule<Escalation> Rule { get; } = Givers.WhileOpen("supply-legal-basis", [.. Givers.Specialists, .. Givers.Legal]);

    public static Ruling Decide(SupplyLegalBasis command, Escalation state, DecisionContext context)
    {
        if (!state.LegalBasisOwed)
        {
            return Ruling.Refuse("legal-basis-owed", "No legal basis is owed on this case; an order that arrives later is a reclassification.", "reclassify");
        }

        if (string.IsNullOrWhiteSpace(command.LegalBasis))
        {
            return Ruling.Refuse("legal-basis-named", "Name the legal basis.");
        }

        return command.EvidenceRefs is not { Count: > 0 } && state.Evidence.IsEmpty
            ? Ruling.Refuse("evidence-named", "Name at least one evidenceRef: the written request.")
            : Ruling.Accept(new LegalBasisSupplied(
                command.LegalBasis, command.EvidenceRefs ?? [], [.. ClockAim.AtLegalOrder(state, command.LegalBasis, state.HardDeadline, state.RaisedAt, context.Rules.BusinessDays)]));
    }

    public static IEnumerable<SupplyLegalBasis> Samples(Escalation state, DecisionContext context) => [new("EU-TCO-Art3", ["EVD-4"])];
}

/// <param name="Clocks">The legal clocks it starts.</param>
public sealed record LegalBasisSupplied(string LegalBasis, IReadOnlyList<string> EvidenceRefs, IReadOnlyList<Clock> Clocks) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => (state with
    {
        LegalBasis = LegalBasis,
        LegalBasisOwed = false,
        Flags = state.Has(Flag.LegalOrder) ? state.Flags : state.Flags.Add(Flag.LegalOrder),
        Evidence = state.Evidence.AddRange(EvidenceRefs.Distinct().Except(state.Evidence.Select(e => e.EvidenceRef)).Select(e => new Evidence(e))),
        Clocks = state.Clocks
            .Meet(ClockKind.LegalBasis, stamp.OccurredAt, stamp.RecordedAt)
            .Stop(c => c.Kind == ClockKind.FirstResponse && Clocks.Any(started => started.Legal), stamp.RecordedAt)
            .AimAll(Clocks),
    }).RousedIfUrgent();

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.Legal, $"Legal basis supplied: {LegalBasis}", string.Join(", ", EvidenceRefs)).ToCrossFunctional("Legal basis supplied").LearnedLate(before, after);
}
