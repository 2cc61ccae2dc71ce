using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Elections;

/// <summary>There will be no vote. Its measures end with it, each with an entry of its own (domain §2.3).</summary>
/// <param name="AuthorityRef">The authority's decision.</param>
public sealed record CancelElection(string AuthorityRef) : Command, IElectionCommand<CancelElection>
{
    public static CommandRule<ElectionEvent> Rule { get; } = ElectionGivers.Rule(
        "cancel", ElectionGivers.Lead, ElectionPhase.Registered, ElectionPhase.Assessed, ElectionPhase.PreElection, ElectionPhase.SilencePeriod);

    public static Ruling Decide(CancelElection command, ElectionEvent state, DecisionContext context) =>
        AuthorityGuard.Given(command.AuthorityRef) ?? Ruling.Accept(
        [
            .. state.ActiveMeasures.Select(m => new ElectionMeasureLifted(m.MeasureId, m.Kind, m.Region, "Cancelled")),
            new ElectionCancelled(command.AuthorityRef),
        ]);

    public static IEnumerable<CancelElection> Samples(ElectionEvent state, DecisionContext context) => [new("NEC-2027-130")];
}

public sealed record ElectionCancelled(string AuthorityRef) : IElectionEvent
{
    public ElectionEvent Apply(ElectionEvent state, Stamp stamp) => state with { Stage = ElectionPhase.Cancelled, EndedAt = stamp.RecordedAt };

    public Entry Say(ElectionEvent before, ElectionEvent after, Stamp stamp) =>
        new Entry(EntryKind.Phase, "Cancelled: there will be no vote", $"{before.Authority}, {AuthorityRef}").ToCrossFunctional().ToExecutive("Cancelled: there will be no vote");
}
