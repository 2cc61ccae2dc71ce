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

    /// <summary>The newest stream of another kind that could be linked or taken in; found in <see cref="DecisionContext.Streams"/>.</summary>
    /// <param name="Kind">The first part of its key, for example <c>ESC</c>.</param>
    /// <param name="Except">Those that would be refused.</param>
    /// <param name="States">States in which it would be refused.</param>
    /// <param name="ReviewKey">The review it must have come of; null means any or none.</param>
    public sealed record Linkable(string Kind, bool Exercise, ImmutableArray<string> Except, ImmutableArray<string> States, string? ReviewKey = null) : Candidates;

    /// <summary>The streams of these keys; found in <see cref="DecisionContext.Streams"/>.</summary>
    public sealed record Named(ImmutableArray<string> Keys) : Candidates;
}
