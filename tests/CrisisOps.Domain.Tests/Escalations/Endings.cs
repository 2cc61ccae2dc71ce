using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Tests.Escalations;

/// <summary>Cases that have ended.</summary>
internal static class Endings
{
    /// <summary>A SEV2 without a violation, resolved at the instant it was raised.</summary>
    /// <param name="before">What happens before the decision.</param>
    public static Case Resolved(Func<Case, Case>? before = null)
    {
        var started = Investigations.Started(Severity.SEV2);
        return (before is null ? started : before(started))
            .When(new ProposeDecision(Verdict.NoViolation, "Community Rules s.3", "satire", EvidenceRefs: ["EVD-1"])).ShouldBeAccepted()
            .When(new ApproveDecision(), Case.DutyLead).ShouldBeAccepted()
            .When(new Resolve(Outcome.NoViolation)).ShouldBeAccepted();
    }
}
