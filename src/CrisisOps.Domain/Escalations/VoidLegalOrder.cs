using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>
/// Legal finds that an order does not bind. Its clocks end, and the requester is owed a first response like any other
/// (domain §9.2).
/// </summary>
/// <param name="NotGenuine">The order was forged or did not come from whom it names.</param>
public sealed record VoidLegalOrder(string Reason, bool NotGenuine = false) : Command, IEscalationCommand<VoidLegalOrder>
{
    public static CommandRule<Escalation> Rule { get; } = Givers.WhileOpen("void-legal-order", Givers.Legal);

    public static Ruling Decide(VoidLegalOrder command, Escalation state, DecisionContext context) =>
        state.Has(Flag.LegalOrder) || state.LegalObligation() is not null
            ? Ruling.Accept(new LegalOrderVoided(command.Reason, command.NotGenuine, [.. FirstResponse(state, context)]))
            : Ruling.Refuse("legal-order-stands", "No legal order stands on this case.");

    public static IEnumerable<VoidLegalOrder> Samples(Escalation state, DecisionContext context) => [new("the issuing court does not know this file", NotGenuine: true)];

    /// <summary>Counted from the raise, but never overdue at its start: until now the order's own clock stood in its place.</summary>
    private static IEnumerable<Clock> FirstResponse(Escalation state, DecisionContext context)
    {
        if (state.Clocks.Any(c => c.Kind == ClockKind.FirstResponse && c.StoppedAt is null))
        {
            yield break;
        }

        var target = context.Rules.ServiceLevels.For(state.EffectiveSeverity).FirstResponse;
        var due = state.RaisedAt + target;
        var from = due > context.Now ? state.RaisedAt : context.Now;
        yield return new Clock("FIRST_RESPONSE", ClockKind.FirstResponse, from, from + target, Pausable: true).Started(state, context.Now);
    }
}

/// <param name="Clocks">The first response that is owed now.</param>
public sealed record LegalOrderVoided(string Reason, bool NotGenuine, IReadOnlyList<Clock> Clocks) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state with
    {
        Flags = state.Flags.Remove(Flag.LegalOrder),
        LegalBasis = null,
        HardDeadline = null,
        LegalBasisOwed = false,
        Clocks = state.Clocks.Stop(c => c.Legal || c.Kind == ClockKind.LegalBasis, stamp.RecordedAt).AimAll(Clocks),
    };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.Legal, NotGenuine ? "Legal order voided: not genuine" : "Legal order voided", Reason).ToCrossFunctional("Legal order voided");
}
