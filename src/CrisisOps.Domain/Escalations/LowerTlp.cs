using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>
/// Makes a case less secret. What came from outside is lowered by its source's recorded consent and by nothing else; what is our
/// own waits for a second person (domain §9.5).
/// </summary>
/// <param name="SourceConsentRef">Where the consent of the source is kept.</param>
public sealed record LowerTlp(Tlp To, string Reason, string? SourceConsentRef = null) : Command, IEscalationCommand<LowerTlp>
{
    private static readonly Source[] _own = [Source.Employee, Source.ProactiveDetection, Source.RiskSignal];

    public static CommandRule<Escalation> Rule { get; } = Givers.OnceRaised("lower-tlp", Givers.Specialists);

    public static Ruling Decide(LowerTlp command, Escalation state, DecisionContext context)
    {
        if (command.To >= state.Tlp)
        {
            return Ruling.Refuse("tlp-downwards", $"This case is TLP:{TlpNames.Of(state.Tlp)}; raising it is another command.", "raise-tlp");
        }

        if (_own.Contains(state.Source))
        {
            return Ruling.Accept(new TlpLoweringRequested(state.Tlp, command.To, command.Reason));
        }

        return string.IsNullOrWhiteSpace(command.SourceConsentRef)
            ? Ruling.Refuse("source-consents", "This came from outside: its source decides how secret it is. Name the recorded consent in sourceConsentRef.")
            : Ruling.Accept(new TlpLowered(state.Tlp, command.To, command.Reason, command.SourceConsentRef, null));
    }

    public static IEnumerable<LowerTlp> Samples(Escalation state, DecisionContext context) =>
        Enum.GetValues<Tlp>().Where(tlp => tlp < state.Tlp).OrderDescending().Select(tlp => new LowerTlp(tlp, "now public knowledge", "CNS-12"));
}

public sealed record TlpLoweringRequested(Tlp From, Tlp To, string Reason) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state with { TlpLowering = new TlpLowering(To, Reason, stamp.Actor) };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.StateChange, $"Asks for a second person: TLP:{TlpNames.Of(From)} to TLP:{TlpNames.Of(To)}", Reason);
}

/// <param name="RequestedBy">Who asked, when a second person lowered it.</param>
public sealed record TlpLowered(Tlp From, Tlp To, string Reason, string? SourceConsentRef, string? RequestedBy) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state with { Tlp = To, TlpLowering = null, LastTlpRaise = null };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp)
    {
        var why = SourceConsentRef is null ? $"{Reason}; asked by {RequestedBy}, approved by {stamp.Actor}" : $"{Reason}; the source consents, {SourceConsentRef}";
        return new Entry(EntryKind.StateChange, $"TLP:{TlpNames.Of(From)} to TLP:{TlpNames.Of(To)}", why)
            .ToCrossFunctional($"TLP:{TlpNames.Of(From)} to TLP:{TlpNames.Of(To)}");
    }
}
