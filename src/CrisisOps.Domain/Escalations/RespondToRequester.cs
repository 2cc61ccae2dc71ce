using System.Collections.Immutable;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>
/// Tells the requester what they may know. Counts as first response and as an update: the next one is due a cadence from now
/// (domain §9.2). Still owed to a requester whose case was merged, rejected or resolved.
/// </summary>
/// <param name="Template">The key of the text template.</param>
/// <param name="DisclosureLevel">At most that of the requester.</param>
/// <param name="Requester">Who is answered, by partner id or contact reference; absent means the one known.</param>
public sealed record RespondToRequester(string Template, DisclosureLevel DisclosureLevel, string? Text = null, string? Requester = null)
    : Command, IEscalationCommand<RespondToRequester>
{
    public static CommandRule<Escalation> Rule { get; } = Givers.Rule(
        "respond-to-requester", Givers.Answerers,
        EscalationState.Triaged, EscalationState.Assigned, EscalationState.Investigating, EscalationState.DecisionProposed, EscalationState.Decided,
        EscalationState.Merged, EscalationState.Resolved, EscalationState.Rejected);

    public static Ruling Decide(RespondToRequester command, Escalation state, DecisionContext context)
    {
        if (state.Requester is not { } requester)
        {
            return Ruling.Refuse("requester-known", "Nobody is known as the requester of this case.");
        }

        if (command.Requester is { } named && named != requester.PartnerId && named != requester.ContactRef)
        {
            return Ruling.Refuse("requester-known", $"'{named}' is not the requester of this case.");
        }

        if (command.DisclosureLevel > requester.DisclosureLevel)
        {
            return Ruling.Refuse("disclosure-level", $"This requester may be told {requester.DisclosureLevel} at most.");
        }

        if (PressGuard.Check(state, context) is { } refused)
        {
            return refused;
        }

        return Ruling.Accept(new RequesterResponded(command.Template, command.DisclosureLevel, command.Text, command.Requester, state.NextUpdateFrom(context)));
    }

    public static IEnumerable<RespondToRequester> Samples(Escalation state, DecisionContext context) =>
        [new("requester-outcome", state.Requester?.DisclosureLevel ?? DisclosureLevel.Outcome, "We looked at your report and acted on it.")];
}

/// <param name="NextUpdateDue">The new end of the update clock; null when none runs.</param>
public sealed record RequesterResponded(string Template, DisclosureLevel DisclosureLevel, string? Text, string? Requester, DateTimeOffset? NextUpdateDue) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp)
    {
        var clocks = state.Clocks
            .Meet(c => c.Kind == ClockKind.FirstResponse || c.ClockId == "DSA_ART16_RECEIPT", stamp.OccurredAt, stamp.RecordedAt);
        if (state.Decision is { AllDone: true })
        {
            // An order that leaves nothing to do, such as one refused, is settled by telling so.
            clocks = clocks.Meet(EnforcementFold.OfActing, stamp.OccurredAt, stamp.RecordedAt);
        }

        return state with
        {
            Clocks = NextUpdateDue is { } due ? clocks.Postpone(due, stamp.RecordedAt) : clocks,
            NextUpdateDue = NextUpdateDue ?? state.NextUpdateDue,
            RequesterAnsweredAt = stamp.OccurredAt,
        };
    }

    public Entry Tell(Escalation before, Escalation after, Stamp stamp)
    {
        var outcome = after.OutcomeForRequester() switch
        {
            RequesterOutcome.NotTakenUp => "not taken up",
            RequesterOutcome.NoAction => "no action",
            RequesterOutcome.ActionTaken => "action taken",
            _ => "under review",
        };
        return new Entry(EntryKind.Update, $"Requester answered ({Template}, {DisclosureLevel})", Text)
            .ToCrossFunctional("Requester answered")
            .ToExecutive("Requester answered")
            .ToPartner(DisclosureLevel == DisclosureLevel.ReceiptOnly ? "We have received your report" : $"Answer to your report: {outcome}")
            .LearnedLate(before, after);
    }
}

internal static class UpdateClock
{
    /// <summary>When the next update is owed once somebody was told something now; null when no update clock runs.</summary>
    public static DateTimeOffset? NextUpdateFrom(this Escalation state, DecisionContext context) =>
        state.Clocks.Find(ClockKind.Update) is not null && context.Rules.ServiceLevels.For(state.EffectiveSeverity).Update is { } cadence ? context.Now + cadence : null;

    /// <summary>Aims the running update clock at another end; one that stands still goes on standing still.</summary>
    public static ImmutableList<Clock> Postpone(this ImmutableList<Clock> clocks, DateTimeOffset due, DateTimeOffset now) =>
        clocks.Find(ClockKind.Update) is { } clock
            ? clocks.Aim(clock.From(now, due))
            : clocks;

    /// <summary>A new period of a clock.</summary>
    public static Clock From(this Clock clock, DateTimeOffset from, DateTimeOffset due) =>
        clock with { StartedAt = from, DueAt = due, StoodStill = null, PausedAt = clock.PausedAt is null ? null : from };
}
