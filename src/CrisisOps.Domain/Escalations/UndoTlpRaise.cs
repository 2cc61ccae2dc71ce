using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>Takes back one's own raise of the TLP, within ten minutes and while it still stands (domain §9.1).</summary>
public sealed record UndoTlpRaise : Command, IEscalationCommand<UndoTlpRaise>
{
    public static CommandRule<Escalation> Rule { get; } = Givers.OnceRaised("undo-tlp-raise", Givers.Specialists);

    public static Ruling Decide(UndoTlpRaise command, Escalation state, DecisionContext context)
    {
        var within = context.Rules.ServiceLevels.UndoWithin;
        if (state.LastTlpRaise is not { } raise || raise.To != state.Tlp)
        {
            return Ruling.Refuse("raise-stands", "There is no raise of the TLP to take back.");
        }

        if (raise.By != context.Caller.Id)
        {
            return Ruling.Refuse("own-raise", $"{raise.By} raised it; lowering it takes the source's consent or a second person.", "lower-tlp");
        }

        return context.Now > raise.At + within
            ? Ruling.Refuse("undo-in-time", $"A raise is taken back within {within.TotalMinutes:0} minutes; lowering takes the source's consent or a second person.", "lower-tlp")
            : Ruling.Accept(new TlpRaiseUndone(raise.To, raise.From));
    }

    public static IEnumerable<UndoTlpRaise> Samples(Escalation state, DecisionContext context) => [new()];
}

public sealed record TlpRaiseUndone(Tlp From, Tlp To) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state with { Tlp = To, LastTlpRaise = null, TlpLowering = null };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.StateChange, $"Back from TLP:{TlpNames.Of(From)} to TLP:{TlpNames.Of(To)}: the raise was a mistake").ToCrossFunctional();
}
