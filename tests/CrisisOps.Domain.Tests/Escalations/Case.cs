using System.Collections.Immutable;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using CrisisOps.Domain.Tests.Harness;

namespace CrisisOps.Domain.Tests.Escalations;

/// <summary>Given, when, then for one escalation.</summary>
public sealed class Case() : Given<Escalation, Case>(Escalation.None with { Key = Case.Key }, new DecisionContext { Now = Start, Caller = Specialist, Key = Case.Key })
{
    public const string Key = "ESC-2027-000101";
    public static readonly DateTimeOffset Start = new(2027, 5, 15, 13, 55, 10, TimeSpan.Zero);

    public static readonly Caller Specialist = Person("spec-04", Role.Specialist);
    public static readonly Caller OtherSpecialist = Person("spec-09", Role.Specialist);
    public static readonly Caller DutyLead = Person("lead-01", Role.DutyLead);
    public static readonly Caller PolicyExpert = Person("policy-sme-02", Role.PolicyExpert);
    public static readonly Caller LegalCounsel = Person("legal-counsel-01", Role.LegalCounsel);
    public static readonly Caller Communications = Person("pio-01", Role.Communications) with { Functions = new HashSet<Function> { Function.Comms } };
    public static readonly Caller Partner = new("civic-watch", ActorType.Partner, new HashSet<Role> { Role.Partner }, new HashSet<Function>(), ["XN"], Tlp.AMBER, "PRT-001");

    /// <summary>A raised escalation; the defaults are a SEV1 proposal with nothing special about it.</summary>
    public static Case Raised(Func<RaiseEscalation, RaiseEscalation>? with = null, Caller? by = null)
    {
        var raise = new RaiseEscalation("Live video of an attack", Source.TrustedPartner, Surface.Feed, Region: ["XN"], ProposedSeverity: Severity.SEV1);
        return new Case().When(with is null ? raise : with(raise), by).ShouldBeAccepted();
    }

    public static Case Triaged(Severity severity = Severity.SEV1, PolicyArea area = PolicyArea.DangerousOrgsAndIndividuals, params Flag[] flags) =>
        Raised().When(new Triage(severity, area, ["XN"], DuplicateSearchDone: true, Flags: flags)).ShouldBeAccepted();

    public static Case Assigned(Severity severity = Severity.SEV1, PolicyArea area = PolicyArea.DangerousOrgsAndIndividuals, params Flag[] flags) =>
        Triaged(severity, area, flags).When(new Assign(Specialist.Id, "I take it")).ShouldBeAccepted();

    public static Caller Person(string id, params Role[] roles) =>
        new(id, ActorType.Specialist, roles.ToHashSet(), new HashSet<Function>(), ["*"], Tlp.RED);

    public Case Knowing(PersonFacts person) => Knowing(c => c with { People = c.People.SetItem(person.Id, person) });

    public static PersonFacts Facts(string id, params PolicyArea[] areas) =>
        new(id, [Role.Specialist], [], ["XN"], Tlp.RED, [.. areas], [.. areas], Start.AddHours(8), "SHF-1515A");

    public override Escalation Fold(Escalation state, object @event, Stamp stamp) => Escalation.Fold(state, @event, stamp);

    /// <summary>The timeline entry of the newest event.</summary>
    public Entry? Told() => ToldAt(^1);

    public Clock Clock(ClockKind kind) => State.Clocks.Last(c => c.Kind == kind);

    /// <summary>The deadlines of single items; the clocks, which every case has, stand in <see cref="ClockDeadlines"/>.</summary>
    public ImmutableArray<Deadline> Deadlines => [.. State.Deadlines.Where(d => !OfClock(d))];

    public ImmutableArray<Deadline> ClockDeadlines => [.. State.Deadlines.Where(OfClock)];

    public ImmutableArray<string> DeadlineKinds => [.. Deadlines.Select(d => d.Kind)];

    /// <summary>The time of a clock has come, as the server's timer says it.</summary>
    public Case RunsOut(ClockKind kind)
    {
        var clock = Clock(kind);
        return Clock(kind).OfLaw
            ? When(new MarkLegalDeadlineMissed(clock.ClockId, clock.Generation), Caller.System)
            : When(new MarkSlaBreached(clock.ClockId, clock.Generation), Caller.System);
    }

    private static bool OfClock(Deadline deadline) => deadline.Kind is EscalationDeadlines.SlaClock or EscalationDeadlines.LegalClock;
}
