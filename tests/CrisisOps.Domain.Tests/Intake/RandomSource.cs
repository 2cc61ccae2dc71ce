using CrisisOps.Domain.Intake;
using CrisisOps.Domain.Shared;
using CrisisOps.Domain.Tests.Harness;

namespace CrisisOps.Domain.Tests.Intake;

/// <summary>A source driven at random.</summary>
internal sealed class RandomSource() : RandomWalk<AlertSource, SourceCase>(new SourceCase())
{
    private static readonly Caller[] _callers = [SourceCase.Manager, SourceCase.Manager, SourceCase.Admin, SourceCase.Lead, Caller.System, Caller.System];

    protected override string Stage => Case.State.Stage.ToString();

    protected override IReadOnlyCollection<string> Ending => ["retire"];

    protected override IReadOnlyList<string> Words => ["", " ", "XN", "KEY-1", "KEY-2", "KEY-9", "MW-1", "MW-2", "UTC", "Europe/Vienna", "unheard of"];

    /// <summary>Registers a source and brings it some way along, all of it drawn from the seed.</summary>
    public override void Begin(int seed)
    {
        var random = new Random(seed);
        Command[] way =
        [
            SourceCase.Registration, new IssueKey("ingest host").Hashed("hash-1"), new ExpectHeartbeat(TimeSpan.FromHours(8)), new PlanMaintenance(Case.Now.AddHours(1), TimeSpan.FromHours(2), "moving"),
            new SuspendSource("it floods"),
        ];
        foreach (var command in way.Take(1 + random.Next(way.Length)))
        {
            Give(command, SourceCase.Manager);
        }
    }

    /// <summary>Gives one command, all of it drawn from the seed.</summary>
    public override Ruling Step(int seed)
    {
        var random = new Random(seed);
        Case.After(TimeSpan.FromMinutes(random.Next(1_500)));
        Case.Heard(Case.Now.AddMinutes(-random.Next(1_000)));
        var caller = Pick(_callers, random);
        return Give(Draw(Case.Context with { Caller = caller }, random), caller, random);
    }

    protected override Command[] Bodies(Giver<AlertSource, SourceCase> giver, DecisionContext context, RandomBodies source) => giver.Name switch
    {
        "check-heartbeat" => [new CheckHeartbeat(Case.State.HeartbeatAims)],
        "mark-heard" => [new MarkHeard(Case.Now)],
        "end-maintenance" => [.. Case.State.Maintenance.Select(w => new EndMaintenance(w.WindowId, w.Ended + 1))],
        _ => giver.Samples(Case.State, context),
    };
}
