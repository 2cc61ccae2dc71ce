using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>
/// Ends the response, on the word of the incident commander alone: the Final report is out, every alert cancelled, every lever ended
/// or handed over, and no linked SEV1 is open (domain §2.2).
/// </summary>
/// <param name="KeptLevers">Levers that stay on until their expiry, in the hands of their owners.</param>
public sealed record StandDown(string? Reason = null, IReadOnlyList<string>? KeptLevers = null) : Command, ICrisisCommand<StandDown>, INamesStreamsOf<Crisis>
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Rule("stand-down", CrisisState.Stabilizing);

    public IEnumerable<string> Streams(Crisis state) => state.Escalations.Select(e => e.Key);

    public static Ruling Decide(StandDown command, Crisis state, DecisionContext context)
    {
        if (CrisisGivers.CommanderAlone.Check(state, context) is { } refused)
        {
            return refused;
        }

        if (!state.FinalReported)
        {
            return Ruling.Refuse("final-sit-rep", "Publish the Final situation report first.", "publish-sit-rep");
        }

        if (state.OpenAlerts.Any())
        {
            return Ruling.Refuse(
                "alerts-cancelled", $"Partners were not told that it is over: cancel {string.Join(", ", state.OpenAlerts.Select(a => a.Chain))}.", "cancel-alert");
        }

        string[] kept = [.. (command.KeptLevers ?? []).Distinct(StringComparer.Ordinal)];
        if (Array.Find(kept, id => state.ActiveLever(id).Lever is null) is { } unknown)
        {
            return Ruling.Refuse("kept-lever-active", $"'{unknown}' is no lever that is on.");
        }

        return LeverGuard.Ended(state, kept) ?? Linked(state, context)
            ?? Ruling.Accept(new CrisisStoodDown(
                command.Reason, kept, state.Level!.Value, context.Now - state.DeclaredAt!.Value,
                context.Rules.Crises.ReviewDue(state.Level.Value, context.Now, state.Regions, context.Rules.BusinessDays)));
    }

    public static IEnumerable<StandDown> Samples(Crisis state, DecisionContext context) =>
        [new("nothing new for a day"), new("nothing new for a day", [.. state.ActiveLevers.Select(l => l.LeverId)])];

    /// <summary>No linked SEV1 is open. One that can not be read is unknown, and unknown means refused.</summary>
    private static Ruling? Linked(Crisis state, DecisionContext context)
    {
        foreach (var (key, _) in state.Escalations)
        {
            switch (context.Streams.GetValueOrDefault(key))
            {
                case Escalation { Open: true, EffectiveSeverity: Severity.SEV1 }:
                    return Ruling.Refuse("no-open-sev1", $"{key} is SEV1 and open; resolve it, or detach it if it is another story.", "detach-escalation");
                case Escalation:
                    break;
                default:
                    return Ruling.Refuse("linked-known", $"{key} can not be read by you; let somebody stand down who may read it, or detach it.", "transfer-command", "detach-escalation");
            }
        }

        return null;
    }
}

/// <param name="Duration">Since the declaration.</param>
/// <param name="ReviewDueAt">When the review has to meet.</param>
public sealed record CrisisStoodDown(string? Reason, IReadOnlyList<string> KeptLevers, CrisisLevel Level, TimeSpan Duration, DateTimeOffset ReviewDueAt) : ICrisisEvent
{
    /// <summary>Open roles end with the state (domain §3, P17); whoever served stays in the core team.</summary>
    public Crisis Apply(Crisis state, Stamp stamp) => state with
    {
        Stage = CrisisState.StoodDown,
        StoodDownAt = stamp.RecordedAt,
        ReviewDueAt = ReviewDueAt,
        Roles = [],
        NextSitRepDue = null,
        MissedSitReps = [],
        PromisedUpdate = null,
    };

    public Entry Say(Crisis before, Crisis after, Stamp stamp)
    {
        var kept = KeptLevers.Count > 0 ? $"; kept until they expire: {string.Join(", ", KeptLevers)}" : "";
        return new Entry(EntryKind.StateChange, "Stood down", $"{Reason ?? "the response has ended"}; review due {ReviewDueAt:yyyy-MM-dd HH:mm}Z{kept}")
            .ToCrossFunctional()
            .ToExecutive("Stood down", $"review due {ReviewDueAt:yyyy-MM-dd HH:mm}Z");
    }
}
