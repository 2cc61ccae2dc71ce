using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>Makes a crisis more secret. Free for everybody who may read as high (domain §4).</summary>
public sealed record RaiseCrisisTlp(Tlp To, string Reason) : Command, ICrisisCommand<RaiseCrisisTlp>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.OnceProposed("raise-tlp");

    public static Ruling Decide(RaiseCrisisTlp command, Crisis state, DecisionContext context)
    {
        if (NoteGuard.Writer(state, context) is { } refused)
        {
            return refused;
        }

        if (command.To <= state.Tlp)
        {
            return Ruling.Refuse("tlp-upwards", $"This crisis is TLP:{TlpNames.Of(state.Tlp)} already.");
        }

        return context.Caller.Clearance < command.To
            ? Ruling.Refuse(RefusalKind.TlpDenied, "caller-cleared", $"You are not cleared for TLP:{TlpNames.Of(command.To)}.")
            : Ruling.Accept(new CrisisTlpRaised(state.Tlp, command.To, command.Reason));
    }

    public static IEnumerable<RaiseCrisisTlp> Samples(Crisis state, DecisionContext context) =>
        Enum.GetValues<Tlp>().Where(tlp => tlp > state.Tlp).Order().Select(tlp => new RaiseCrisisTlp(tlp, "names a source"));
}

public sealed record CrisisTlpRaised(Tlp From, Tlp To, string Reason) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => state with { Tlp = To };

    public Entry Say(Crisis before, Crisis after, Stamp stamp) =>
        new Entry(EntryKind.StateChange, $"TLP:{TlpNames.Of(From)} to TLP:{TlpNames.Of(To)}", Reason).ToCrossFunctional($"TLP:{TlpNames.Of(From)} to TLP:{TlpNames.Of(To)}");
}
