using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>
/// This case belongs to a crisis: by hand, or by the rule that found a cluster (domain §2.1; §3, P2 and P4). One crisis at a time. While it
/// is live, its cadence replaces the update clock.
/// </summary>
/// <param name="ByRule">The cluster rule did it; the server's own word.</param>
public sealed record LinkToCrisis(string CrisisKey, bool ByRule = false) : Command, IEscalationCommand<LinkToCrisis>, INamesStreams
{
    public static CommandRule<Escalation> Rule { get; } = Givers.WhileOpen("link-to-crisis", Givers.SpecialistsAndRules, EscalationState.Resolved);

    public IEnumerable<string> Streams() => CrisisKey is null ? [] : [CrisisKey];

    public static Ruling Decide(LinkToCrisis command, Escalation state, DecisionContext context)
    {
        if (command.ByRule && !context.Caller.Is(Role.System))
        {
            return Ruling.Refuse("link-by-rule", "byRule is what the cluster rule itself says; leave it out.");
        }

        if (state.CrisisKey is { } linked)
        {
            return linked == command.CrisisKey
                ? Ruling.Refuse("linked-once", $"This case belongs to {linked} already.")
                : Ruling.Refuse("one-crisis", $"This case belongs to {linked}; unlink it first.", "unlink");
        }

        return (command.CrisisKey is null ? null : context.Streams.GetValueOrDefault(command.CrisisKey)) switch
        {
            Crisis { Stage: CrisisState.Merged, MergedInto: { } next } => Ruling.Refuse("crisis-open", $"{command.CrisisKey} was merged into {next}; link to that one."),
            Crisis { Stage: CrisisState.Merged or CrisisState.Rejected or CrisisState.Annulled or CrisisState.Closed } ended =>
                Ruling.Refuse("crisis-open", $"{command.CrisisKey} is {ended.Stage}."),
            Crisis { Stage: not CrisisState.None } crisis when crisis.Exercise != state.Exercise =>
                Ruling.Refuse("exercise-apart", "An exercise and a real case are never mixed."),
            Crisis { Stage: not CrisisState.None } crisis => Ruling.Accept(new EscalationLinkedToCrisis(command.CrisisKey!, command.ByRule, crisis.Live)),
            _ => Ruling.Refuse("crisis-known", $"There is no crisis '{command.CrisisKey}'."),
        };
    }

    public static IEnumerable<LinkToCrisis> Samples(Escalation state, DecisionContext context) => state.Stage == EscalationState.None
        ? [new("CR-2027-0007")]
        : context.Streams.Where(s => s.Value is Crisis).Select(s => s.Key).Order(StringComparer.Ordinal).Select(key => new LinkToCrisis(key));
}

/// <param name="ByRule">The cluster rule did it.</param>
/// <param name="Live">The crisis was live then; before this was recorded, every link stopped the update clock.</param>
public sealed record EscalationLinkedToCrisis(string CrisisKey, bool ByRule, bool Live = true) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp)
    {
        var linked = state with { CrisisKey = CrisisKey };
        return Live ? linked.AtPaceOfCrisis(stamp) : linked;
    }

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.StateChange, $"Linked to crisis {CrisisKey}{(ByRule ? " by the cluster rule" : "")}").ToCrossFunctional();
}
