using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>
/// Takes a case out of the queue until a stated time, for a stated reason. Never live danger, SEV1, or past a legal clock
/// (issue 2, domain §9.3). Snoozing again moves the wake-up time.
/// </summary>
public sealed record SnoozeEscalation(string Reason, DateTimeOffset Until) : Command, IEscalationCommand<SnoozeEscalation>
{
    public static CommandRule<Escalation> Rule { get; } = Givers.WhileOpen("snooze", Givers.Specialists);

    public static Ruling Decide(SnoozeEscalation command, Escalation state, DecisionContext context)
    {
        var limit = context.Rules.ServiceLevels.SnoozeLimit;
        if (command.Until <= context.Now || command.Until - context.Now > limit)
        {
            return Ruling.Refuse("snooze-limit", $"until must lie ahead and at most {limit.TotalDays:0.#} days from now.");
        }

        return Snoozing.Objection(state, command.Until) is var (guard, detail)
            ? Ruling.Refuse(guard, detail)
            : Ruling.Accept(new EscalationSnoozed(command.Reason, command.Until, state.Snoozes + 1));
    }

    public static IEnumerable<SnoozeEscalation> Samples(Escalation state, DecisionContext context)
    {
        var hour = TimeSpan.FromHours(1);
        var limit = context.Rules.ServiceLevels.SnoozeLimit;
        var until = context.Now + (limit < hour ? limit : hour);
        yield return new("the requester's office opens then", state.LegalObligation() is { } owed && owed.DueAt < until ? owed.DueAt : until);
    }
}

public sealed record EscalationSnoozed(string Reason, DateTimeOffset Until, int Generation) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state with { Snooze = new Snooze(Reason, Until, Generation), Snoozes = Generation };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.StateChange, $"Snoozed until {Until:yyyy-MM-dd HH:mm}Z", Reason).ToCrossFunctional();
}

/// <summary>Which cases may sleep.</summary>
internal static class Snoozing
{
    /// <summary>Why this case may not sleep until then; null when it may.</summary>
    public static (string Guard, string Detail)? Objection(Escalation state, DateTimeOffset until)
    {
        if (Queueing.LiveDanger(state))
        {
            return ("never-live-danger", "A threat to life or live content does not sleep.");
        }

        if (state.EffectiveSeverity == Severity.SEV1)
        {
            return ("never-sev1", "A SEV1 does not sleep.");
        }

        return state.LegalObligation() is { } owed && owed.DueAt < until
            ? ("legal-clock-first", $"{owed.ClockId} is due {owed.DueAt:yyyy-MM-dd HH:mm}Z, before this case would wake.")
            : null;
    }

    /// <summary>Wakes a sleeping case that became one that may not sleep.</summary>
    public static Escalation RousedIfUrgent(this Escalation state) =>
        state.Snooze is { } snooze && Objection(state, snooze.Until) is not null ? state with { Snooze = null } : state;
}
