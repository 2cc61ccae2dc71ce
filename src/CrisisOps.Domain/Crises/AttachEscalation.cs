using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>An escalation belongs to this crisis from here on: by hand, or by the cluster rule when a fourth one matches (domain §3, P2).</summary>
public sealed record AttachEscalation(string EscalationKey) : Command, ICrisisCommand<AttachEscalation>, INamesStreams
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Rule(
        "attach-escalation", CrisisGivers.StaffAndRules, CrisisState.Proposed, CrisisState.Active, CrisisState.Stabilizing, CrisisState.StoodDown, CrisisState.UnderReview);

    public IEnumerable<string> Streams() => EscalationKey is null ? [] : [EscalationKey];

    public static Ruling Decide(AttachEscalation command, Crisis state, DecisionContext context)
    {
        if (CrisisGivers.Everyone.Check(state, context) is { } refused)
        {
            return refused;
        }

        return command.EscalationKey is { } key && state.Has(key)
            ? Ruling.Refuse("attached-once", $"{key} belongs to this crisis already.")
            : LinkGuard.Check(command.EscalationKey, state.Exercise, context) ?? Ruling.Accept(new EscalationAttached(command.EscalationKey!, context.Caller.Is(Role.System)));
    }

    public static IEnumerable<AttachEscalation> Samples(Crisis state, DecisionContext context) => state.Stage == CrisisState.None
        ? [new("ESC-2027-000105")]
        : context.Streams.Keys.Order(StringComparer.Ordinal).Select(key => new AttachEscalation(key));

    public static Candidates? ChoosesFrom(Crisis state, Caller caller) =>
        new Candidates.Linkable(
            "ESC", state.Exercise, [.. state.Escalations.Select(e => e.Key)], [nameof(EscalationState.Merged), nameof(EscalationState.Voided), nameof(EscalationState.Rejected)]);
}

/// <param name="ByRule">The cluster rule did it.</param>
public sealed record EscalationAttached(string EscalationKey, bool ByRule) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => state with
    {
        Escalations = state.Escalations.Add(new AttachedEscalation(EscalationKey, ByRule)),
        Detached = state.Detached.Remove(EscalationKey),
    };

    public Entry Say(Crisis before, Crisis after, Stamp stamp) =>
        new Entry(EntryKind.StateChange, $"{EscalationKey} attached{(ByRule ? " by the cluster rule" : "")}").ToCrossFunctional();
}
