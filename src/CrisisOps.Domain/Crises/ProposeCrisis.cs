using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>Opens a crisis as a proposal: one open crisis for each type and region (domain §2.2).</summary>
/// <param name="Refs">Keys of the escalations it rests on; they belong to the crisis from here on.</param>
/// <param name="SeparateFrom">The open crisis of the same type and region from which this one is a different attack (domain §9.5).</param>
/// <param name="PredecessorKey">The crisis that was stood down more than 72 hours ago and goes on here.</param>
public sealed record ProposeCrisis(
    CrisisType Type,
    string Summary,
    IReadOnlyList<string>? Region = null,
    IReadOnlyList<string>? Languages = null,
    IReadOnlyList<string>? Refs = null,
    CrisisTrigger Trigger = CrisisTrigger.Manual,
    string? Title = null,
    bool Exercise = false,
    string? SeparateFrom = null,
    string? PredecessorKey = null) : Command, ICrisisCommand<ProposeCrisis>, INamesStreams, INamesFacts<Crisis>
{
    /// <summary>The fact that tells which crisis is open for a type and a region.</summary>
    public const string OpenCrisisFact = "open-crisis";

    public static CommandRule<Crisis> Rule { get; } =
        new("propose", [Role.Specialist, Role.DutyLead, Role.System], state => state.Stage == CrisisState.None) { Opens = true };

    public IEnumerable<string> Streams() => (Refs ?? []).Append(PredecessorKey).OfType<string>();

    public IEnumerable<(string Kind, string Id)> Facts(Crisis state) =>
        (Region is { Count: > 0 } named ? named : [Regions.World]).Select(region => (OpenCrisisFact, FactId(Type, region, Exercise)));

    public static string FactId(CrisisType type, string region, bool exercise) => $"{type}/{region}{(exercise ? "/exercise" : "")}";

    public static Ruling Decide(ProposeCrisis command, Crisis state, DecisionContext context)
    {
        if (command.Trigger is CrisisTrigger.ClusterRule or CrisisTrigger.SurgeRule && !context.Caller.Is(Role.System))
        {
            return Ruling.Refuse("trigger-by-rule", $"{command.Trigger} is what the rule itself says; propose with trigger Manual.");
        }

        string[] refs = [.. (command.Refs ?? []).Distinct(StringComparer.Ordinal)];
        foreach (var key in refs)
        {
            if (LinkGuard.Check(key, command.Exercise, context) is { } refused)
            {
                return refused;
            }
        }

        if (command.PredecessorKey is { } predecessor && context.Streams.GetValueOrDefault(predecessor) is not Crisis { Stage: not CrisisState.None })
        {
            return Ruling.Refuse("predecessor-known", $"There is no crisis '{predecessor}'.");
        }

        var open = command.Facts(state).Select(f => context.Fact(f.Kind, f.Id)).FirstOrDefault(key => key is not null);
        return open is not null && open != command.SeparateFrom
            ? Ruling.Refuse(
                "one-open-proposal", $"{open} is open for {command.Type} there; attach the escalations to it, or name it in separateFrom if this is a different attack.", "attach-escalation")
            : Ruling.Accept(new CrisisProposed(
                command.Trigger, command.Type, command.Region ?? [], command.Languages ?? [], command.Summary, refs, command.Title ?? $"{command.Type}", command.Exercise,
                command.Tlp ?? Shared.Tlp.AMBER, command.SeparateFrom, command.PredecessorKey));
    }

    public static IEnumerable<ProposeCrisis> Samples(Crisis state, DecisionContext context) =>
        [new(CrisisType.TerrorOrViolentExtremistAttack, "Live video of an attack, reports from three sources", ["XN"])];
}

public sealed record CrisisProposed(
    CrisisTrigger Trigger,
    CrisisType Type,
    IReadOnlyList<string> Region,
    IReadOnlyList<string> Languages,
    string Summary,
    IReadOnlyList<string> Refs,
    string Title,
    bool Exercise,
    Tlp Tlp,
    string? SeparateFrom,
    string? PredecessorKey) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => state with
    {
        Stage = CrisisState.Proposed,
        Trigger = Trigger,
        Type = Type,
        Regions = [.. Region],
        Languages = [.. Languages],
        Summary = Summary,
        Title = Title,
        Exercise = Exercise,
        Tlp = Tlp,
        PredecessorKey = PredecessorKey,
        Escalations = [.. Refs.Select(key => new AttachedEscalation(key, ByRule: stamp.ActorType == ActorType.System))],
        ProposedBy = stamp.Actor,
        ProposedAt = stamp.RecordedAt,
        OccurredAt = stamp.OccurredAt,
    };

    public Entry Say(Crisis before, Crisis after, Stamp stamp)
    {
        var exercise = Exercise ? "Exercise: " : "";
        return new Entry(EntryKind.Raised, $"{exercise}Crisis proposed ({Trigger}): {Title}", Refs.Count > 0 ? $"{Summary} [{string.Join(", ", Refs)}]" : Summary)
            .ToCrossFunctional($"{exercise}Crisis proposed: {Title}", Summary)
            .ToExecutive($"{exercise}A crisis is proposed: {Title}");
    }
}

/// <summary>What must be true of an escalation that is to belong to a crisis.</summary>
internal static class LinkGuard
{
    public static Ruling? Check(string? key, bool exercise, DecisionContext context) => (key is null ? null : context.Streams.GetValueOrDefault(key)) switch
    {
        Escalation { Stage: EscalationState.Merged, MergedInto: { } next } => Ruling.Refuse("escalation-open", $"{key} was merged into {next}; attach that one."),
        Escalation { Stage: EscalationState.Voided or EscalationState.Rejected } gone => Ruling.Refuse("escalation-open", $"{key} is {gone.Stage}."),
        Escalation { Stage: not EscalationState.None } known when known.Exercise != exercise =>
            Ruling.Refuse("exercise-apart", "An exercise and a real case are never mixed."),
        Escalation { Stage: not EscalationState.None } => null,
        _ => Ruling.Refuse("escalation-known", $"There is no escalation '{key}'."),
    };
}
