using System.Collections.Immutable;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Elections;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using CrisisOps.Domain.Tests.Harness;

namespace CrisisOps.Domain.Tests.Escalations;

/// <summary>An escalation driven at random.</summary>
internal sealed class RandomSequence() : RandomWalk<Escalation, Case>(new Case())
{
    private static readonly Caller[] _callers =
    [
        Escalations.Case.Specialist, Escalations.Case.Specialist, Escalations.Case.OtherSpecialist, Escalations.Case.DutyLead, Escalations.Case.PolicyExpert, Escalations.Case.LegalCounsel, Escalations.Case.Communications, Escalations.Case.Partner,
        Escalations.Case.LegalCounsel with { Functions = new HashSet<Function> { Function.Legal } }, Escalations.Case.Partner with { Partner = "PRT-002" }, Caller.System, Caller.System,
        Escalations.Case.Person("spec-04", Role.Specialist, Role.PolicyExpert, Role.DutyLead), Escalations.Case.Person("analyst-01", Role.Analyst), Escalations.Case.Person("admin-01", Role.Admin),
        Escalations.Case.Specialist with { Clearance = Tlp.GREEN },
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

    private static readonly ImmutableDictionary<string, object> _others = new Dictionary<string, object>
    {
        ["ESC-2027-000099"] = new Escalation { Key = "ESC-2027-000099", Stage = EscalationState.Triaged, Title = "another" },
        ["ESC-2027-000098"] = new Escalation { Key = "ESC-2027-000098", Stage = EscalationState.Closed, Title = "an old one" },
        ["CR-2027-0007"] = new Crisis { Key = "CR-2027-0007", Stage = CrisisState.Active },
        ["CR-2027-0006"] = new Crisis { Key = "CR-2027-0006", Stage = CrisisState.Closed },
        ["EL-XN-2027-01"] = new ElectionEvent { Key = "EL-XN-2027-01", Stage = ElectionPhase.SilencePeriod },
    }.ToImmutableDictionary();

    protected override string Stage => Case.State.Stage.ToString();

    protected override IReadOnlyCollection<string> Ending => ["void", "merge", "reject", "answer-inquiry"];

    protected override IReadOnlyList<string> Words =>
    [
        "", " ", "XN", "XN-01", "001", "Global", "unheard of", "spec-04", "spec-09", "lead-01", "PRT-001", "CNT-1", "EU-TCO-Art3", "DSA-Art16", "DSA-Art18", "EVD-1", "EVD-2",
        "main", "en", "ESC-2027-000099", "ESC-2027-000098", Escalations.Case.Key,
        "CR-2027-0007", "CR-2027-0006", "EL-XN-2027-01", .. Case.State.Clocks.Select(c => c.ClockId),
        .. Case.State.Consults.Select(c => c.ConsultId), .. Case.State.Tasks.Select(t => t.TaskId), .. Case.State.InterimActions.Select(a => a.ActionId),
        .. Case.State.Decision?.Results.Select(r => r.ActionId) ?? [], .. Case.State.GlassBreaks.Select(g => g.Person),
    ];

    /// <summary>Raises a case of some kind and brings it some way along, all of it drawn from the seed.</summary>
    public override void Begin(int seed)
    {
        var random = new Random(seed);
        var raise = Pick(_raises, random);
        Give(raise with { ThreatToLife = random.Next(4) == 0 }, Escalations.Case.Specialist);
        (Command Command, Caller By)[] way =
        [
            (new Triage(Pick(Enum.GetValues<Severity>(), random), Pick(_areas, random), ["XN"], true, Flags: random.Next(2) == 0 ? [Pick(Enum.GetValues<Flag>(), random)] : []), Escalations.Case.Specialist),
            (new Assign("spec-04", "I take it"), Escalations.Case.Specialist), (new StartInvestigation(), Escalations.Case.Specialist), (_decision, Escalations.Case.Specialist), (new ApproveDecision(), Escalations.Case.DutyLead),
            (new RecordEnforcement([.. _decision.Actions!.Select(a => new EnforcementReport(a, Done: true))]), Escalations.Case.Specialist),
            (new RespondToRequester("outcome", DisclosureLevel.Outcome), Escalations.Case.Specialist),
        ];
        foreach (var (command, by) in way.Take(random.Next(way.Length + 1)))
        {
            Give(command, by);
        }
    }

    /// <summary>Gives one command, all of it drawn from the seed.</summary>
    public override Ruling Step(int seed)
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
        return Give(Draw(context, random), caller, random);
    }

    /// <summary>Timers show no bodies: what a server makes of deadlines is among these.</summary>
    protected override Command[] Bodies(Giver<Escalation, Case> giver, DecisionContext context, RandomBodies source) =>
        giver.Timer ? [.. Enumerable.Range(0, 40).Select(_ => (Command)source.Build(giver.Type))] : giver.Samples(Case.State, context);

    private DecisionContext Known(DecisionContext context, Random random) => context with
    {
        People = new[] { "spec-04", "spec-09", "policy-sme-02", "lead-01" }.Where(_ => random.Next(4) > 0)
            .ToImmutableDictionary(id => id, id => Escalations.Case.Facts(id, Case.State.PolicyArea, PolicyArea.DangerousOrgsAndIndividuals)),
        Streams = random.Next(3) > 0 ? _others : _others.SetItem("CR-2027-0007", new Crisis { Key = "CR-2027-0007", Stage = CrisisState.StoodDown }),
        OnDutyFor = random.Next(4) == 0 ? [Pick(Enum.GetValues<Function>(), random)] : [],
        Facts = new Dictionary<string, string>
        {
            [random.Next(5) == 0 ? "election-floor/XN" : "nothing/known"] = Pick(["SEV1", "SEV2", "nonsense"], random),
            [$"statement-of-reasons/{(random.Next(3) > 0 ? Case.State.Decision?.DecisionKey : "none")}"] = "queued",
        }.ToImmutableDictionary(),
        Entry = AnyEntry(random, state => state.Tlp),
    };
}
