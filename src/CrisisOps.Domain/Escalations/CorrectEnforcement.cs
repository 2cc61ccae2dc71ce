using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Escalations;

/// <summary>Corrects what was recorded of an action: it was done after all, was not, or at another time (domain §9.1). The old record stays in history.</summary>
/// <param name="ActionId">The id of the action, for example <c>DEC-2027-000101-1/2</c>.</param>
/// <param name="At">When it happened in the world; absent keeps the recorded instant.</param>
public sealed record CorrectEnforcement(string ActionId, bool Done, string Reason, string? ExternalRef = null, DateTimeOffset? At = null)
    : Command, IEscalationCommand<CorrectEnforcement>
{
    public static CommandRule<Escalation> Rule { get; } =
        Givers.Rule("correct-enforcement", Givers.Specialists, EscalationState.Decided, EscalationState.Resolved);

    public static Ruling Decide(CorrectEnforcement command, Escalation state, DecisionContext context)
    {
        if (state.Decision?.Results.FirstOrDefault(r => r.ActionId == command.ActionId) is not { } recorded)
        {
            return Ruling.Refuse("action-recorded", $"Nothing is recorded of an action '{command.ActionId}'.", "record-enforcement");
        }

        return command.At > context.Now
            ? Ruling.Refuse("happened-already", $"{recorded.Action} can not have happened in the future.")
            : Ruling.Accept(new EnforcementCorrected(
                new EnforcementResult(recorded.ActionId, recorded.Action, command.Done, command.ExternalRef ?? recorded.ExternalRef, command.At ?? recorded.At),
                command.Reason));
    }

    public static IEnumerable<CorrectEnforcement> Samples(Escalation state, DecisionContext context) =>
        state.Decision is null
            ? [new("DEC-2027-000101-1/1", false, "one re-upload is still up")]
            : state.Decision.Results.Select(r => new CorrectEnforcement(r.ActionId, !r.Done, r.Done ? "one re-upload is still up" : "it is down after all"));
}

public sealed record EnforcementCorrected(EnforcementResult Result, string Reason) : IEscalationEvent
{
    public Escalation Apply(Escalation state, Stamp stamp) => state.WithResults([Result], stamp);

    public Entry Tell(Escalation before, Escalation after, Stamp stamp)
    {
        var entry = new Entry(
            EntryKind.Correction, $"{Result.ActionId} {Result.Action}: {(Result.Done ? "done" : "not done")}, corrected", $"{Reason}; at {Result.At:yyyy-MM-dd HH:mm:ss}Z").LearnedLate(before, after);
        return Result.Action == EnforcementAction.ReferToLawEnforcement
            ? entry
            : entry.ToCrossFunctional($"{Result.Action}: {(Result.Done ? "done" : "not done")}, corrected");
    }
}
