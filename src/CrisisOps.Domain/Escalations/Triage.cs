using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>Sets severity, policy area and region; aims the clocks. Whoever triages confirms the duplicate search shown with the case.</summary>
/// <param name="DuplicateSearchDone">The candidates of <c>GET …/duplicates</c> were looked at.</param>
public sealed record Triage(
    Severity Severity,
    PolicyArea PolicyArea,
    IReadOnlyList<string> Region,
    bool DuplicateSearchDone,
    TvecCode? Tvec = null,
    IReadOnlyList<Flag>? Flags = null) : Command, IEscalationCommand<Triage>, INamesFacts<Escalation>
{
    public static CommandRule<Escalation> Rule { get; } = Givers.Rule("triage", Givers.Specialists, EscalationState.Received);

    public IEnumerable<(string Kind, string Id)> Facts(Escalation state) => ElectionFloor.Facts(Region);

    public static Ruling Decide(Triage command, Escalation state, DecisionContext context)
    {
        if (!command.DuplicateSearchDone)
        {
            return Ruling.Refuse("duplicate-search-done", "Look at the duplicate candidates of this case first, then triage with duplicateSearchDone: true.");
        }

        if (command.Region.Count == 0)
        {
            return Ruling.Refuse("region-set", "Triage needs at least one region.");
        }

        if (ElectionFloor.Of(command.PolicyArea, command.Region, context) is { } floor && command.Severity > floor)
        {
            return Ruling.Refuse("election-severity-floor", $"An election phase in this region sets a floor of {floor} for {command.PolicyArea}.");
        }

        return Ruling.Accept(Event(command, state, context));
    }

    public static IEnumerable<Triage> Samples(Escalation state, DecisionContext context) =>
        [FromRaise(state)];

    /// <summary>Triage with the defaults of the raise, as <c>take</c> gives it.</summary>
    internal static Triage FromRaise(Escalation state) => new(
        state.ProposedSeverity, state.PolicyArea, state.Regions.Count > 0 ? state.Regions : ["001"], DuplicateSearchDone: true);

    internal static EscalationTriaged Event(Triage command, Escalation state, DecisionContext context)
    {
        // What the raise claimed stands until somebody reclassifies it; triage adds to it.
        IReadOnlyList<Flag> flags = [.. state.Flags.Union(command.Flags ?? [])];
        return new EscalationTriaged(
            command.Severity, command.PolicyArea, command.Region, command.Tvec, flags,
            ClockAim.AtTriage(state, command.Severity, command.PolicyArea, flags, context),
            Routing.Anew(state, command.PolicyArea, command.Region, context.Rules));
    }
}

/// <param name="Clocks">The clocks started or aimed anew by this triage.</param>
/// <param name="Route">Where what was learned sends it; null when it stays.</param>
public sealed record EscalationTriaged(
    Severity Severity,
    PolicyArea PolicyArea,
    IReadOnlyList<string> Region,
    TvecCode? Tvec,
    IReadOnlyList<Flag> Flags,
    IReadOnlyList<Clock> Clocks,
    Route? Route = null) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp)
    {
        // Elsewhere than for automatic receipts, triage counts as the acknowledgement (domain §2.1).
        var clocks = state.Clocks
            .Meet(ClockKind.Acknowledge, stamp.OccurredAt, stamp.RecordedAt)
            .Meet(ClockKind.Triage, stamp.OccurredAt, stamp.RecordedAt)
            .AimAll(Clocks);

        return (state with
        {
            Stage = EscalationState.Triaged,
            Severity = Severity,
            PolicyArea = PolicyArea,
            Regions = [.. Region],
            Tvec = Tvec,
            Flags = [.. Flags],
            Clocks = clocks,
            Route = Route ?? state.Route,
            NextUpdateDue = Clocks.FirstOrDefault(c => c.Kind == ClockKind.Update)?.DueAt,

            // A raise of the proposal ends with the triage: what was triaged is not undone, it is changed.
            LastSeverityRaise = null,
        }).RousedIfUrgent();
    }

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.StateChange, $"Triaged {Severity}, {PolicyArea}, {string.Join(" ", Region)}{(Route is { } route ? $", to {route.Desk}" : "")}", Flags.Count > 0 ? string.Join(", ", Flags) : null)
            .ToCrossFunctional($"Triaged {Severity}, {PolicyArea}, {string.Join(" ", Region)}", Flags.Count > 0 ? string.Join(", ", Flags) : null)
            .ToExecutive($"Triaged {Severity}")
            .ToPartner("Your report is being looked at")
            .LearnedLate(before, after);
}
