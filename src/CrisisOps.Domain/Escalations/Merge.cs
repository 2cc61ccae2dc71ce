using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>
/// Folds this case into another open one. Its service-level clocks stop; the requester's own stays, and a running legal clock
/// forbids the merge (domain §2.1, §9.2). The other case is not written: its reports are counted where they are read.
/// </summary>
/// <param name="Into">The key of the case that goes on.</param>
public sealed record Merge(string Into) : Command, IEscalationCommand<Merge>, INamesStreams
{
    public static CommandRule<Escalation> Rule { get; } = Givers.Rule(
        "merge", Givers.Specialists, EscalationState.Received, EscalationState.Triaged, EscalationState.Assigned, EscalationState.Investigating);

    public IEnumerable<string> Streams() => Into is null ? [] : [Into];

    public static Ruling Decide(Merge command, Escalation state, DecisionContext context)
    {
        if (command.Into == context.Key || command.Into == state.Key)
        {
            return Ruling.Refuse("not-itself", "A case is not merged into itself.");
        }

        if (state.LegalObligation() is { } owed)
        {
            return Ruling.Refuse(
                "no-running-legal-clock", $"{owed.ClockId} is due {owed.DueAt:yyyy-MM-dd HH:mm}Z and is never merged away; meet it first, or Legal voids the order.", "void-legal-order");
        }

        if (command.Into is null || context.Streams.GetValueOrDefault(command.Into) is not Escalation { Stage: not EscalationState.None } target)
        {
            return Ruling.Refuse("target-exists", $"There is no escalation '{command.Into}'.");
        }

        if (!target.Open)
        {
            // An open case is merged nowhere, so merging into open cases only can not close a circle.
            return Ruling.Refuse(
                "target-open", target.MergedInto is { } next ? $"{command.Into} was itself merged into {next}; merge into that one." : $"{command.Into} is {target.State}; only an open case takes another in.");
        }

        if (target.Exercise != state.Exercise)
        {
            return Ruling.Refuse("exercise-apart", "An exercise and a real case are never mixed.");
        }

        return state.Clocks.Find(ClockKind.ThreatToLifeReferral) is not null && !target.Has(Flag.ThreatToLife)
            ? Ruling.Refuse(
                "threat-to-life-carried", $"The referral of this threat to life is still to be decided, and {command.Into} does not carry the mark.", "refer-to-law-enforcement", "decline-referral")
            : Ruling.Accept(new EscalationMerged(command.Into, state.ReportCount));
    }

    public static IEnumerable<Merge> Samples(Escalation state, DecisionContext context) =>
        state.Stage == EscalationState.None ? [new("ESC-2027-000099")] : context.Streams.Keys.Order(StringComparer.Ordinal).Select(key => new Merge(key));

    public static Candidates? ChoosesFrom(Escalation state, Caller caller) => state.LegalObligation() is null ? new Candidates.MergeTargets() : null;
}

/// <param name="ReportCount">How many reports it carries over.</param>
public sealed record EscalationMerged(string Into, int ReportCount) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state with
    {
        Stage = EscalationState.Merged,
        StageBeforeMerge = state.Stage,
        MergedInto = Into,
        ClocksStoppedByMerge = [.. state.Clocks.Where(Stops).Select(c => c.ClockId)],
        Clocks = state.Clocks.Stop(Stops, stamp.RecordedAt),
        NextUpdateDue = null,
        Snooze = null,
    };

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.StateChange, $"Merged into {Into}", ReportCount > 1 ? $"{ReportCount} reports carried over" : null)
            .ToCrossFunctional()
            .ToExecutive("Merged into another case");

    /// <summary>The first response belongs to the requester: a merge does not stop it.</summary>
    private static bool Stops(Clock clock) => clock is { Running: true, Legal: false, Kind: not ClockKind.FirstResponse };
}
