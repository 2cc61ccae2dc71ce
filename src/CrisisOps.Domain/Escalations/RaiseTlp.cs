using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>Makes a case more secret. Free for everybody who may read as high (domain §4); lowering is not.</summary>
public sealed record RaiseTlp(Tlp To, string Reason) : Command, IEscalationCommand<RaiseTlp>
{
    public static CommandRule<Escalation> Rule { get; } = Givers.OnceRaised("raise-tlp", Givers.Specialists);

    public static Ruling Decide(RaiseTlp command, Escalation state, DecisionContext context)
    {
        if (command.To <= state.Tlp)
        {
            return Ruling.Refuse("tlp-upwards", $"This case is TLP:{TlpNames.Of(state.Tlp)} already; lowering it is another command.", "lower-tlp");
        }

        return context.Caller.Clearance < command.To
            ? Ruling.Refuse(RefusalKind.TlpDenied, "caller-cleared", $"You are not cleared for TLP:{TlpNames.Of(command.To)}.")
            : Ruling.Accept(new TlpRaised(state.Tlp, command.To, command.Reason));
    }

    public static IEnumerable<RaiseTlp> Samples(Escalation state, DecisionContext context) =>
        Enum.GetValues<Tlp>().Where(tlp => tlp > state.Tlp).Order().Select(tlp => new RaiseTlp(tlp, "names a source"));
}

public sealed record TlpRaised(Tlp From, Tlp To, string Reason) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state with
    {
        Tlp = To,
        LastTlpRaise = new TlpRaise(From, To, stamp.Actor, stamp.RecordedAt),
        TlpLowering = null,

        // RED names its readers. Whoever raised it knows it, and must be able to take the raise back.
        NamedReaders = To == Shared.Tlp.RED && !state.Owns(stamp.Actor) && !state.NamedReaders.Contains(stamp.Actor)
            ? state.NamedReaders.Add(stamp.Actor)
            : state.NamedReaders,
    };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.StateChange, $"TLP:{TlpNames.Of(From)} to TLP:{TlpNames.Of(To)}", Reason).ToCrossFunctional($"TLP:{TlpNames.Of(From)} to TLP:{TlpNames.Of(To)}");
}
