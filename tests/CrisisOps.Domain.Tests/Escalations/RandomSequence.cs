using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Tests.Escalations;

/// <summary>A case driven by commands drawn at random from all there are, by anybody, at any time.</summary>
internal sealed class RandomSequence
{
    private static readonly ImmutableArray<Giver> _givers =
    [
        .. typeof(Escalation).Assembly.GetTypes()
            .Where(t => t is { IsAbstract: false } && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ICommand<,>) && i.GenericTypeArguments[0] == typeof(Escalation)))
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
        Case.Specialist, Case.Specialist, Case.OtherSpecialist, Case.DutyLead, Case.PolicyExpert, Case.LegalCounsel, Case.Communications, Case.Partner,
        Case.LegalCounsel with { Functions = new HashSet<Function> { Function.Legal } }, Case.Partner with { Partner = "PRT-002" }, Caller.System, Caller.System,
        Case.Person("spec-04", Role.Specialist, Role.PolicyExpert, Role.DutyLead), Case.Person("analyst-01", Role.Analyst), Case.Person("admin-01", Role.Admin),
        Case.Specialist with { Clearance = Tlp.GREEN },
    ];

    private static readonly RaiseEscalation _report =
        new("Live video of an attack", Source.TrustedPartner, Surface.Feed, Requester: new Requester("PRT-001", "CNT-1"), Region: ["XN"]);

    private static readonly RaiseEscalation[] _raises =
    [
        _report, _report, _report with { Requester = null }, _report with { Source = Source.Press, ProposedSeverity = Severity.SEV3 },
        _report with { Source = Source.GovernmentOrder, LegalBasis = "EU-TCO-Art3", EvidenceRefs = ["EVD-4"] },
        _report with { Source = Source.LawEnforcement, ByTelephone = true, ThreatToLife = true }, _report with { Source = Source.Art16Notice, LegalBasis = "DSA-Art16" },
    ];

    private static readonly ProposeDecision _decision = Investigations.Removal with
    {
        Actions = [EnforcementAction.RemoveContent, EnforcementAction.HashAndBlock, EnforcementAction.ReferToLawEnforcement],
        TerritorialScope = ["XN"],
        OptionsWeighed = ["label", "removal"],
        AcknowledgementOverride = "attack in progress",
    };

    private static readonly PolicyArea[] _areas =
        [PolicyArea.DangerousOrgsAndIndividuals, PolicyArea.VoterInterference, PolicyArea.LocalLaw, PolicyArea.MediaInquiry, PolicyArea.Undetermined];

    /// <summary>Commands that end a case early; drawn less often, so that the later stages are seen.</summary>
    private static readonly string[] _ending = ["void", "merge", "reject", "answer-inquiry"];

    private static readonly ImmutableDictionary<string, object> _others = new[]
    {
        new Escalation { Key = "ESC-2027-000099", Stage = EscalationState.Triaged, Title = "another" },
        new Escalation { Key = "ESC-2027-000098", Stage = EscalationState.Closed, Title = "an old one" },
    }.ToImmutableDictionary(e => e.Key, object (e) => e);

    public static IEnumerable<string> Commands => _givers.Select(g => g.Name);

    /// <summary>How many bodies each command offers for its documentation.</summary>
    public static IEnumerable<(string Name, bool Timer, int Bodies)> Documentation(Escalation none, DecisionContext context) =>
        _givers.Select(g => (g.Name, g.Timer, g.Samples(none, context).Length));

    public Case Case { get; } = new();

    /// <summary>What was given and what came of it, for whoever reads a failure.</summary>
    public List<string> Log { get; } = [];

    /// <summary>Raises a case of some kind and brings it some way along, all of it drawn from the seed.</summary>
    public void Begin(int seed)
    {
        var random = new Random(seed);
        var raise = Pick(_raises, random);
        Give(_givers.Single(g => g.Type == typeof(RaiseEscalation)), raise with { ThreatToLife = random.Next(4) == 0 }, Case.Specialist);
        (Command Command, Caller By)[] way =
        [
            (new Triage(Pick(Enum.GetValues<Severity>(), random), Pick(_areas, random), ["XN"], true, Flags: random.Next(2) == 0 ? [Pick(Enum.GetValues<Flag>(), random)] : []), Case.Specialist),
            (new Assign("spec-04", "I take it"), Case.Specialist), (new StartInvestigation(), Case.Specialist), (_decision, Case.Specialist), (new ApproveDecision(), Case.DutyLead),
            (new RecordEnforcement([.. _decision.Actions!.Select(a => new EnforcementReport(a, Done: true))]), Case.Specialist),
            (new RespondToRequester("outcome", DisclosureLevel.Outcome), Case.Specialist),
        ];
        foreach (var (command, by) in way.Take(random.Next(way.Length + 1)))
        {
            Give(_givers.Single(g => g.Type == command.GetType()), command, by);
        }
    }

    /// <summary>Gives one command, all of it drawn from the seed.</summary>
    public Ruling Step(int seed)
    {
        var random = new Random(seed);
        Case.After(random.Next(10) switch { < 6 => TimeSpan.FromSeconds(random.Next(120)), < 9 => TimeSpan.FromMinutes(random.Next(200)), _ => TimeSpan.FromDays(random.Next(20)) });
        var due = random.Next(8) == 0 && Case.State.Deadlines.ToArray() is { Length: > 0 } deadlines ? Pick(deadlines, random) : null;
        if (due is not null && due.DueAt > Case.Now)
        {
            Case.After(due.DueAt - Case.Now);
        }

        var caller = due is not null ? Caller.System : Pick(_callers, random);
        DecisionContext context = null!;
        Case.Knowing(c => context = Known(c, random) with { Caller = caller });
        var (giver, command) = Draw(context, random);
        Give(giver, command with { OccurredAt = random.Next(5) == 0 ? Case.Now.AddMinutes(random.Next(-90, 3)) : null }, caller);
        return Case.Last;
    }

    private void Give(Giver giver, Command command, Caller caller)
    {
        var before = Case.State.Stage;
        giver.Give(Case, command, caller);
        Log.Add($"{Case.Now:MM-dd HH:mm:ss} {caller.Id} {giver.Name} in {before}: {(Case.Last is Ruling.Refused(var no) ? $"refused by {no.Guard}" : $"now {Case.State.Stage}")}  {JsonSerializer.Serialize(command, command.GetType(), _shown)}");
    }

    /// <summary>Mostly what would be accepted, as it is or with a member changed; now and then anything at all.</summary>
    private (Giver, Command) Draw(DecisionContext context, Random random)
    {
        var mood = random.Next(10);
        var patient = random.Next(5) > 0;
        (Giver Giver, Command[] Bodies)[] likely =
        [
            .. _givers.Where(g => mood < 8 && g.MayWell(Case.State, context) && !(patient && _ending.Contains(g.Name)))
                .Select(g => (g, g.Timer ? Tried(g, random) : g.Samples(Case.State, context)))
                .Select(g => (g.g, mood < 7 ? [.. g.Item2.Where(body => g.g.Decide(body, Case.State, context) is Ruling.Accepted)] : g.Item2))
                .Where(g => g.Item2.Length > 0),
        ];
        if (likely.Length == 0)
        {
            var any = Pick(_givers, random);
            return (any, (Command)RandomBodies.Build(any.Type, random, Case));
        }

        var (giver, bodies) = Pick(likely, random);
        var body = Pick(bodies, random);
        return (giver, mood < 5 ? body : (Command)RandomBodies.Change(body, random, Case));
    }

    /// <summary>Timers show no bodies: what a server makes of deadlines is among these.</summary>
    private Command[] Tried(Giver timer, Random random) =>
        [.. Enumerable.Range(0, 40).Select(_ => (Command)RandomBodies.Build(timer.Type, random, Case))];

    private DecisionContext Known(DecisionContext context, Random random) => context with
    {
        People = new[] { "spec-04", "spec-09", "policy-sme-02", "lead-01" }.Where(_ => random.Next(4) > 0)
            .ToImmutableDictionary(id => id, id => Case.Facts(id, Case.State.PolicyArea, PolicyArea.DangerousOrgsAndIndividuals)),
        Streams = _others,
        OnDutyFor = random.Next(4) == 0 ? [Pick(Enum.GetValues<Function>(), random)] : [],
        Facts = new Dictionary<string, string>
        {
            [random.Next(5) == 0 ? "election-floor/XN" : "nothing/known"] = Pick(["SEV1", "SEV2", "nonsense"], random),
            [$"statement-of-reasons/{(random.Next(3) > 0 ? Case.State.Decision?.DecisionKey : "none")}"] = "queued",
        }.ToImmutableDictionary(),
        Entry = Case.History.Count == 0 || random.Next(4) == 0 ? null : EntryOf(Pick(Case.History, random)),
    };

    private static EntryFacts EntryOf((object Event, Escalation Before, Escalation After, Stamp Stamp) told) =>
        new(told.Stamp.Version, told.Event.GetType().Name, told.Stamp.Actor, told.After.Tlp, Withdrawn: told.Stamp.Version % 5 == 0);

    private static T Pick<T>(IReadOnlyList<T> from, Random random) => from[random.Next(from.Count)];

    private abstract class Giver
    {
        public abstract string Name { get; }
        public abstract Type Type { get; }
        public abstract bool Timer { get; }
        public abstract bool MayWell(Escalation state, DecisionContext context);
        public abstract Command[] Samples(Escalation state, DecisionContext context);
        public abstract Ruling Decide(Command command, Escalation state, DecisionContext context);
        public abstract void Give(Case to, Command command, Caller by);
    }

    private sealed class Giver<TCommand> : Giver
        where TCommand : Command, ICommand<Escalation, TCommand>
    {
        public override string Name => TCommand.Rule.Name;
        public override Type Type => typeof(TCommand);
        public override bool Timer => TCommand.Rule.Roles is [Role.System];

        public override bool MayWell(Escalation state, DecisionContext context) => context.Caller.IsAny(TCommand.Rule.Roles) && TCommand.Rule.Admits(state);
        public override Command[] Samples(Escalation state, DecisionContext context) => [.. TCommand.Samples(state, context)];
        public override Ruling Decide(Command command, Escalation state, DecisionContext context) => TCommand.Decide((TCommand)command, state, context);
        public override void Give(Case to, Command command, Caller by) => to.When((TCommand)command, by);
    }
}
