using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Elections;

/// <summary>Says which measures are turned on when which phase begins, all of them; what is on already stays on (domain §3, P9).</summary>
public sealed record PlanMeasures(IReadOnlyList<PlannedMeasure?> Measures) : Command, IElectionCommand<PlanMeasures>
{
    public static CommandRule<ElectionEvent> Rule { get; } = ElectionGivers.WhileOpen("plan-measures", ElectionGivers.Leads);

    public static Ruling Decide(PlanMeasures command, ElectionEvent state, DecisionContext context)
    {
        var (plan, refused) = MeasureGuard.Plan(command.Measures, state.Region, context);
        return refused ?? Ruling.Accept(new MeasurePlanSet(plan));
    }

    public static IEnumerable<PlanMeasures> Samples(ElectionEvent state, DecisionContext context) =>
        [new([new(ElectionPhase.SilencePeriod, ElectionMeasureKind.PoliticalAdsPause, AfterPhase: ElectionPhase.Counting, Hours: 168)])];
}

public sealed record MeasurePlanSet(IReadOnlyList<PlannedMeasure> Measures) : IElectionEvent
{
    public ElectionEvent Apply(ElectionEvent state, Stamp stamp) => state with { MeasurePlan = [.. Measures] };

    public Entry Say(ElectionEvent before, ElectionEvent after, Stamp stamp)
    {
        var plan = string.Join(", ", Measures.Select(m => $"{m.Phase}: {m.Kind} {(m.ExpiresAt is { } at ? $"until {ScheduleGuard.Text(at)}" : $"until {m.Hours} h after {m.AfterPhase} begins")}"));
        return new Entry(EntryKind.Lever, Measures.Count == 0 ? "No measures are planned" : "Measures planned", plan.Length > 0 ? plan : null).ToCrossFunctional();
    }
}
