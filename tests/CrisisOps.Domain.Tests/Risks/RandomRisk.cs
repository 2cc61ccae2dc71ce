using CrisisOps.Domain.Risks;
using CrisisOps.Domain.Shared;
using CrisisOps.Domain.Tests.Harness;

namespace CrisisOps.Domain.Tests.Risks;

/// <summary>A risk signal driven at random.</summary>
internal sealed class RandomRisk() : RandomWalk<RiskSignal, RiskCase>(new RiskCase())
{
    private static readonly Caller[] _callers =
        [RiskCase.Specialist, RiskCase.Specialist, RiskCase.Lead, RiskCase.Lead, RiskCase.Analyst, Caller.System, Caller.System, RiskCase.Person("exec-01", Role.Executive)];

    protected override string Stage => Case.State.Stage.ToString();

    protected override IReadOnlyCollection<string> Ending => ["dismiss", "escalate", "propose-crisis"];

    protected override IReadOnlyList<string> Words => ["", " ", "XN", RiskCase.Second, "RSK-2027-000099", "ESC-2027-000105", "ESC-2027-000106", "CR-2027-0007", "messenger groups", "unheard of"];

    /// <summary>Opens a signal or a surge and brings it some way along, all of it drawn from the seed.</summary>
    public override void Begin(int seed)
    {
        var random = new Random(seed);
        if (random.Next(2) == 0)
        {
            Give(RiskCase.Surge, Caller.System);
        }
        else
        {
            Give(RiskCase.Capture, RiskCase.Specialist);
        }

        Command[] way = [new GradeSignal(SourceReliability.B, 2), new AssessRisk(Likelihood.Likely, 3, AnalyticConfidence.Low, Treatment.Watch, ReviewAt: Case.Now.AddHours(2))];
        foreach (var command in way.Take(random.Next(way.Length + 1)))
        {
            Give(command, RiskCase.Specialist);
        }
    }

    /// <summary>Gives one command, all of it drawn from the seed.</summary>
    public override Ruling Step(int seed)
    {
        var random = new Random(seed);
        Case.After(TimeSpan.FromMinutes(random.Next(10) < 8 ? random.Next(200) : random.Next(20_000)));
        var due = random.Next(4) == 0 ? Case.State.Deadlines.MinBy(d => d.DueAt) : null;
        if (due?.DueAt > Case.Now)
        {
            Case.At(due.DueAt);
        }

        var caller = due is not null ? Caller.System : Pick(_callers, random);
        Command command = due switch
        {
            { Kind: RiskDeadlines.Review } => new ReviewWatch(due.Generation),
            not null => new ExpireSignal(due.Generation),
            _ when random.Next(12) == 0 => new ClearSurge(3, 6, Case.Now),
            _ when random.Next(12) == 0 => new LinkRisk("ESC-2027-000105"),
            _ => Draw(Case.Context with { Caller = caller }, random),
        };
        return Give(command, command is ClearSurge or LinkRisk ? Caller.System : caller, random);
    }

    protected override Command[] Bodies(Giver<RiskSignal, RiskCase> giver, DecisionContext context, RandomBodies source) => giver.Samples(Case.State, context);
}
