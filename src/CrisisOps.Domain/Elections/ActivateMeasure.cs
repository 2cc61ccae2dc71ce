using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Elections;

/// <summary>Turns something on for a while, in a jurisdiction: by hand, or by the election's own plan when a phase begins (domain §2.3; §3, P9).</summary>
/// <param name="ExpiresAt">There is no measure without an end; at most 90 days ahead.</param>
/// <param name="Region">In the region of the election; absent means all of it.</param>
public sealed record ActivateMeasure(ElectionMeasureKind Kind, DateTimeOffset ExpiresAt, string? Region = null) : Command, IElectionCommand<ActivateMeasure>
{
    public static CommandRule<ElectionEvent> Rule { get; } = ElectionGivers.WhileOpen("activate-measure", ElectionGivers.LeadsAndRules);

    public static Ruling Decide(ActivateMeasure command, ElectionEvent state, DecisionContext context)
    {
        var region = command.Region ?? state.Region;
        if (MeasureGuard.Within(region, state.Region) is { } elsewhere)
        {
            return elsewhere;
        }

        var limit = context.Rules.Elections.MeasureLimit;
        if (command.ExpiresAt <= context.Now || command.ExpiresAt - context.Now > limit)
        {
            return Ruling.Refuse("measure-expiry", $"A measure has an end: expiresAt lies ahead, at most {limit.TotalDays:0.#} days.");
        }

        return state.ActiveMeasures.FirstOrDefault(m => m.Kind == command.Kind && m.Region == region) is { } on
            ? Ruling.Refuse("measure-once", $"{on.MeasureId} is on there until {ScheduleGuard.Text(on.ExpiresAt)}; lift it before you turn it on anew.", "lift-measure")
            : Ruling.Accept(new ElectionMeasureActivated($"MEA-{state.Measures.Count + 1}", command.Kind, region, command.ExpiresAt.ToUniversalTime(), context.Caller.Is(Role.System)));
    }

    public static IEnumerable<ActivateMeasure> Samples(ElectionEvent state, DecisionContext context) => state.Stage == ElectionPhase.None
        ? [new(ElectionMeasureKind.PoliticalAdsPause, context.Now.AddDays(9), "XN")]
        : Enum.GetValues<ElectionMeasureKind>().Where(kind => !state.ActiveMeasures.Any(m => m.Kind == kind && m.Region == state.Region))
            .Select(kind => new ActivateMeasure(kind, context.Now.AddDays(9), state.Region));
}

/// <param name="ByPlan">The election's own plan turned it on.</param>
public sealed record ElectionMeasureActivated(string MeasureId, ElectionMeasureKind Kind, string Region, DateTimeOffset ExpiresAt, bool ByPlan) : IElectionEvent
{
    public ElectionEvent Apply(ElectionEvent state, Stamp stamp) => state with
    {
        Measures = state.Measures.Add(new ElectionMeasure(MeasureId, Kind, Region, stamp.RecordedAt, ExpiresAt)),
    };

    public Entry Say(ElectionEvent before, ElectionEvent after, Stamp stamp)
    {
        var headline = $"{MeasureId} on: {Kind}, {Region}, until {ScheduleGuard.Text(ExpiresAt)}";
        return new Entry(EntryKind.Lever, headline, ByPlan ? "by the plan of this election" : null).ToCrossFunctional(headline).ToExecutive(headline);
    }
}
