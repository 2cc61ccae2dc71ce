using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>A legal clock, or the time for a legal basis owed, ran out (domain §3, P7). Recorded once; the duty stands until it is met.</summary>
public sealed record MarkLegalDeadlineMissed(string ClockId, int Generation) : Command, IEscalationCommand<MarkLegalDeadlineMissed>
{
    public static CommandRule<Escalation> Rule { get; } = new("mark-legal-deadline-missed", Givers.Timers, _ => true);

    public static Ruling Decide(MarkLegalDeadlineMissed command, Escalation state, DecisionContext context) =>
        state.RanOut(command.ClockId, command.Generation, context.Now) is { OfLaw: true } clock
            ? Ruling.Accept(new LegalDeadlineMissed(clock.ClockId, clock.DueAt, context.Now))
            : Ruling.Refuse("deadline-current", "This legal clock was met, voided or restarted, has been recorded as missed, or is not due.");

    public static IEnumerable<MarkLegalDeadlineMissed> Samples(Escalation state, DecisionContext context) => [];
}

/// <param name="DetectedAt">When the server saw it; later than <paramref name="DueAt"/> after an outage.</param>
public sealed record LegalDeadlineMissed(string ClockId, DateTimeOffset DueAt, DateTimeOffset DetectedAt) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state with { Clocks = state.Clocks.Breach(c => c.ClockId == ClockId, DueAt, DetectedAt) };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.Legal, $"{ClockId} was due {DueAt:yyyy-MM-dd HH:mm}Z and is not met")
            .ToCrossFunctional($"A legal deadline of {DueAt:yyyy-MM-dd HH:mm}Z was missed");
}
