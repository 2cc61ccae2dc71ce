using System.Collections.Immutable;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using CrisisOps.Domain.Tests.Harness;

namespace CrisisOps.Domain.Tests.Crises;

/// <summary>A crisis driven at random.</summary>
internal sealed class RandomCrisis() : RandomWalk<Crisis, CrisisCase>(new CrisisCase())
{
    private static readonly Caller[] _callers =
    [
        CrisisCase.Commander, CrisisCase.Commander, CrisisCase.Commander, CrisisCase.Deputy, CrisisCase.Lead, CrisisCase.Lead, CrisisCase.Specialist, CrisisCase.Liaison,
        CrisisCase.Press, CrisisCase.Planner, CrisisCase.Counsel, Caller.System, Caller.System, CrisisCase.Person("exec-01", Role.Executive),
        CrisisCase.Person("admin-01", Role.Admin), CrisisCase.Specialist with { Clearance = Tlp.GREEN },
    ];

    private static readonly string[] _people = ["ic-01", "ic-05", "dep-01", "lo-02", "pio-01", "psc-01", "spec-04", "lead-01"];

    protected override string Stage => Case.State.Stage.ToString();

    protected override IReadOnlyCollection<string> Ending => ["reject-proposal", "merge", "annul-declaration", "stand-down", "reactivate"];

    protected override IReadOnlyList<string> Words =>
    [
        "", " ", "XN", "XN-01", "001", "unheard of", "the perpetrator's name", "https://example.org/x", "VideoHub Alliance", "OpenHash Exchange", "CR-2027-0008", "CR-2027-0009",
        CrisisCase.Key, "ESC-2027-000101", "ESC-2027-000105", "ESC-2027-000999", .. _people,
        .. Case.State.Levers.Select(l => l.LeverId), .. Case.State.Updates.Select(u => u.UpdateId), .. Case.State.HeldUpdates.Select(h => h.HeldId), .. Case.State.Alerts.Select(a => a.AlertId),
        .. Case.State.PublicDrafts.Select(d => d.DraftId), .. Case.State.Tasks.Select(t => t.TaskId),
    ];

    /// <summary>Proposes a crisis and brings it some way along, all of it drawn from the seed.</summary>
    public override void Begin(int seed)
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
            (new Reactivate("a second live video"), CrisisCase.Lead),
        ];
        Case.Knowing(c => Known(c, random));
        foreach (var (command, by) in way.Take(1 + random.Next(way.Length)))
        {
            Give(command, by);
        }
    }

    /// <summary>Gives one command, all of it drawn from the seed.</summary>
    public override Ruling Step(int seed)
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
        return Give(due is not null ? Fired(due) : Draw(context, random), caller, random);
    }

    /// <summary>What a server makes of a deadline that runs out.</summary>
    private static Command Fired(Deadline due) => due.Kind switch
    {
        CrisisDeadlines.SitRepDue => new MarkSitRepOverdue(due.Generation),
        CrisisDeadlines.LeverExpiry => new ExpireLever(due.Ref, due.Generation),
        CrisisDeadlines.PartnerAckWindow => MarkPartnerAckOverdue.From(due.Ref),
        CrisisDeadlines.CrisisUpdateAck => new MarkUpdateAckOverdue(due.Ref),
        CrisisDeadlines.HeldUpdateDue => new ReleaseHeldUpdate(due.Ref),
        CrisisDeadlines.CrisisUpdateDue => new MarkUpdateOverdue(due.Generation),
        _ => new MarkCrisisTaskOverdue(due.Ref, due.Generation),
    };

    /// <summary>What rules and watchers give has no samples: nobody chooses it.</summary>
    protected override Command[] Bodies(Giver<Crisis, CrisisCase> giver, DecisionContext context, RandomBodies source) => giver.Type.Name switch
    {
        nameof(OpenReview) => [new OpenReview("spec-04")],
        nameof(RecordPartnerUndelivered) => [.. Case.State.Alerts.SelectMany(a => a.Recipients.Select(partner => new RecordPartnerUndelivered(a.AlertId, partner, "gone")))],
        nameof(MarkNotificationsDelayed) => [new MarkNotificationsDelayed(context.Now.AddMinutes(-3), 12, ["Email"])],
        nameof(MarkNotificationsResumed) => [new MarkNotificationsResumed()],
        _ => giver.Samples(Case.State, context),
    };

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
        Entry = AnyEntry(random, state => state.Tlp),
    };
}
