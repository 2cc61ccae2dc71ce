using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Risks;

/// <summary>Somebody noticed something that may become a risk. It can be graded at once.</summary>
/// <param name="Origin">Who says it, or where it was seen: two signals are independent when it differs, or the kind does.</param>
/// <param name="Horizon">How soon it may come to something; absent means 7d. After that the signal expires.</param>
/// <param name="Narrative">The whole of it; for the core team.</param>
/// <param name="Reliability">With <c>credibility</c>, or neither.</param>
/// <param name="Credibility">1 (confirmed by others) to 6 (can not be judged).</param>
/// <param name="Observed">What was counted, if anything was.</param>
/// <param name="Baseline">What is usual there.</param>
public sealed record CaptureSignal(
    SignalKind Kind,
    string Summary,
    string Origin,
    Horizon Horizon = Horizon.Week,
    string? Narrative = null,
    IReadOnlyList<string>? Region = null,
    IReadOnlyList<string>? Languages = null,
    PolicyArea PolicyArea = PolicyArea.Undetermined,
    SourceReliability? Reliability = null,
    int? Credibility = null,
    int? Observed = null,
    int? Baseline = null,
    bool Exercise = false) : Command, IRiskCommand<CaptureSignal>
{
    public static CommandRule<RiskSignal> Rule { get; } = RiskGivers.Opening("capture", RiskGivers.Specialists);

    public static Ruling Decide(CaptureSignal command, RiskSignal state, DecisionContext context)
    {
        if (string.IsNullOrWhiteSpace(command.Summary) || string.IsNullOrWhiteSpace(command.Origin))
        {
            return Ruling.Refuse("signal-said", "Say in summary what was noticed, and in origin who says it or where it was seen.");
        }

        if (command.Reliability is null != command.Credibility is null)
        {
            return Ruling.Refuse("grade-whole", "Give reliability and credibility, or neither: grade it later.");
        }

        var grade = command is { Reliability: { } reliability, Credibility: { } credibility } ? new SignalGrade(reliability, credibility) : null;
        return GradeSignal.Check(grade) ?? Ruling.Accept(new RiskSignalCaptured(
            command.Kind, command.Summary, command.Origin, command.Horizon, command.Narrative, command.Region ?? [], command.Languages ?? [], command.PolicyArea, grade, command.Observed,
            command.Baseline, command.Tlp ?? Shared.Tlp.AMBER, command.Exercise, context.Now + context.Rules.Risks.Horizons[command.Horizon]));
    }

    public static IEnumerable<CaptureSignal> Samples(RiskSignal state, DecisionContext context) =>
    [
        new(SignalKind.OffPlatformChatter, "A call to block polling stations spreads in a messenger group", "messenger groups", Region: ["XN"], PolicyArea: PolicyArea.VoterInterference,
            Reliability: SourceReliability.C, Credibility: 3),
    ];
}

public sealed record RiskSignalCaptured(
    SignalKind Kind,
    string Summary,
    string Origin,
    Horizon Horizon,
    string? Narrative,
    IReadOnlyList<string> Region,
    IReadOnlyList<string> Languages,
    PolicyArea PolicyArea,
    SignalGrade? Grade,
    int? Observed,
    int? Baseline,
    Tlp Tlp,
    bool Exercise,
    DateTimeOffset ExpiresAt) : IRiskEvent
{
    public RiskSignal Apply(RiskSignal state, Stamp stamp) => (state with
    {
        Stage = RiskState.Captured,
        Kind = Kind,
        Summary = Summary,
        Origin = Origin,
        Horizon = Horizon,
        Narrative = Narrative,
        Regions = [.. Region],
        Languages = [.. Languages],
        PolicyArea = PolicyArea,
        Grade = Grade,
        Observed = Observed,
        Baseline = Baseline,
        Tlp = Tlp,
        Exercise = Exercise,
        CapturedBy = stamp.Actor,
        CapturedAt = stamp.RecordedAt,
    }).Until(ExpiresAt);

    public Entry Tell(RiskSignal before, RiskSignal after, Stamp stamp)
    {
        var headline = $"{(Exercise ? "Exercise: " : "")}{Kind} captured: {Summary}";
        return new Entry(EntryKind.Raised, headline, $"from {Origin}, {(Grade is null ? "not graded yet" : $"graded {Grade}")}{(Narrative is null ? "" : $"\n{Narrative}")}").ToCrossFunctional(headline);
    }
}
