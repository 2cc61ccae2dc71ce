using System.Collections.Immutable;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Elections;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using CrisisOps.Domain.Tests.Harness;

namespace CrisisOps.Domain.Tests.Elections;

/// <summary>An election driven at random.</summary>
internal sealed class RandomElection() : RandomWalk<ElectionEvent, ElectionCase>(new ElectionCase())
{
    private static readonly Caller[] _callers =
    [
        ElectionCase.Lead, ElectionCase.Lead, ElectionCase.Lead, ElectionCase.DutyLead, ElectionCase.DutyLead, ElectionCase.Specialist, ElectionCase.Specialist, Caller.System,
        ElectionCase.Analyst, ElectionCase.Person("ic-01", Role.PolicyExpert), ElectionCase.Specialist with { Clearance = Tlp.GREEN },
    ];

    /// <summary>The command that was given last.</summary>
    public Giver<ElectionEvent, ElectionCase>? Given { get; private set; }

    protected override string Stage => Case.State.Stage.ToString();

    protected override IReadOnlyCollection<string> Ending => ["cancel", "close", "annul", "schedule-runoff", "postpone"];

    protected override IReadOnlyList<string> Words =>
    [
        "", " ", "XN", "XN-01", "XA", "001", "Europe/Vienna", "America/Santiago", "CET", "unheard of", "2027-05-16T06:00", "2027-10-31T02:30Z", "0001-01-01T00:00", "9999-12-31T23:59-14:00",
        "CR-2027-0007", "CR-2027-0008", "CR-2027-0009", ElectionCase.Key, "spec-04",
        .. Case.State.Measures.Select(m => m.MeasureId), .. Case.State.Updates.Select(u => u.UpdateId), .. Case.State.Tasks.Select(t => t.TaskId),
    ];

    /// <summary>Registers an election and brings it some way along, all of it drawn from the seed.</summary>
    public override void Begin(int seed)
    {
        var random = new Random(seed);
        Case.Knowing(c => Known(c, random));
        Give(ElectionCase.Registration, ElectionCase.Lead);
        Give(new AssessElectionRisk(RiskTier.High, ["Polarisation"], Confidence.Moderate), ElectionCase.Lead);
        if (random.Next(4) > 0)
        {
            Give(new SetSchedule([.. ElectionCase.Phases.Where(p => p.Phase != ElectionPhase.SilencePeriod || random.Next(3) > 0)]), ElectionCase.Lead);
        }

        for (var phases = random.Next(7); phases > 0; phases--)
        {
            if (PhaseRules.Next(Case.State.Stage) is [.., var next])
            {
                Give(new EnterPhase(next, "the authority announced it"), ElectionCase.DutyLead);
            }
        }
    }

    /// <summary>Gives one command, all of it drawn from the seed.</summary>
    public override Ruling Step(int seed)
    {
        var random = new Random(seed);
        Case.After(random.Next(10) switch { < 6 => TimeSpan.FromSeconds(random.Next(120)), < 9 => TimeSpan.FromMinutes(random.Next(2000)), _ => TimeSpan.FromDays(random.Next(20)) });
        var due = random.Next(4) == 0 && Case.State.Deadlines.Where(d => !d.Missed).ToArray() is { Length: > 0 } deadlines ? Pick(deadlines, random) : null;
        if (due is not null && due.DueAt > Case.Now)
        {
            Case.At(due.DueAt);
        }

        var caller = due is not null ? Caller.System : Pick(_callers, random);
        DecisionContext context = null!;
        Case.Knowing(c => context = Known(c, random) with { Caller = caller });
        var command = due is not null ? Fired(due) : Draw(context, random);
        Given = GiverOf(command);
        return Give(command, caller, random);
    }

    /// <summary>What a server makes of a deadline that runs out.</summary>
    private static Command Fired(Deadline due) => due.Kind switch
    {
        ElectionDeadlines.ElectionPhaseDue => new EnterScheduledPhase(Enum.Parse<ElectionPhase>(due.Ref), due.Generation),
        ElectionDeadlines.ElectionPostureEnd => new EndPosture(due.Generation),
        ElectionDeadlines.ElectionMeasureExpiry => new ExpireMeasure(due.Ref, due.Generation),
        _ => new MarkElectionTaskOverdue(due.Ref, due.Generation),
    };

    protected override Command[] Bodies(Giver<ElectionEvent, ElectionCase> giver, DecisionContext context, RandomBodies source) =>
        context.Caller.Is(Role.System) && giver.Type == typeof(ActivateMeasure)
            ? [.. PhaseRules.MeasuresOf(Case.State, Case.State.Stage)]
            : giver.Samples(Case.State, context);

    private DecisionContext Known(DecisionContext context, Random random) => context with
    {
        Streams = new Dictionary<string, object>
        {
            ["CR-2027-0007"] = new Crisis { Key = "CR-2027-0007", Stage = CrisisState.Active },
            ["CR-2027-0008"] = new Crisis { Key = "CR-2027-0008", Stage = CrisisState.Merged, MergedInto = "CR-2027-0007" },
            ["CR-2027-0009"] = new Crisis { Key = "CR-2027-0009", Stage = CrisisState.Proposed, Exercise = true },
        }.ToImmutableDictionary(),
        Facts = random.Next(2) == 0 ? [] : ImmutableDictionary<string, string>.Empty.Add($"{ChangePosture.StaffedShiftsFact}/{ElectionCase.Key}", "yes"),
        Entry = AnyEntry(random, state => state.Tlp),
    };
}
