using System.Collections.Immutable;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using CrisisOps.Domain.Tests.Harness;

namespace CrisisOps.Domain.Tests.Crises;

/// <summary>Given, when, then for one crisis.</summary>
public sealed class CrisisCase() : Given<Crisis, CrisisCase>(Crisis.None with { Key = CrisisCase.Key }, Known())
{
    public const string Key = "CR-2027-0007";
    public const string Alert = "crisisops-CR-2027-0007.1";
    public static readonly DateTimeOffset Start = new(2027, 5, 15, 14, 3, 1, TimeSpan.Zero);

    public static readonly Caller Lead = Person("lead-01", Role.DutyLead);
    public static readonly Caller Specialist = Person("spec-04", Role.Specialist);
    public static readonly Caller Commander = Person("ic-01", Role.Specialist);
    public static readonly Caller Deputy = Person("dep-01", Role.Specialist);
    public static readonly Caller Liaison = Person("lo-02", Role.PartnerManager);
    public static readonly Caller Press = Person("pio-01", Role.Communications);
    public static readonly Caller Planner = Person("psc-01", Role.PolicyExpert);
    public static readonly Caller Counsel = Person("legal-counsel-01", Role.LegalCounsel);

    public static ProposeCrisis Proposal { get; } =
        new(CrisisType.TerrorOrViolentExtremistAttack, "Live video of an attack", ["XN"], Refs: ["ESC-2027-000101", "ESC-2027-000102", "ESC-2027-000103"]);

    public static CrisisCase Proposed() => new CrisisCase().When(Proposal, Specialist).ShouldBeAccepted();

    /// <summary>Level1, declared now, with nobody in command.</summary>
    public static CrisisCase Declared(int consequence = 4, int virality = 3) => Proposed()
        .When(new AssessCrisis(consequence, virality, Certainty.Observed)).ShouldBeAccepted()
        .When(new DeclareCrisis("HARBOUR")).ShouldBeAccepted();

    /// <summary>Declared, with a commander and the given others.</summary>
    public static CrisisCase Commanded(params CommandRole[] also)
    {
        var given = Declared().When(new AssignRole(CommandRole.IncidentCommander, Commander.Id)).ShouldBeAccepted();
        foreach (var role in also)
        {
            var holder = role switch
            {
                CommandRole.Deputy => Deputy.Id,
                CommandRole.LiaisonOfficer => Liaison.Id,
                CommandRole.PublicInformationOfficer => Press.Id,
                CommandRole.PlanningSectionChief => Planner.Id,
                _ => Specialist.Id,
            };
            given.When(new AssignRole(role, holder), Commander).ShouldBeAccepted();
        }

        return given;
    }

    public static CrisisCase Alerted() => Commanded(CommandRole.LiaisonOfficer)
        .When(new IssueAlert(["VideoHub Alliance", "OpenHash Exchange"], "Live video", "Please match these hashes."), Liaison).ShouldBeAccepted();

    public static CrisisCase Stabilized() => Commanded(CommandRole.Deputy).When(new Stabilize(["re-uploads under 5 an hour"]), Commander).ShouldBeAccepted();

    /// <summary>Everything is ready to stand down.</summary>
    public static CrisisCase Reported() => Commanded(CommandRole.Deputy)
        .When(Report, Commander).ShouldBeAccepted()
        .When(new Stabilize(["re-uploads under 5 an hour"]), Commander).ShouldBeAccepted()
        .When(Report with { Version = SitRepVersion.Final }, Commander).ShouldBeAccepted()
        .Knowing(c => c with { Streams = c.Streams.SetItems(Proposal.Refs!.Select(key => KeyValuePair.Create(key, (object)Escalation(key, EscalationState.Resolved)))) });

    public static CrisisCase UnderReview() => Reported()
        .When(new StandDown(), Commander).ShouldBeAccepted()
        .When(new OpenReview("spec-04"), Caller.System).ShouldBeAccepted();

    public static PublishSitRep Report { get; } = new("Re-uploads go down.", "Keep the restriction.", "tomorrow noon");

    public static Caller Person(string id, params Role[] roles) => new(id, ActorType.Specialist, roles.ToHashSet(), new HashSet<Function>(), ["*"], Tlp.RED);

    public static PersonFacts Facts(string id, Tlp clearance = Tlp.RED) => new(id, [Role.Specialist], [], ["XN"], clearance, [], []);

    public static Escalation Escalation(string key, EscalationState stage = EscalationState.Investigating, Severity severity = Severity.SEV1) =>
        new() { Key = key, Stage = stage, Severity = severity, Version = 3 };

    public CrisisCase KnowingStream(Escalation escalation) => Knowing(c => c with { Streams = c.Streams.SetItem(escalation.Key, escalation) });

    public CrisisCase KnowingStream(Crisis crisis) => Knowing(c => c with { Streams = c.Streams.SetItem(crisis.Key, crisis) });

    public CrisisCase KnowingFact(string kind, string id, string value) => Knowing(c => c with { Facts = c.Facts.SetItem($"{kind}/{id}", value) });

    /// <summary>The entry of the newest event, as a guard would see it.</summary>
    public CrisisCase KnowingNewestEntry(bool withdrawn = false)
    {
        var (@event, _, after, stamp) = History[^1];
        return Knowing(c => c with { Entry = new EntryFacts(stamp.Version, @event.GetType().Name, stamp.Actor, after.Tlp, withdrawn) });
    }

    public override Crisis Fold(Crisis state, object @event, Stamp stamp) => Crisis.Fold(state, @event, stamp);

    /// <summary>The timeline entry of the newest event.</summary>
    public Entry Told() => Told(^1);

    public Entry Told(Index place) => ToldAt(place)!;

    public IEnumerable<Deadline> Of(string kind) => State.Deadlines.Where(d => d.Kind == kind);

    private static DecisionContext Known() => new()
    {
        Now = Start,
        Caller = Lead,
        Key = Key,
        People = new[] { "ic-01", "ic-05", "dep-01", "lo-02", "pio-01", "psc-01", "spec-04", "lead-01" }.ToImmutableDictionary(id => id, id => Facts(id)),
        Streams = new[] { "101", "102", "103", "105" }.ToImmutableDictionary(n => $"ESC-2027-000{n}", n => (object)Escalation($"ESC-2027-000{n}")),
    };
}
