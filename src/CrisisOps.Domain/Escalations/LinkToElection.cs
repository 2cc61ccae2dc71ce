using CrisisOps.Domain.Elections;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>
/// This case touches an election (domain §2.1). One election at a time. The link itself changes no severity: the floor of a phase is a
/// guard of triage and of every later change.
/// </summary>
public sealed record LinkToElection(string ElectionKey) : Command, IEscalationCommand<LinkToElection>, INamesStreams
{
    public static CommandRule<Escalation> Rule { get; } = Givers.WhileOpen("link-to-election", Givers.SpecialistsAndRules, EscalationState.Resolved);

    public IEnumerable<string> Streams() => ElectionKey is null ? [] : [ElectionKey];

    public static Ruling Decide(LinkToElection command, Escalation state, DecisionContext context)
    {
        if (state.ElectionKey is { } linked)
        {
            return linked == command.ElectionKey
                ? Ruling.Refuse("linked-once", $"This case is linked to {linked} already.")
                : Ruling.Refuse("one-election", $"This case is linked to {linked}; unlink it first.", "unlink");
        }

        return (command.ElectionKey is null ? null : context.Streams.GetValueOrDefault(command.ElectionKey)) switch
        {
            ElectionEvent { Stage: ElectionPhase.Closed or ElectionPhase.Cancelled } ended => Ruling.Refuse("election-open", $"{command.ElectionKey} is {ended.Stage}."),
            ElectionEvent { Stage: not ElectionPhase.None } election when election.Exercise != state.Exercise =>
                Ruling.Refuse("exercise-apart", "An exercise and a real case are never mixed."),
            ElectionEvent { Stage: not ElectionPhase.None } election => Ruling.Accept(new EscalationLinkedToElection(command.ElectionKey!, election.Stage)),
            _ => Ruling.Refuse("election-known", $"There is no election '{command.ElectionKey}'."),
        };
    }

    public static IEnumerable<LinkToElection> Samples(Escalation state, DecisionContext context) => state.Stage == EscalationState.None
        ? [new("EL-XN-2027-01")]
        : context.Streams.Where(s => s.Value is ElectionEvent).Select(s => s.Key).Order(StringComparer.Ordinal).Select(key => new LinkToElection(key));
}

/// <param name="Phase">Where the election stood then.</param>
public sealed record EscalationLinkedToElection(string ElectionKey, ElectionPhase Phase) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state with { ElectionKey = ElectionKey };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.StateChange, $"Linked to election {ElectionKey}, {Phase}").ToCrossFunctional();
}
