using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Tests.Escalations;

internal static class Contexts
{
    /// <summary>What a decision would know now.</summary>
    public static DecisionContext Of(Case at, Caller? by = null) => new() { Now = at.Now, Caller = by ?? Case.Specialist, Key = Case.Key };
}
