using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>Ends a snooze: at its time, or sooner by hand (issue 2).</summary>
/// <param name="Generation">Which snooze the timer belongs to; people leave it out.</param>
public sealed record WakeEscalation(string? Reason = null, int? Generation = null) : Command, IEscalationCommand<WakeEscalation>
{
    public static CommandRule<Escalation> Rule { get; } = Givers.OnceRaised("wake", [.. Givers.Specialists, Role.System]);

    public static Ruling Decide(WakeEscalation command, Escalation state, DecisionContext context)
    {
        var timer = context.Caller.Is(Role.System);
        if (state.Snooze is not { } snooze)
        {
            return timer ? Stale() : Ruling.Refuse("snoozed", "This case is not snoozed.");
        }

        return (command.Generation is { } generation && generation != snooze.Generation) || (timer && snooze.Until > context.Now)
            ? Stale()
            : Ruling.Accept(new EscalationWoken(command.Reason));
    }

    public static IEnumerable<WakeEscalation> Samples(Escalation state, DecisionContext context) => [new("new information")];

    private static Ruling Stale() => Ruling.Refuse("deadline-current", "This case was woken, snoozed anew, or its time has not come.");
}

public sealed record EscalationWoken(string? Reason) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state with { Snooze = null };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(stamp.ActorType == ActorType.System ? EntryKind.Clock : EntryKind.StateChange, "Back in the queue", Reason ?? before.Snooze?.Reason)
            .ToCrossFunctional();
}
