using CrisisOps.Domain.Recommendations;
using CrisisOps.Domain.Shared;
using CrisisOps.Domain.Tests.Harness;

namespace CrisisOps.Domain.Tests.Recommendations;

/// <summary>A recommendation driven at random.</summary>
internal sealed class RandomRecommendation() : RandomWalk<ImprovementRecommendation, RecommendationCase>(new RecommendationCase())
{
    private static readonly Caller[] _callers =
    [
        RecommendationCase.Owner, RecommendationCase.Owner, RecommendationCase.Lead, RecommendationCase.Lead, RecommendationCase.Specialist, RecommendationCase.Analyst,
        Caller.System, RecommendationCase.Person("exec-01", Role.Executive),
    ];

    protected override string Stage => Case.State.Stage.ToString();

    protected override IReadOnlyCollection<string> Ending => ["reject", "verify", "defer"];

    protected override IReadOnlyList<string> Words =>
        ["", " ", "XN", "PIR-2027-0007", "PIR-2027-0008", "PIR-2027-0009", "ESC-2027-000105", "spec-11", "spec-12", "the perpetrator's name", "unheard of"];

    /// <summary>Proposes a recommendation and brings it some way along, all of it drawn from the seed.</summary>
    public override void Begin(int seed)
    {
        var random = new Random(seed);
        (Command Command, Caller By)[] way =
        [
            (RecommendationCase.Proposal, RecommendationCase.Specialist), (new AcceptRecommendation("spec-11", RecommendationCase.Due), RecommendationCase.Lead),
            (new StartRecommendation(), RecommendationCase.Owner), (new ImplementRecommendation(), RecommendationCase.Owner),
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
        Case.After(random.Next(10) < 6 ? TimeSpan.FromMinutes(random.Next(200)) : TimeSpan.FromDays(random.Next(20)));
        var due = random.Next(5) == 0 ? Case.State.Deadlines.FirstOrDefault(d => !d.Missed) : null;
        if (due?.DueAt > Case.Now)
        {
            Case.At(due.DueAt);
        }

        var caller = due is not null ? Caller.System : Pick(_callers, random);
        return Give(due is not null ? new MarkRecommendationOverdue(due.Generation) : Draw(Case.Context with { Caller = caller }, random), caller, random);
    }

    protected override Command[] Bodies(Giver<ImprovementRecommendation, RecommendationCase> giver, DecisionContext context, RandomBodies source) =>
        giver.Samples(Case.State, context);
}
