using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Reviews;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Reviews;

/// <summary>Post-incident reviews, as the lanes and the routes know them.</summary>
public sealed class ReviewStream : CardStream<PostIncidentReview>
{
    public override string Prefix => "PIR";

    public override string Plural => "reviews";

    public override IReadOnlyList<string> CrossFunctional { get; } =
    [
        "key", "version", "state", "crisisKey", "title", "regions", "tlp", "exercise", "owner", "openedAt", "dueAt", "overdue", "meetingAt", "stepDueAt", "stepOverdue", "frozenAsOf", "factors", "cases", "recommendations",
        "submittedBy", "approvedBy", "published", "endedAt",
    ];

    public override IReadOnlyList<string> Executive { get; } =
        ["key", "version", "state", "crisisKey", "title", "regions", "tlp", "exercise", "owner", "dueAt", "overdue", "cases", "recommendations", "published", "endedAt"];

    public override IReadOnlyList<string> Card { get; } = ["key", "version", "state", "crisisKey", "title", "regions", "tlp", "exercise", "owner", "openedAt", "dueAt", "overdue", "endedAt"];

    public override KindExample Example => new("PIR-2027-0007", "ReviewOpened", "Draft", "ContributingFactorRecorded", "Draft", ("factorId", "CF-1"));

    public override IReadOnlyList<string> States { get; } = [.. Enum.GetNames<ReviewState>().Skip(1)];

    public override object None(string key) => PostIncidentReview.None with { Key = key };

    public override object Fold(object state, object @event, Stamp stamp) => PostIncidentReview.Fold((PostIncidentReview)state, @event, stamp);

    public override string StateName(object state) => ((PostIncidentReview)state).Stage.ToString();

    public override Tlp TlpOf(object state) => ((PostIncidentReview)state).Tlp;

    public override IReadOnlyCollection<string> RegionsOf(object state) => ((PostIncidentReview)state).Regions;

    public override IEnumerable<Deadline> Deadlines(object state) => ((PostIncidentReview)state).Deadlines;

    public override SightFacts SightOf(object state)
    {
        var review = (PostIncidentReview)state;
        return new SightFacts(
            review.Tlp, [.. review.Regions], [.. new[] { review.Owner, review.SubmittedBy, review.ApprovedBy }.OfType<string>().Distinct()], [], [], [],
            [Role.PolicyExpert, Role.LegalCounsel, Role.Communications, Role.ElectionLead, Role.PartnerManager], null, Audience.CrossFunctional);
    }

    public override bool Open(object state) => ((PostIncidentReview)state).Stage != ReviewState.Closed;

    public override bool Exercise(object state) => ((PostIncidentReview)state).Exercise;

    public override DateTimeOffset OpenedAt(object state) => ((PostIncidentReview)state).OpenedAt;

    public override string Words(object state)
    {
        var review = (PostIncidentReview)state;
        return Masking.Hide($"{review.Key} {review.CrisisKey} {review.Title} {string.Join(' ', review.Factors.Select(f => f.Text))}", review.MaskedTerms);
    }

    public override IReadOnlyCollection<string> Masked(object state) => ((PostIncidentReview)state).MaskedTerms;

    /// <summary>One review for each crisis, with its number.</summary>
    public override string? KeyFor(Command command) => command is OpenPostIncidentReview { CrisisKey: { } crisis } ? OpenReview.KeyFor(crisis) : null;
}
