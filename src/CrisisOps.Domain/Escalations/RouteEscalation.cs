using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>Gives a case to another desk than the routing chose. From then on no rule routes it again.</summary>
public sealed record RouteEscalation(Function Desk, string Reason) : Command, IEscalationCommand<RouteEscalation>
{
    public static CommandRule<Escalation> Rule { get; } = Givers.WhileOpen("route", Givers.Specialists);

    public static Ruling Decide(RouteEscalation command, Escalation state, DecisionContext context) =>
        state.Route == new Route(command.Desk, null)
            ? Ruling.Refuse("desk-changes", $"This case is with {command.Desk} already.")
            : Ruling.Accept(new EscalationRouted(command.Desk, command.Reason));

    public static IEnumerable<RouteEscalation> Samples(Escalation state, DecisionContext context) =>
        [new(state.Route?.Desk == Function.Legal ? Function.PublicPolicy : Function.Legal, "a question of local law")];
}

public sealed record EscalationRouted(Function Desk, string Reason) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state with { Route = new Route(Desk, null) };

    /// <summary>Stays in Core: the desk says whether law enforcement has to do with it (domain §4).</summary>
    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.StateChange, before.Route is { } old && old.Desk != Desk ? $"Routed from {old.Desk} to {Desk}" : $"Routed to {Desk}", Reason);
}
