using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>An escalation turns out to be another story; its entries stay as they were told.</summary>
public sealed record DetachEscalation(string EscalationKey, string Reason) : Command, ICrisisCommand<DetachEscalation>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Rule(
        "detach-escalation", CrisisGivers.StaffAndRules, CrisisState.Proposed, CrisisState.Active, CrisisState.Stabilizing, CrisisState.StoodDown, CrisisState.UnderReview);

    public static Ruling Decide(DetachEscalation command, Crisis state, DecisionContext context)
    {
        if (CrisisGivers.Everyone.Check(state, context) is { } refused)
        {
            return refused;
        }

        return command.EscalationKey is { } key && state.Has(key)
            ? Ruling.Accept(new EscalationDetached(key, command.Reason))
            : Ruling.Refuse("escalation-linked", $"'{command.EscalationKey}' does not belong to this crisis.");
    }

    public static IEnumerable<DetachEscalation> Samples(Crisis state, DecisionContext context) => state.Stage == CrisisState.None
        ? [new("ESC-2027-000105", "another story")]
        : state.Escalations.Reverse().Select(e => new DetachEscalation(e.Key, "another story"));
}

public sealed record EscalationDetached(string EscalationKey, string Reason) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => state.Without([EscalationKey]);

    public Entry Say(Crisis before, Crisis after, Stamp stamp) => new Entry(EntryKind.StateChange, $"{EscalationKey} detached", Reason).ToCrossFunctional();
}

internal static class Detaching
{
    public static Crisis Without(this Crisis state, IReadOnlyCollection<string> escalations) => state with
    {
        Escalations = state.Escalations.RemoveAll(e => escalations.Contains(e.Key)),
        Detached = [.. state.Detached.Union(escalations)],
    };
}
