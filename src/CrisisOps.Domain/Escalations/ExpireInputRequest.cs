using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>The due time of a question nobody answered. Clocks that stood still for the requester run again (domain §2.1).</summary>
public sealed record ExpireInputRequest(string ConsultId) : Command, IEscalationCommand<ExpireInputRequest>
{
    public static CommandRule<Escalation> Rule { get; } = new("expire-input-request", Givers.Timers, _ => true);

    public static Ruling Decide(ExpireInputRequest command, Escalation state, DecisionContext context) =>
        state.Consults.Find(c => c.ConsultId == command.ConsultId) is { Open: true } consult && consult.DueAt <= context.Now
            ? Ruling.Accept([new InputRequestExpired(consult.ConsultId, consult.Function, consult.External, consult.DueAt), .. SlaClockPause.End(state, consult)])
            : Ruling.Refuse("deadline-current", "This question was answered, has expired, or is not due.");

    public static IEnumerable<ExpireInputRequest> Samples(Escalation state, DecisionContext context) => [];
}

/// <param name="DueAt">When the answer was due.</param>
public sealed record InputRequestExpired(string ConsultId, Function? Function, bool External, DateTimeOffset DueAt) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state.Settle(ConsultId, ConsultState.Expired);

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.Clock, $"{ConsultId}: no answer from {Asked.Whom(Function, External)} by {DueAt:HH:mm}Z")
            .ToCrossFunctional($"{ConsultId}: no answer from {Asked.WhomOutsideCore(Function, External)} by {DueAt:HH:mm}Z");
}
