using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>Which clocks a triage, a reclassification or a new severity starts or aims anew. All count from the raise.</summary>
internal static class ClockAim
{
    public static IReadOnlyList<Clock> AtTriage(
        Escalation state, Severity severity, PolicyArea area, IReadOnlyList<Flag> flags, DecisionContext context)
    {
        var levels = context.Rules.ServiceLevels;
        List<Clock> clocks = [.. ForSeverity(state, severity, levels, context.Now)];
        if (flags.Contains(Flag.ThreatToLife) && state.Referral is null)
        {
            clocks.Add(Referral(levels, context.Now));
        }

        if (area == PolicyArea.Undetermined)
        {
            clocks.Add(AreaOwed(levels, context.Now));
        }

        return clocks;
    }

    /// <summary>
    /// First response, update and resolve. A legal order's own clock replaces what is owed to its requester, the first response and the
    /// updates, unless Legal voided it.
    /// </summary>
    public static IEnumerable<Clock> ForSeverity(Escalation state, Severity severity, ServiceLevels levels, DateTimeOffset now)
    {
        var level = levels.For(severity);
        var order = UnderOrder(state);
        if (!order && !Answered(state, ClockKind.FirstResponse) && SomebodyWaits(state))
        {
            yield return new Clock("FIRST_RESPONSE", ClockKind.FirstResponse, state.RaisedAt, state.RaisedAt + level.FirstResponse, Pausable: true).Started(state, now);
        }

        if (!order && !state.PacedByCrisis && level.Update is { } cadence)
        {
            // After the first period the cadence counts from now: a case triaged late does not start overdue.
            yield return Update(state.RaisedAt + cadence > now ? state.RaisedAt : now, cadence).Started(state, now);
        }

        yield return new Clock("RESOLVE", ClockKind.Resolve, state.RaisedAt, state.RaisedAt + level.Resolve, Pausable: true).Started(state, now);
    }

    /// <summary>The update clock of a case that a live crisis paces no more, or that left it: a whole period from now.</summary>
    public static IEnumerable<Clock> AtOwnPace(Escalation state, ServiceLevels levels, DateTimeOffset now) =>
        state is { Open: true, Stage: not EscalationState.Received } && !UnderOrder(state) && levels.For(state.EffectiveSeverity).Update is { } cadence
            ? [Update(now, cadence).Started(state, now)]
            : [];

    /// <summary>
    /// The running clocks aimed at another severity. Only the difference of the targets moves a due time, so that what was
    /// paused or restarted keeps its shift; before triage these are acknowledgement and triage.
    /// </summary>
    public static IReadOnlyList<Clock> AtSeverityChange(Escalation state, Severity to, DecisionContext context)
    {
        var levels = context.Rules.ServiceLevels;
        var (old, next) = (levels.For(state.EffectiveSeverity), levels.For(to));
        List<Clock> clocks = [];
        foreach (var clock in state.Clocks.Where(c => c.Running))
        {
            TimeSpan? shift = clock.Kind switch
            {
                ClockKind.Acknowledge => next.Acknowledge - old.Acknowledge,
                ClockKind.Triage => next.Triage - old.Triage,
                ClockKind.FirstResponse => next.FirstResponse - old.FirstResponse,
                ClockKind.Resolve => next.Resolve - old.Resolve,
                _ => null,
            };
            if (shift is { } by)
            {
                clocks.Add(clock with { DueAt = clock.DueAt + by });
            }
        }

        if (next.Update is { } cadence && !state.PacedByCrisis && state.Stage != EscalationState.Received)
        {
            var update = state.Clocks.Find(ClockKind.Update) ?? Update(state.RaisedAt, old.Update ?? TimeSpan.Zero);
            var due = update.DueAt + (cadence - (old.Update ?? TimeSpan.Zero));
            clocks.Add((due > context.Now ? update with { DueAt = due } : update.From(context.Now, context.Now + cadence)).Started(state, context.Now));
        }

        return clocks;
    }

    /// <summary>
    /// The legal clocks an order starts that becomes known after the raise. One that runs already, or was met, is not pushed
    /// back: it is only ever aimed nearer.
    /// </summary>
    public static IEnumerable<Clock> AtLegalOrder(Escalation state, string? basis, DateTimeOffset? hardDeadline, DateTimeOffset received, BusinessDays calendar) =>
        LegalProfiles.Start(basis, hardDeadline, received, calendar).Where(clock =>
            state.Clocks.Find(c => c.ClockId == clock.ClockId) is not { StoppedAt: null } old || (old.Running && clock.DueAt < old.DueAt));

    /// <summary>Referral of a threat to life, decided within this time of each new claim.</summary>
    public static Clock Referral(ServiceLevels levels, DateTimeOffset now) =>
        new(Clock.Referral, ClockKind.ThreatToLifeReferral, now, now + levels.ThreatToLifeReferral, Pausable: false);

    /// <summary>An undetermined policy area is settled within a time of its own.</summary>
    public static Clock AreaOwed(ServiceLevels levels, DateTimeOffset now) =>
        new("POLICY_AREA", ClockKind.PolicyArea, now, now + levels.PolicyAreaOwed, Pausable: false);

    private static Clock Update(DateTimeOffset from, TimeSpan cadence) => new("UPDATE", ClockKind.Update, from, from + cadence, Pausable: true);

    private static bool UnderOrder(Escalation state) => state.Clocks.Any(c => c.Legal && c.StoppedAt is null);

    /// <summary>What we found ourselves has nobody who waits for a first response, unless a requester is known.</summary>
    private static bool SomebodyWaits(Escalation state) => state.Requester is not null || state.Source is not (Source.ProactiveDetection or Source.RiskSignal);

    private static bool Answered(Escalation state, ClockKind kind) => state.Clocks.Any(c => c.Kind == kind && c.MetAt is not null);
}

/// <summary>The severity floor an election phase sets in a region; a fact of the election stream, kept in the directory until then.</summary>
internal static class ElectionFloor
{
    public const string Kind = "election-floor";

    public static IEnumerable<(string Kind, string Id)> Facts(IEnumerable<string> regions) =>
        Regions.WithParents(regions).Select(region => (Kind, region));

    /// <summary>The floor in force; null where no election sets one. Only voter interference has one (domain §3, P9).</summary>
    public static Severity? Of(PolicyArea area, IEnumerable<string> regions, DecisionContext context) =>
        area != PolicyArea.VoterInterference
            ? null
            : Regions.WithParents(regions)
                .Select(region => context.Fact(Kind, region))
                .Select(fact => Enum.TryParse<Severity>(fact, out var floor) ? floor : (Severity?)null)
                .Min();
}
