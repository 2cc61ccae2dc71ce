using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Elections;

/// <summary>Makes an election more secret. Free for everybody who may read as high (domain §4).</summary>
public sealed record RaiseElectionTlp(Tlp To, string Reason) : Command, IElectionCommand<RaiseElectionTlp>
{
    public static CommandRule<ElectionEvent> Rule { get; } = ElectionGivers.OnceRegistered("raise-tlp", ElectionGivers.Everyone);

    public static Ruling Decide(RaiseElectionTlp command, ElectionEvent state, DecisionContext context)
    {
        if (command.To <= state.Tlp)
        {
            return Ruling.Refuse("tlp-upwards", $"This election is TLP:{TlpNames.Of(state.Tlp)} already.");
        }

        return context.Caller.Clearance < command.To
            ? Ruling.Refuse(RefusalKind.TlpDenied, "caller-cleared", $"You are not cleared for TLP:{TlpNames.Of(command.To)}.")
            : Ruling.Accept(new ElectionTlpRaised(state.Tlp, command.To, command.Reason));
    }

    public static IEnumerable<RaiseElectionTlp> Samples(ElectionEvent state, DecisionContext context) =>
        Enum.GetValues<Tlp>().Where(tlp => tlp > state.Tlp).Order().Select(tlp => new RaiseElectionTlp(tlp, "names a source"));
}

public sealed record ElectionTlpRaised(Tlp From, Tlp To, string Reason) : IElectionEvent
{
    public ElectionEvent Apply(ElectionEvent state, Stamp stamp) => state with { Tlp = To };

    public Entry Say(ElectionEvent before, ElectionEvent after, Stamp stamp) =>
        new Entry(EntryKind.StateChange, $"TLP:{TlpNames.Of(From)} to TLP:{TlpNames.Of(To)}", Reason).ToCrossFunctional($"TLP:{TlpNames.Of(From)} to TLP:{TlpNames.Of(To)}");
}
