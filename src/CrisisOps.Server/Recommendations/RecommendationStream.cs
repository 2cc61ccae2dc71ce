using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Recommendations;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Recommendations;

/// <summary>Improvement recommendations, as the lanes and the routes know them.</summary>
public sealed class RecommendationStream : CardStream<ImprovementRecommendation>
{
    public override string Prefix => "IMP";

    public override string Plural => "recommendations";

    public override int KeyDigits => 1;

    public override IReadOnlyList<string> CrossFunctional { get; } =
    [
        "key", "version", "state", "type", "title", "problem", "proposal", "evidence", "metric", "reviewKey", "escalationKey", "regions", "tlp", "exercise", "proposedBy", "proposedAt", "owner",
        "dueAt", "overdue", "implementedAt",
    ];

    public override IReadOnlyList<string> Executive { get; } =
        ["key", "version", "state", "type", "title", "metric", "reviewKey", "regions", "tlp", "exercise", "proposedAt", "owner", "dueAt", "overdue"];

    public override IReadOnlyList<string> Card { get; } =
        ["key", "version", "state", "type", "title", "metric", "reviewKey", "escalationKey", "regions", "tlp", "exercise", "proposedAt", "owner", "dueAt", "overdue"];

    public override KindExample Example => new("IMP-31", "RecommendationProposed", "Proposed", "RecommendationAccepted", "Accepted");

    public override IReadOnlyList<string> States { get; } = [.. Enum.GetNames<RecommendationState>().Skip(1)];

    public override object None(string key) => ImprovementRecommendation.None with { Key = key };

    public override object Fold(object state, object @event, Stamp stamp) => ImprovementRecommendation.Fold((ImprovementRecommendation)state, @event, stamp);

    public override string StateName(object state) => ((ImprovementRecommendation)state).Stage.ToString();

    public override Tlp TlpOf(object state) => ((ImprovementRecommendation)state).Tlp;

    public override IReadOnlyCollection<string> RegionsOf(object state) => ((ImprovementRecommendation)state).Regions;

    public override IEnumerable<Deadline> Deadlines(object state) => ((ImprovementRecommendation)state).Deadlines;

    public override SightFacts SightOf(object state)
    {
        var recommendation = (ImprovementRecommendation)state;
        return new SightFacts(
            recommendation.Tlp, [.. recommendation.Regions], [.. new[] { recommendation.Owner, recommendation.ProposedBy }.OfType<string>().Distinct()], [], [], [],
            [Role.PolicyExpert, Role.LegalCounsel, Role.Communications, Role.ElectionLead, Role.PartnerManager], null, Audience.CrossFunctional);
    }

    public override bool Open(object state) => ((ImprovementRecommendation)state).Stage is not (RecommendationState.Verified or RecommendationState.Rejected);

    public override bool Exercise(object state) => ((ImprovementRecommendation)state).Exercise;

    public override DateTimeOffset OpenedAt(object state) => ((ImprovementRecommendation)state).ProposedAt;

    public override string Words(object state)
    {
        var recommendation = (ImprovementRecommendation)state;
        return Masking.Hide($"{recommendation.Key} {recommendation.Title} {recommendation.Problem} {recommendation.Proposal}", recommendation.MaskedTerms);
    }

    public override IReadOnlyCollection<string> Masked(object state) => ((ImprovementRecommendation)state).MaskedTerms;

    /// <summary>Numbered through, whatever the year: <c>IMP-31</c>.</summary>
    public override string KeyPrefix(Command command, DateTimeOffset now) => Prefix;
}
