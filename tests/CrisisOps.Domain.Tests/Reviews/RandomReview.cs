using System.Collections.Immutable;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Reviews;
using CrisisOps.Domain.Shared;
using CrisisOps.Domain.Tests.Harness;

namespace CrisisOps.Domain.Tests.Reviews;

/// <summary>A review driven at random.</summary>
internal sealed class RandomReview() : RandomWalk<PostIncidentReview, ReviewCase>(new ReviewCase())
{
    private static readonly Caller[] _callers =
    [
        ReviewCase.Owner, ReviewCase.Owner, ReviewCase.Lead, ReviewCase.Lead, ReviewCase.OtherLead, ReviewCase.Specialist, ReviewCase.Press, Caller.System, Caller.System,
        ReviewCase.Person("exec-01", Role.Executive),
    ];

    protected override string Stage => Case.State.Stage.ToString();

    protected override IReadOnlyCollection<string> Ending => ["close", "suspend", "restart"];

    protected override IReadOnlyList<string> Words =>
        ["", " ", "XN", "CR-2027-0007", "PIR-2027-0008", "IMP-31", "IMP-32", "IMP-40", "IMP-99", "ESC-2027-000104", "ESC-2027-000190", "spec-04", "spec-09", "spec-30", "the perpetrator's name", "unheard of"];

    /// <summary>Opens a review and brings it some way along, all of it drawn from the seed.</summary>
    public override void Begin(int seed)
    {
        var random = new Random(seed);
        (Command Command, Caller By)[] way =
        [
            (ReviewCase.Opening, Caller.System), (new FreezeTimeline(ReviewCase.Start), Caller.System), (new RecordContributingFactor("The hash came late."), ReviewCase.Specialist),
            (new NameRecommendation("IMP-31"), ReviewCase.Owner), (new SubmitReview(), ReviewCase.Owner), (new ApproveReview(), ReviewCase.Lead), (new CloseReview(), ReviewCase.Owner),
        ];
        foreach (var (command, by) in way.Take(1 + random.Next(way.Length)))
        {
            Give(command, by);
        }
    }

    /// <summary>Gives one command, all of it drawn from the seed.</summary>
    public override Ruling Step(int seed)
    {
        var random = new Random(seed);
        Case.After(random.Next(10) < 8 ? TimeSpan.FromMinutes(random.Next(200)) : TimeSpan.FromDays(random.Next(4)));
        var due = random.Next(5) == 0 ? Case.State.Deadlines.FirstOrDefault(d => !d.Missed) : null;
        if (due?.DueAt > Case.Now)
        {
            Case.At(due.DueAt);
        }

        var caller = due is not null ? Caller.System : Pick(_callers, random);
        DecisionContext context = null!;
        Case.Knowing(c => context = Known(c, random) with { Caller = caller });
        return Give(due is { Kind: ReviewDeadlines.ReviewStepDue } ? new MarkReviewStepOverdue(due.Generation) : due is not null ? new MarkReviewOverdue(due.Generation) : Draw(context, random), caller, random);
    }

    protected override Command[] Bodies(Giver<PostIncidentReview, ReviewCase> giver, DecisionContext context, RandomBodies source) =>
        giver.Type == typeof(SuspendReview) ? [new SuspendReview()]
        : giver.Type == typeof(RestartReview) ? [new RestartReview("spec-04", context.Now.AddDays(3))]
        : giver.Samples(Case.State, context);

    private static DecisionContext Known(DecisionContext context, Random random) => context with
    {
        Streams = context.Streams.SetItem(ReviewCase.CrisisKey, ReviewCase.Crisis(random.Next(6) == 0 ? CrisisState.Active : CrisisState.UnderReview)),
        People = new[] { "spec-04", "spec-09", "lead-01" }.Where(_ => random.Next(4) > 0).ToImmutableDictionary(id => id, id => ReviewCase.Facts(id, random.Next(6) == 0 ? Tlp.GREEN : Tlp.RED)),
    };
}
