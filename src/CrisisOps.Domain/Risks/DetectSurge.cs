using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Risks;

/// <summary>Reports of a series come thicker than usual: a signal opens. One for each series until that surge is over.</summary>
/// <param name="Threshold">From how many on it is a surge.</param>
/// <param name="Until">The end of the hour that was counted, UTC.</param>
public sealed record DetectSurge(SurgeSeries Series, long Observed, decimal? Baseline, long Threshold, DateTimeOffset Until) : Command, IRiskCommand<DetectSurge>, INamesFacts<RiskSignal>
{
    public static CommandRule<RiskSignal> Rule { get; } = RiskGivers.Opening("detect-surge", RiskGivers.Rules);

    public IEnumerable<(string Kind, string Id)> Facts(RiskSignal state) => [(SurgeSeries.Fact, Series.Id)];

    public static Ruling Decide(DetectSurge command, RiskSignal state, DecisionContext context) =>
        context.Fact(SurgeSeries.Fact, command.Series.Id) is { } known
            ? Ruling.Refuse("surge-open", $"{known} says so already.")
            : Ruling.Accept(new SurgeDetected(
                SurgeDetected.ReportsPerHour, command.Series.PolicyArea, command.Series.Region, command.Series.Source, command.Observed, command.Baseline, command.Threshold,
                new SurgeWindow(command.Until - SurgeRule.Window, command.Until)));

    public static IEnumerable<DetectSurge> Samples(RiskSignal state, DecisionContext context) => [];
}

/// <param name="Metric">What was counted.</param>
/// <param name="Region">Empty for reports that name none.</param>
/// <param name="Baseline">What is usual at this hour of the week; null while less than two weeks were counted.</param>
public sealed record SurgeDetected(
    string Metric, PolicyArea PolicyArea, string Region, Source Source, long Observed, decimal? Baseline, long Threshold, SurgeWindow Window) : IRiskEvent
{
    public const string ReportsPerHour = "reports per hour";

    private SurgeSeries Series => new(PolicyArea, Region, Source);

    public RiskSignal Apply(RiskSignal state, Stamp stamp) => state with
    {
        Stage = RiskState.Captured,
        Kind = SignalKind.VolumeAnomaly,
        Summary = Summary,
        Origin = Source.ToString(),
        Regions = Region.Length > 0 ? [Region] : [],
        PolicyArea = PolicyArea,
        Horizon = Horizon.Now,
        Grade = SignalGrade.OwnCount,
        Surge = new Surge(Series, Observed, Baseline, Threshold, Window),
        CapturedBy = stamp.Actor,
        CapturedAt = stamp.RecordedAt,
    };

    private string Summary => FormattableString.Invariant($"{Observed} reports of {Series} within an hour, {(Baseline is { } usual ? $"usual are {usual:0.#}" : "too new to know what is usual")}");

    public Entry Tell(RiskSignal before, RiskSignal after, Stamp stamp)
    {
        var said = FormattableString.Invariant($"{Metric}, {Window.From.UtcDateTime:HH:mm} to {Window.Until.UtcDateTime:HH:mm}Z; from {Threshold} on it is a surge");
        return new Entry(EntryKind.Raised, $"Surge: {Summary}", said).ToCrossFunctional();
    }
}
