using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Elections;

/// <summary>A crisis touches this election (domain §2.3).</summary>
/// <param name="Concern">How, for example <c>postponement rumour</c>.</param>
public sealed record LinkElectionCrisis(string CrisisKey, string Concern) : Command, IElectionCommand<LinkElectionCrisis>, INamesStreams
{
    public static CommandRule<ElectionEvent> Rule { get; } = ElectionGivers.WhileOpen("link-crisis", ElectionGivers.Everyone);

    public IEnumerable<string> Streams() => CrisisKey is null ? [] : [CrisisKey];

    public static Ruling Decide(LinkElectionCrisis command, ElectionEvent state, DecisionContext context)
    {
        if (string.IsNullOrWhiteSpace(command.Concern))
        {
            return Ruling.Refuse("concern-given", "Say in concern how the crisis touches this election.");
        }

        if (state.Crises.Any(c => c.Key == command.CrisisKey))
        {
            return Ruling.Refuse("linked-once", $"{command.CrisisKey} is linked already.");
        }

        return (command.CrisisKey is null ? null : context.Streams.GetValueOrDefault(command.CrisisKey)) switch
        {
            Crisis { Stage: CrisisState.Merged, MergedInto: { } next } => Ruling.Refuse("crisis-open", $"{command.CrisisKey} was merged into {next}; link that one."),
            Crisis { Stage: CrisisState.Rejected or CrisisState.Annulled } gone => Ruling.Refuse("crisis-open", $"{command.CrisisKey} is {gone.Stage}."),
            Crisis { Stage: not CrisisState.None } known when known.Exercise != state.Exercise =>
                Ruling.Refuse("exercise-apart", "An exercise and a real case are never mixed."),
            Crisis { Stage: not CrisisState.None } => Ruling.Accept(new CrisisLinkedToElection(command.CrisisKey!, command.Concern)),
            _ => Ruling.Refuse("crisis-known", $"There is no crisis '{command.CrisisKey}'."),
        };
    }

    public static IEnumerable<LinkElectionCrisis> Samples(ElectionEvent state, DecisionContext context) => state.Stage == ElectionPhase.None
        ? [new("CR-2027-0007", "postponement rumour")]
        : context.Streams.Keys.Order(StringComparer.Ordinal).Select(key => new LinkElectionCrisis(key, "postponement rumour"));

    public static Candidates? ChoosesFrom(ElectionEvent state, Caller caller) =>
        new Candidates.Linkable(
            "CR", state.Exercise, [.. state.Crises.Select(c => c.Key)], [nameof(CrisisState.Merged), nameof(CrisisState.Rejected), nameof(CrisisState.Annulled)]);
}

public sealed record CrisisLinkedToElection(string CrisisKey, string Concern) : IElectionEvent
{
    public ElectionEvent Apply(ElectionEvent state, Stamp stamp) => state with { Crises = state.Crises.Add(new LinkedCrisis(CrisisKey, Concern)) };

    public Entry Say(ElectionEvent before, ElectionEvent after, Stamp stamp) =>
        new Entry(EntryKind.StateChange, $"{CrisisKey} touches this election", Concern).ToCrossFunctional().ToExecutive($"{CrisisKey} touches this election", Concern);
}
