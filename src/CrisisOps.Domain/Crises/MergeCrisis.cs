using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Crises;

/// <summary>
/// Folds this crisis into another that is proposed or live. Its levers are ended, its alerts cancelled and its roles released first; the
/// command ends with it. Only what is open takes another in, so there are no circles (domain §2.2).
/// </summary>
public sealed record MergeCrisis(string Into) : Command, ICrisisCommand<MergeCrisis>, INamesStreams
{
    public static CommandRule<Crisis> Rule { get; } = CrisisGivers.Live("merge", CrisisState.Proposed);

    public IEnumerable<string> Streams() => Into is null ? [] : [Into];

    public static Ruling Decide(MergeCrisis command, Crisis state, DecisionContext context)
    {
        if (CrisisGivers.CommandOrLead.Check(state, context) is { } refused)
        {
            return refused;
        }

        if (command.Into == context.Key || command.Into == state.Key)
        {
            return Ruling.Refuse("not-itself", "A crisis is not merged into itself.");
        }

        if (command.Into is null || context.Streams.GetValueOrDefault(command.Into) is not Crisis { Stage: not CrisisState.None } target)
        {
            return Ruling.Refuse("target-exists", $"There is no crisis '{command.Into}'.");
        }

        if (!target.Live && target.Stage != CrisisState.Proposed)
        {
            return Ruling.Refuse("target-open", target.MergedInto is { } next ? $"{command.Into} was itself merged into {next}; merge into that one." : $"{command.Into} is {target.Stage}.");
        }

        if (target.Exercise != state.Exercise)
        {
            return Ruling.Refuse("exercise-apart", "An exercise and a real crisis are never mixed.");
        }

        if (state.OpenAlerts.Any())
        {
            return Ruling.Refuse("alerts-cancelled", $"Cancel {string.Join(", ", state.OpenAlerts.Select(a => a.Chain))} first; the other crisis alerts by itself.", "cancel-alert");
        }

        return LeverGuard.Ended(state) ?? (state.Roles.Any(r => r.Role != CommandRole.IncidentCommander)
            ? Ruling.Refuse("roles-released", "Release every role but the commander's first, so that everybody knows.", "release-role")
            : Ruling.Accept(new CrisisMerged(command.Into)));
    }

    public static IEnumerable<MergeCrisis> Samples(Crisis state, DecisionContext context) =>
        state.Stage == CrisisState.None ? [new("CR-2027-0008")] : context.Streams.Keys.Order(StringComparer.Ordinal).Select(key => new MergeCrisis(key));

    public static Candidates? ChoosesFrom(Crisis state, Caller caller) =>
        new Candidates.Linkable(
            "CR", state.Exercise, [state.Key], [.. Enum.GetNames<CrisisState>().Except([nameof(CrisisState.Proposed), nameof(CrisisState.Active), nameof(CrisisState.Stabilizing)])]);
}

public sealed record CrisisMerged(string Into) : ICrisisEvent
{
    public Crisis Apply(Crisis state, Stamp stamp) => state.Over(CrisisState.Merged, stamp) with { MergedInto = Into };

    public Entry Say(Crisis before, Crisis after, Stamp stamp) =>
        new Entry(EntryKind.StateChange, $"Merged into {Into}").ToCrossFunctional().ToExecutive($"Merged into {Into}");
}

internal static class Ending
{
    /// <summary>The crisis is over without a review: nothing of it is due any more.</summary>
    public static Crisis Over(this Crisis state, CrisisState stage, Stamp stamp) => state with
    {
        Stage = stage,
        Roles = [],
        NextSitRepDue = null,
        MissedSitReps = [],
        PromisedUpdate = null,
        EndedAt = stamp.RecordedAt,
    };
}
