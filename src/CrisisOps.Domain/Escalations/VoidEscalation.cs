using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>
/// A mistaken raise: kept, out of the queue and of the metrics. By whoever raised it or a duty lead, while nothing was done in
/// the world on its account (domain §9.1).
/// </summary>
public sealed record VoidEscalation(string Reason) : Command, IEscalationCommand<VoidEscalation>
{
    public static CommandRule<Escalation> Rule { get; } = Givers.Rule(
        "void", Givers.Specialists, EscalationState.Received, EscalationState.Triaged, EscalationState.Assigned, EscalationState.Investigating);

    public static Ruling Decide(VoidEscalation command, Escalation state, DecisionContext context)
    {
        if (state.RaisedBy != context.Caller.Id && !context.Caller.Is(Role.DutyLead))
        {
            return Ruling.Refuse("own-raise", $"A raise is voided by {state.RaisedBy}, who made it, or by a duty lead.");
        }

        if (state.Has(Flag.LegalOrder) || state.LegalObligation() is not null)
        {
            return Ruling.Refuse("legal-order-voided", "A legal order stands on this case; Legal voids the order first.", "void-legal-order");
        }

        return state.InterimActions.Any(a => a.State != InterimActionState.Expired) || state.Decision?.Results.Any(r => r.Done) == true
            ? Ruling.Refuse("nothing-enforced", "Something was done in the world on this case; decide it instead.", "propose-decision")
            : Ruling.Accept(new EscalationVoided(command.Reason));
    }

    public static IEnumerable<VoidEscalation> Samples(Escalation state, DecisionContext context) => [new("raised by mistake")];
}

public sealed record EscalationVoided(string Reason) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state with
    {
        Stage = EscalationState.Voided,
        Clocks = state.Clocks.StopServiceLevels(stamp.RecordedAt),
        NextUpdateDue = null,
        Snooze = null,
        EndedAt = stamp.RecordedAt,
    };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.StateChange, "Voided: raised by mistake", Reason).ToCrossFunctional().ToExecutive("Raised by mistake");
}
