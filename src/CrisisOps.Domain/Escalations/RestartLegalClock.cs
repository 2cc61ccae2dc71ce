using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>
/// An order could not be followed until it was clarified: its clock counts from the clarification, for as long as it was given
/// (domain §9.2). Legal's word, and an event.
/// </summary>
public sealed record RestartLegalClock(string ClockId, DateTimeOffset ClarificationReceivedAt) : Command, IEscalationCommand<RestartLegalClock>
{
    public static CommandRule<Escalation> Rule { get; } = Givers.WhileOpen("restart-legal-clock", Givers.Legal);

    public static Ruling Decide(RestartLegalClock command, Escalation state, DecisionContext context)
    {
        if (state.Clocks.Find(c => c.Legal && c.ClockId == command.ClockId && c.Running) is not { } clock)
        {
            return Ruling.Refuse("legal-clock-runs", $"No legal clock '{command.ClockId}' runs on this case.");
        }

        return command.ClarificationReceivedAt > context.Now || command.ClarificationReceivedAt < state.RaisedAt
            ? Ruling.Refuse("clarification-time", "clarificationReceivedAt lies between the raise and now.")
            : Ruling.Accept(new LegalClockRestarted(
                clock.ClockId, command.ClarificationReceivedAt, LegalProfiles.Anew(clock, command.ClarificationReceivedAt, context.Rules.BusinessDays)));
    }

    public static IEnumerable<RestartLegalClock> Samples(Escalation state, DecisionContext context) =>
        state.Stage == EscalationState.None
            ? [new("TCO_REMOVAL_1H", context.Now)]
            : state.Clocks.Where(c => c.Running && c.Legal).Select(c => new RestartLegalClock(c.ClockId, context.Now));
}

public sealed record LegalClockRestarted(string ClockId, DateTimeOffset ClarificationReceivedAt, DateTimeOffset DueAt) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp)
    {
        var clock = state.Clocks.Find(c => c.ClockId == ClockId)!;
        return (state with { Clocks = state.Clocks.Aim(clock with { StartedAt = ClarificationReceivedAt, DueAt = DueAt }) }).RousedIfUrgent();
    }

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.Legal, $"{ClockId} counts from the clarification at {ClarificationReceivedAt:HH:mm}Z, due {DueAt:yyyy-MM-dd HH:mm}Z")
            .ToCrossFunctional($"A legal deadline moves to {DueAt:yyyy-MM-dd HH:mm}Z");
}
