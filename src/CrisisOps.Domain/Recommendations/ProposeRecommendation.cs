using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Reviews;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Recommendations;

/// <summary>
/// Proposes an improvement: by hand, out of a review, or out of an escalation (domain §2.10). One of a review is as secret as the review
/// at least, and masks what it masks.
/// </summary>
/// <param name="Evidence">The saved query that shows the problem, with what it gave.</param>
/// <param name="Metric">How it will be seen whether it helped; at the latest whoever accepts it says so.</param>
/// <param name="Title">Absent means the proposal.</param>
/// <param name="Region">Absent means the regions of the review.</param>
public sealed record ProposeRecommendation(
    RecommendationType Type,
    string Problem,
    string Proposal,
    string? ReviewKey = null,
    string? EscalationKey = null,
    RecommendationEvidence? Evidence = null,
    MetricAim? Metric = null,
    string? Title = null,
    IReadOnlyList<string>? Region = null,
    bool Exercise = false) : Command, IRecommendationCommand<ProposeRecommendation>, INamesStreams
{
    public static CommandRule<ImprovementRecommendation> Rule { get; } =
        new("propose", RecommendationGivers.StaffAndRules, state => state.Stage == RecommendationState.None) { Opens = true };

    public IEnumerable<string> Streams() => new[] { ReviewKey, EscalationKey }.OfType<string>();

    public static Ruling Decide(ProposeRecommendation command, ImprovementRecommendation state, DecisionContext context)
    {
        if (string.IsNullOrWhiteSpace(command.Problem) || string.IsNullOrWhiteSpace(command.Proposal))
        {
            return Ruling.Refuse("proposal-reasoned", "Say in problem what went wrong, and in proposal what should change.");
        }

        if (MetricGuard.Check(command.Evidence, command.Metric) is { } refused)
        {
            return refused;
        }

        var review = command.ReviewKey is { } from ? context.Streams.GetValueOrDefault(from) as PostIncidentReview : null;
        if (command.ReviewKey is not null && review is not { Stage: not ReviewState.None })
        {
            return Ruling.Refuse("review-known", $"There is no review '{command.ReviewKey}'.");
        }

        var escalation = command.EscalationKey is { } of ? context.Streams.GetValueOrDefault(of) as Escalation : null;
        if (command.EscalationKey is not null && escalation is not { Stage: not EscalationState.None })
        {
            return Ruling.Refuse("escalation-known", $"There is no escalation '{command.EscalationKey}'.");
        }

        if ((review?.Exercise ?? command.Exercise) != command.Exercise || (escalation?.Exercise ?? command.Exercise) != command.Exercise)
        {
            return Ruling.Refuse("exercise-apart", "An exercise and a real case are never mixed.");
        }

        // As secret as what it came of, at least.
        var tlp = new[] { command.Tlp, review?.Tlp, escalation?.Tlp }.Max() ?? Shared.Tlp.AMBER;
        return Ruling.Accept(new RecommendationProposed(
            command.Type, command.Title ?? command.Proposal, command.Problem, command.Proposal, command.ReviewKey, command.EscalationKey, command.Evidence, command.Metric,
            command.Region ?? review?.Regions ?? escalation?.Regions ?? [], tlp, command.Exercise, review?.MaskedTerms ?? [],
            context.Now + context.Rules.Recommendations.DecidedWithin));
    }

    public static IEnumerable<ProposeRecommendation> Samples(ImprovementRecommendation state, DecisionContext context)
    {
        yield return new(
            RecommendationType.Staffing, "Reports in one language waited 14 minutes for a reader.", "Keep one reader of every language of the region on call.",
            context.Streams.FirstOrDefault(s => s.Value is PostIncidentReview).Key,
            Evidence: new RecommendationEvidence("escalations?region=XN&language=xn", [new EvidenceValue("median minutes to first response", 14)]),
            Metric: new MetricAim("median minutes to first response", 14, 5));
    }
}

/// <param name="DecideBy">When somebody has to have accepted, deferred or rejected it.</param>
public sealed record RecommendationProposed(
    RecommendationType Type,
    string Title,
    string Problem,
    string Proposal,
    string? ReviewKey,
    string? EscalationKey,
    RecommendationEvidence? Evidence,
    MetricAim? Metric,
    IReadOnlyList<string> Region,
    Tlp Tlp,
    bool Exercise,
    IReadOnlyList<string> MaskedTerms,
    DateTimeOffset? DecideBy = null) : IRecommendationEvent
{
    public ImprovementRecommendation Apply(ImprovementRecommendation state, Stamp stamp) => (state with
    {
        Stage = RecommendationState.Proposed,
        Type = Type,
        Title = Title,
        Problem = Problem,
        Proposal = Proposal,
        ReviewKey = ReviewKey,
        EscalationKey = EscalationKey,
        Evidence = Evidence,
        Metric = Metric is null ? null : RecommendationMetric.Of(Metric),
        Regions = [.. Region],
        Tlp = Tlp,
        Exercise = Exercise,
        MaskedTerms = [.. MaskedTerms],
        ProposedBy = stamp.Actor,
        ProposedAt = stamp.RecordedAt,
    }).WithDue(DecideBy);

    public Entry Say(ImprovementRecommendation before, ImprovementRecommendation after, Stamp stamp)
    {
        var headline = $"{(Exercise ? "Exercise: " : "")}{Type} improvement proposed: {Title}";
        var of = new[] { ReviewKey, EscalationKey }.OfType<string>().ToArray();
        return new Entry(EntryKind.Review, headline, of.Length > 0 ? $"{Problem} [{string.Join(", ", of)}]" : Problem).ToCrossFunctional(headline, Problem);
    }
}
