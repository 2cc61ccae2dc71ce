using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Risks;

/// <summary>How likely it is, how bad it would be, and what is to be done. With the treatment Watch and <c>reviewAt</c> the watch begins in the same commit.</summary>
/// <param name="Impact">1 (hardly any) to 5 (severe).</param>
/// <param name="ReviewAt">With the treatment Watch only: when it is looked at again, UTC.</param>
/// <param name="Horizon">Counts from now; absent keeps the one before.</param>
public sealed record AssessRisk(
    Likelihood Likelihood,
    int Impact,
    AnalyticConfidence Confidence,
    Treatment Treatment,
    string? Rationale = null,
    DateTimeOffset? ReviewAt = null,
    Horizon? Horizon = null) : Command, IRiskCommand<AssessRisk>
{
    public static CommandRule<RiskSignal> Rule { get; } = RiskGivers.WhileOpen("assess", RiskGivers.Specialists);

    public static Ruling Decide(AssessRisk command, RiskSignal state, DecisionContext context)
    {
        if (state.Grade is null)
        {
            return Ruling.Refuse("signal-graded", "Grade the signal first: an assessment says how good its source is.", "grade");
        }

        if (command.Impact is < 1 or > 5)
        {
            return Ruling.Refuse("impact-known", "impact runs from 1 (hardly any) to 5 (severe).");
        }

        if (command.ReviewAt is not null && command.Treatment != Treatment.Watch)
        {
            return Ruling.Refuse("review-with-watch", "reviewAt belongs to the treatment Watch; leave it out.");
        }

        DateTimeOffset? expires = command.Horizon is { } horizon ? context.Now + context.Rules.Risks.Horizons[horizon] : null;
        var assessed = new RiskAssessed(command.Likelihood, command.Impact, command.Confidence, command.Treatment, command.Rationale, command.Horizon, expires);
        return command.ReviewAt is not { } review ? Ruling.Accept(assessed)
            : WatchRisk.Check(review, expires ?? state.ExpiresAt, context) ?? Ruling.Accept(assessed, new RiskWatchStarted(review));
    }

    public static IEnumerable<AssessRisk> Samples(RiskSignal state, DecisionContext context) =>
        [new(Likelihood.Likely, 3, AnalyticConfidence.Moderate, Treatment.Watch, "Grows since yesterday.", context.Now.AddHours(2), Risks.Horizon.Day)];
}

public sealed record RiskAssessed(
    Likelihood Likelihood, int Impact, AnalyticConfidence Confidence, Treatment Treatment, string? Rationale, Horizon? Horizon, DateTimeOffset? ExpiresAt) : IRiskEvent
{
    public RiskSignal Apply(RiskSignal state, Stamp stamp)
    {
        var assessed = state with
        {
            Stage = RiskState.Assessed,
            Assessment = new RiskAssessment(Likelihood, Impact, Confidence, Treatment, Rationale, stamp.Actor, stamp.RecordedAt),
            Horizon = Horizon ?? state.Horizon,
            ReviewAt = null,
        };
        return ExpiresAt is { } end ? assessed.Until(end) : assessed;
    }

    public Entry Tell(RiskSignal before, RiskSignal after, Stamp stamp)
    {
        var headline = $"Assessed: {Likelihood}, impact {Impact} of 5, {Confidence} confidence; {Treatment}";
        return new Entry(EntryKind.Assessed, headline, Rationale).ToCrossFunctional(headline);
    }
}
