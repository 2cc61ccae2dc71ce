using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Tests.Crises;

/// <summary>A crisis driven by commands drawn at random from all there are, by anybody, at any time.</summary>
internal sealed class RandomCrisis
{
    private static readonly ImmutableArray<Giver> _givers =
    [
        .. typeof(Crisis).Assembly.GetTypes()
            .Where(t => t is { IsAbstract: false } && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ICommand<,>) && i.GenericTypeArguments[0] == typeof(Crisis)))
            .OrderBy(t => t.Name, StringComparer.Ordinal)
            .Select(t => (Giver)Activator.CreateInstance(typeof(Giver<>).MakeGenericType(t))!),
    ];

    private static readonly JsonSerializerOptions _shown = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private static readonly Caller[] _callers =
    [
        CrisisCase.Commander, CrisisCase.Commander, CrisisCase.Commander, CrisisCase.Deputy, CrisisCase.Lead, CrisisCase.Lead, CrisisCase.Specialist, CrisisCase.Liaison,
        CrisisCase.Press, CrisisCase.Planner, CrisisCase.Counsel, Caller.System, Caller.System, CrisisCase.Person("exec-01", Role.Executive),
        CrisisCase.Person("admin-01", Role.Admin), CrisisCase.Specialist with { Clearance = Tlp.GREEN },
    ];

    /// <summary>Commands that end a crisis early; drawn less often, so that the later stages are seen.</summary>
    private static readonly string[] _ending = ["reject-proposal", "merge", "annul-declaration", "stand-down", "reactivate"];

    private static readonly string[] _people = ["ic-01", "ic-05", "dep-01", "lo-02", "pio-01", "psc-01", "spec-04", "lead-01"];

    public static IEnumerable<string> Commands => _givers.Select(g => g.Name);

    /// <summary>How many bodies each command offers for its documentation.</summary>
    public static IEnumerable<(string Name, bool Timer, int Bodies)> Documentation(Crisis none, DecisionContext context) =>
        _givers.Select(g => (g.Name, g.Timer, g.Samples(none, context).Length));

    public CrisisCase Case { get; } = new();

    /// <summary>What was given and what came of it, for whoever reads a failure.</summary>
    public List<string> Log { get; } = [];

    /// <summary>Proposes a crisis and brings it some way along, all of it drawn from the seed.</summary>
    public void Begin(int seed)
    {
        var random = new Random(seed);
        (Command Command, Caller By)[] way =
        [
            (CrisisCase.Proposal, CrisisCase.Specialist),
            (new StandUp(4, random.Next(5), Certainty.Observed, "HARBOUR", IncidentCommander: "ic-01", Roles: [new(CommandRole.Deputy, "dep-01"), new(CommandRole.LiaisonOfficer, "lo-02")]), CrisisCase.Lead),
            (new AssignRole(CommandRole.PublicInformationOfficer, "pio-01"), CrisisCase.Commander),
            (new ActivateLever(LeverKind.DedicatedQueue, "XN", TimeSpan.FromHours(random.Next(1, 96)), "lo-02"), CrisisCase.Commander),
            (new IssueAlert(["VideoHub Alliance", "OpenHash Exchange"], "Live video", "Please match these hashes."), CrisisCase.Liaison),
            (CrisisCase.Report, CrisisCase.Commander), (new Stabilize(["re-uploads go down"]), CrisisCase.Commander), (new CancelAlert(CrisisCase.Alert), CrisisCase.Liaison),
            (CrisisCase.Report with { Version = SitRepVersion.Final }, CrisisCase.Commander), (new StandDown(KeptLevers: ["LEV-1"]), CrisisCase.Commander), (new OpenReview("spec-04"), Caller.System),
        ];
        Case.Knowing(c => Known(c, random));
        foreach (var (command, by) in way.Take(1 + random.Next(way.Length)))
        {
            Give(_givers.Single(g => g.Type == command.GetType()), command, by);
        }
    }

    /// <summary>Gives one command, all of it drawn from the seed.</summary>
    public Ruling Step(int seed)
    {
        var random = new Random(seed);
        Case.After(random.Next(10) switch { < 6 => TimeSpan.FromSeconds(random.Next(120)), < 9 => TimeSpan.FromMinutes(random.Next(200)), _ => TimeSpan.FromDays(random.Next(6)) });
        var due = random.Next(5) == 0 && Case.State.Deadlines.Where(d => !d.Missed).ToArray() is { Length: > 0 } deadlines ? Pick(deadlines, random) : null;
        if (due is not null && due.DueAt > Case.Now)
        {
            Case.At(due.DueAt);
        }

        var caller = due is not null ? Caller.System : Pick(_callers, random);
        DecisionContext context = null!;
        Case.Knowing(c => context = Known(c, random) with { Caller = caller });
        var (giver, command) = due is not null ? Fired(due) : Draw(context, random);
        Give(giver, command with { OccurredAt = random.Next(5) == 0 ? Case.Now.AddMinutes(random.Next(-90, 3)) : null }, caller);
        return Case.Last;
    }

    private void Give(Giver giver, Command command, Caller caller)
    {
        var before = Case.State.Stage;
        giver.Give(Case, command, caller);
        Log.Add($"{Case.Now:MM-dd HH:mm:ss} {caller.Id} {giver.Name} in {before}: {(Case.Last is Ruling.Refused(var no) ? $"refused by {no.Guard}" : $"now {Case.State.Stage}")}  {JsonSerializer.Serialize(command, command.GetType(), _shown)}");
    }

    /// <summary>What a server makes of a deadline that runs out.</summary>
    private static (Giver, Command) Fired(Deadline due)
    {
        Command command = due.Kind switch
        {
            CrisisDeadlines.SitRepDue => new MarkSitRepOverdue(due.Generation),
            CrisisDeadlines.LeverExpiry => new ExpireLever(due.Ref, due.Generation),
            CrisisDeadlines.PartnerAckWindow => MarkPartnerAckOverdue.From(due.Ref),
            CrisisDeadlines.CrisisUpdateAck => new MarkUpdateAckOverdue(due.Ref),
            CrisisDeadlines.CrisisUpdateDue => new MarkUpdateOverdue(due.Generation),
            _ => new MarkCrisisTaskOverdue(due.Ref, due.Generation),
        };
        return (_givers.Single(g => g.Type == command.GetType()), command);
    }

    /// <summary>Mostly what would be accepted, as it is or with a member changed; now and then anything at all.</summary>
    private (Giver, Command) Draw(DecisionContext context, Random random)
    {
        var source = new RandomBodySource(random, Case.Now, Case.State.Version, Words());
        var mood = random.Next(10);
        var patient = random.Next(5) > 0;
        (Giver Giver, Command[] Bodies)[] likely =
        [
            .. _givers.Where(g => mood < 8 && g.MayWell(Case.State, context) && !(patient && _ending.Contains(g.Name)))
                .Select(g => (g, g.Type == typeof(OpenReview) ? [new OpenReview("spec-04")] : g.Samples(Case.State, context)))
                .Select(g => (g.g, mood < 7 ? [.. g.Item2.Where(body => g.g.Decide(body, Case.State, context) is Ruling.Accepted)] : g.Item2))
                .Where(g => g.Item2.Length > 0),
        ];
        if (likely.Length == 0)
        {
            var any = Pick(_givers, random);
            return (any, (Command)source.Build(any.Type));
        }

        var (giver, bodies) = Pick(likely, random);
        var body = Pick(bodies, random);
        return (giver, mood < 5 ? body : (Command)source.Change(body));
    }

    private string[] Words() =>
    [
        "", " ", "XN", "XN-01", "001", "unheard of", "the perpetrator's name", "https://example.org/x", "VideoHub Alliance", "OpenHash Exchange", "CR-2027-0008", "CR-2027-0009",
        CrisisCase.Key, "ESC-2027-000101", "ESC-2027-000105", "ESC-2027-000999", .. _people,
        .. Case.State.Levers.Select(l => l.LeverId), .. Case.State.Updates.Select(u => u.UpdateId), .. Case.State.Alerts.Select(a => a.AlertId),
        .. Case.State.PublicDrafts.Select(d => d.DraftId), .. Case.State.Tasks.Select(t => t.TaskId),
    ];

    private DecisionContext Known(DecisionContext context, Random random) => context with
    {
        People = _people.Where(_ => random.Next(4) > 0).ToImmutableDictionary(id => id, id => CrisisCase.Facts(id, random.Next(6) == 0 ? Tlp.GREEN : Tlp.RED)),
        Streams = new Dictionary<string, object>
        {
            ["CR-2027-0008"] = new Crisis { Key = "CR-2027-0008", Stage = CrisisState.Proposed },
            ["CR-2027-0009"] = new Crisis { Key = "CR-2027-0009", Stage = CrisisState.Merged, MergedInto = "CR-2027-0008" },
            ["ESC-2027-000101"] = CrisisCase.Escalation("ESC-2027-000101", random.Next(3) == 0 ? EscalationState.Investigating : EscalationState.Resolved),
            ["ESC-2027-000102"] = CrisisCase.Escalation("ESC-2027-000102", EscalationState.Resolved),
            ["ESC-2027-000103"] = CrisisCase.Escalation("ESC-2027-000103", EscalationState.Merged),
            ["ESC-2027-000105"] = CrisisCase.Escalation("ESC-2027-000105", severity: Severity.SEV2),
            [OpenReview.KeyFor(CrisisCase.Key)] = new Review(random.Next(2) == 0, ["IMP-31"]),
            ["IMP-31"] = new Recommendation(random.Next(3) > 0),
        }.ToImmutableDictionary(),
        Facts = Case.State.Alerts.SelectMany(a => a.Recipients.Select(p => CrisisDeadlines.AckRef(a.AlertId, p))).Where(_ => random.Next(4) == 0)
            .ToImmutableDictionary(id => $"{MarkPartnerAckOverdue.AckFact}/{id}", _ => "acknowledged"),
        Entry = Case.History.Count == 0 || random.Next(4) == 0 ? null : EntryOf(Pick(Case.History, random)),
    };

    private static EntryFacts EntryOf((object Event, Crisis Before, Crisis After, Stamp Stamp) told) =>
        new(told.Stamp.Version, told.Event.GetType().Name, told.Stamp.Actor, told.After.Tlp, Withdrawn: told.Stamp.Version % 5 == 0);

    private static T Pick<T>(IReadOnlyList<T> from, Random random) => from[random.Next(from.Count)];

    private abstract class Giver
    {
        public abstract string Name { get; }
        public abstract Type Type { get; }
        public abstract bool Timer { get; }
        public abstract bool MayWell(Crisis state, DecisionContext context);
        public abstract Command[] Samples(Crisis state, DecisionContext context);
        public abstract Ruling Decide(Command command, Crisis state, DecisionContext context);
        public abstract void Give(CrisisCase to, Command command, Caller by);
    }

    private sealed class Giver<TCommand> : Giver
        where TCommand : Command, ICommand<Crisis, TCommand>
    {
        public override string Name => TCommand.Rule.Name;
        public override Type Type => typeof(TCommand);
        public override bool Timer => TCommand.Rule.Roles is [Role.System];

        public override bool MayWell(Crisis state, DecisionContext context) => context.Caller.IsAny(TCommand.Rule.Roles) && TCommand.Rule.Admits(state);
        public override Command[] Samples(Crisis state, DecisionContext context) => [.. TCommand.Samples(state, context)];
        public override Ruling Decide(Command command, Crisis state, DecisionContext context) => TCommand.Decide((TCommand)command, state, context);
        public override void Give(CrisisCase to, Command command, Caller by) => to.When((TCommand)command, by);
    }
}
