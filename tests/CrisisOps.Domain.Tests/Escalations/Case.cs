using System.Collections.Immutable;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

/// <summary>
/// Given, when, then for one escalation: gives commands the way the lanes do (roles, states, decision, fold) and keeps what came of it.
/// </summary>
public sealed class Case
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

    private DecisionContext _context = new() { Now = Start, Caller = Specialist, Key = Key };

    public Escalation State { get; private set; } = Escalation.None with { Key = Key };

    /// <summary>What the last command came to.</summary>
    public Ruling Last { get; private set; } = Ruling.Accept();

    /// <summary>Everything appended so far, with the state before and after.</summary>
    public List<(object Event, Escalation Before, Escalation After, Stamp Stamp)> History { get; } = [];

    public DateTimeOffset Now => _context.Now;

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

    public Case After(TimeSpan time)
    {
        _context = _context with { Now = _context.Now + time };
        return this;
    }

    /// <summary>Adds to what the decision may know: persons, other streams, facts, the named entry.</summary>
    public Case Knowing(Func<DecisionContext, DecisionContext> change)
    {
        _context = change(_context);
        return this;
    }

    public Case Knowing(PersonFacts person) => Knowing(c => c with { People = c.People.SetItem(person.Id, person) });

    public static PersonFacts Facts(string id, params PolicyArea[] areas) =>
        new(id, [Role.Specialist], [], ["XN"], Tlp.RED, [.. areas], [.. areas], Start.AddHours(8), "SHF-1515A");

    public Case When<TCommand>(TCommand command, Caller? by = null)
        where TCommand : Command, ICommand<Escalation, TCommand>
    {
        var context = _context with { Caller = by ?? Specialist };
        var rule = TCommand.Rule;
        Last = !context.Caller.IsAny(rule.Roles) ? Ruling.Refuse(RefusalKind.Forbidden, "role", rule.Name)
            : !rule.Admits(State) ? Ruling.Refuse(RefusalKind.IllegalTransition, "transition", rule.Name)
            : TCommand.Decide(command, State, context);
        if (Last is Ruling.Accepted(var events))
        {
            foreach (var @event in events)
            {
                var stamp = new Stamp(State.Version + 1, command.OccurredAt ?? context.Now, context.Now, context.Caller.Id, context.Caller.Type, context.Caller.RoleFor(rule.Roles));
                var after = Escalation.Fold(State, @event, stamp);
                History.Add((@event, State, after, stamp));
                State = after;
            }
        }

        return this;
    }

    public Case ShouldBeAccepted()
    {
        Last.ShouldBeOfType<Ruling.Accepted>(Last is Ruling.Refused(var refusal) ? $"{refusal.Guard}: {refusal.Detail}" : null);
        return this;
    }

    public Case ShouldBeRefusedBy(string guard)
    {
        Last.ShouldBeOfType<Ruling.Refused>().Refusal.Guard.ShouldBe(guard);
        return this;
    }

    public Case ShouldBeRefused(RefusalKind kind)
    {
        Last.ShouldBeOfType<Ruling.Refused>().Refusal.Kind.ShouldBe(kind);
        return this;
    }

    /// <summary>The newest event, of the expected type.</summary>
    public TEvent Recorded<TEvent>() => History[^1].Event.ShouldBeOfType<TEvent>();

    /// <summary>The timeline entry of the newest event.</summary>
    public Entry? Told() => ((IEscalationEvent)History[^1].Event).Tell(History[^1].Before, History[^1].After, History[^1].Stamp);

    public Clock Clock(ClockKind kind) => State.Clocks.Last(c => c.Kind == kind);

    public ImmutableArray<string> DeadlineKinds => [.. State.Deadlines.Select(d => d.Kind)];
}
