using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>
/// Takes a case out of the one it was merged into, back to the stage it had. Its clocks run again and are due when they were;
/// what was posted meanwhile stays where it was posted (domain §2.1). A duty lead's word (§9.6).
/// </summary>
public sealed record Unmerge(string Reason) : Command, IEscalationCommand<Unmerge>
{
    public static CommandRule<Escalation> Rule { get; } = Givers.Rule("unmerge", Givers.Leads, EscalationState.Merged);

    public static Ruling Decide(Unmerge command, Escalation state, DecisionContext context) =>
        Ruling.Accept(new EscalationUnmerged(state.MergedInto ?? "", command.Reason));

    public static IEnumerable<Unmerge> Samples(Escalation state, DecisionContext context) => [new("a different attack in the same town")];
}

/// <param name="From">The case it was merged into.</param>
public sealed record EscalationUnmerged(string From, string Reason) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp)
    {
        var clocks = state.Clocks.Restart(state.ClocksStoppedByMerge);

        // A question to the requester may have ended while the clocks stood stopped: then nothing else lets them run.
        clocks = state.OpenConsults.Any(c => c.External) ? clocks : clocks.Resume(stamp.RecordedAt);
        return state with
        {
            Stage = state.StageBeforeMerge,
            StageBeforeMerge = EscalationState.None,
            MergedInto = null,
            ClocksStoppedByMerge = [],
            Clocks = clocks,
            NextUpdateDue = clocks.Find(ClockKind.Update)?.DueAt,
        };
    }

    public Entry Tell(Escalation before, Escalation after, Stamp stamp) =>
        new Entry(EntryKind.StateChange, $"Taken out of {From} again, {after.Stage}", Reason).ToCrossFunctional().ToExecutive("A case of its own again");
}
