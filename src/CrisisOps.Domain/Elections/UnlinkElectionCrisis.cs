using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Elections;

/// <summary>A crisis turns out to be another story; its entries stay as they were told.</summary>
public sealed record UnlinkElectionCrisis(string CrisisKey, string Reason) : Command, IElectionCommand<UnlinkElectionCrisis>
{
    public static CommandRule<ElectionEvent> Rule { get; } = ElectionGivers.WhileOpen("unlink-crisis", ElectionGivers.Everyone);

    public static Ruling Decide(UnlinkElectionCrisis command, ElectionEvent state, DecisionContext context) =>
        state.Crises.Any(c => c.Key == command.CrisisKey)
            ? Ruling.Accept(new CrisisUnlinkedFromElection(command.CrisisKey, command.Reason))
            : Ruling.Refuse("crisis-linked", $"'{command.CrisisKey}' is not linked to this election.");

    public static IEnumerable<UnlinkElectionCrisis> Samples(ElectionEvent state, DecisionContext context) => state.Stage == ElectionPhase.None
        ? [new("CR-2027-0007", "another story")]
        : state.Crises.Reverse().Select(c => new UnlinkElectionCrisis(c.Key, "another story"));
}

public sealed record CrisisUnlinkedFromElection(string CrisisKey, string Reason) : IElectionEvent
{
    public ElectionEvent Apply(ElectionEvent state, Stamp stamp) => state with { Crises = state.Crises.RemoveAll(c => c.Key == CrisisKey) };

    public Entry Say(ElectionEvent before, ElectionEvent after, Stamp stamp) => new Entry(EntryKind.StateChange, $"{CrisisKey} unlinked", Reason).ToCrossFunctional();
}
