using System.Collections.Immutable;

namespace CrisisOps.Domain.Shared;

/// <summary>
/// What the samples of a command choose from beside the state: the server looks for a few that the guard would take, and puts
/// them into the context. If the guard takes any at all, there must be one among what is sought here.
/// </summary>
public abstract record Candidates
{
    /// <summary>How many the server looks for at most.</summary>
    public const int Most = 20;

    /// <summary>People whom the directory knows, whoever is on shift longest first; found in <see cref="DecisionContext.People"/>.</summary>
    /// <param name="Cleared">Cleared at least for this.</param>
    /// <param name="Except">Those who would be refused, or need not be looked for.</param>
    public sealed record Colleagues(Tlp Cleared, ImmutableArray<string> Except) : Candidates;

    /// <summary>
    /// The newest entry of the own timeline but the raise that was not corrected or redacted; found in <see cref="DecisionContext.Entry"/>.
    /// </summary>
    /// <param name="OfOthers">The most secret entry of somebody else that would do; null means only the caller's own do.</param>
    /// <param name="Kinds">Types of events; empty means all but <paramref name="Except"/>.</param>
    /// <param name="Except">Types of events that would be refused.</param>
    public sealed record NewestEntry(Tlp? OfOthers, ImmutableArray<string> Kinds, ImmutableArray<string> Except) : Candidates;

    /// <summary>Open streams that could take this one in; found in <see cref="DecisionContext.Streams"/>.</summary>
    public sealed record MergeTargets : Candidates;
}
