using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Elections;

/// <summary>What holds for every measure, on or planned, and the measures by id.</summary>
internal static class MeasureGuard
{
    /// <summary>A measure applies where people vote: in the region of the election, or in a part of it.</summary>
    public static Ruling? Within(string region, string electionRegion) =>
        RegisterElection.RegionCode().IsMatch(region) && Regions.WithParents([region]).Contains(electionRegion)
            ? null
            : Ruling.Refuse("measure-region", $"'{region}' is not in {electionRegion}, where this election is held.");

    /// <summary>The plan without gaps, or the refusal that says which of its measures does not fit.</summary>
    public static (IReadOnlyList<PlannedMeasure> Plan, Ruling? Refused) Plan(IReadOnlyList<PlannedMeasure?>? named, string region, DecisionContext context)
    {
        PlannedMeasure[] plan = [.. (named ?? []).OfType<PlannedMeasure>()];
        foreach (var planned in plan)
        {
            if (Fits(planned, region, context) is { } refused)
            {
                return ([], refused);
            }
        }

        return plan.DistinctBy(p => (p.Phase, p.Kind, p.Region ?? region)).Count() < plan.Length
            ? ([], Ruling.Refuse("plan-once", "A measure is planned once for each phase and region."))
            : (plan, null);
    }

    public static (ElectionMeasure? Measure, Ruling? Refused) ActiveMeasure(this ElectionEvent state, string? id) => state.Measures.Find(m => m.MeasureId == id) switch
    {
        null => (null, Ruling.Refuse("measure-active", $"There is no measure '{id}' on this election.")),
        { Active: false } measure => (null, Ruling.Refuse("measure-active", $"{measure.MeasureId} is off: {measure.LiftedBecause}.")),
        var measure => (measure, null),
    };

    private static Ruling? Fits(PlannedMeasure planned, string region, DecisionContext context)
    {
        if (!PhaseRules.Scheduled.Contains(planned.Phase) || (planned.AfterPhase is { } after && (after < planned.Phase || !PhaseRules.Scheduled.Contains(after))))
        {
            return Ruling.Refuse("plan-phase", $"{planned.Kind}: the phase is one of {string.Join(", ", PhaseRules.Scheduled)}, and afterPhase the same or a later one.");
        }

        var limit = context.Rules.Elections.MeasureLimit;
        var counted = planned is { ExpiresAt: null, AfterPhase: not null, Hours: > 0 } && planned.Hours <= limit.TotalHours;
        return counted || planned is { ExpiresAt: not null, AfterPhase: null, Hours: null }
            ? Within(planned.Region ?? region, region)
            : Ruling.Refuse("plan-expiry", $"{planned.Kind} ends either at expiresAt, or a number of hours after afterPhase begins, at most {limit.TotalHours:0} of them.");
    }
}
