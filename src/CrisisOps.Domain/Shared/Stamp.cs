namespace CrisisOps.Domain.Shared;

/// <summary>The envelope of an event as the fold sees it.</summary>
/// <param name="OccurredAt">When it happened in the world.</param>
/// <param name="RecordedAt">When we learned of it; never backwards within a stream.</param>
public sealed record Stamp(long Version, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, string Actor, ActorType ActorType, Role Role);

/// <summary>An event of a stream: folds itself and tells itself. Adding one edits no list.</summary>
public interface IStreamEvent<TState>
{
    TState Apply(TState state, Stamp stamp);

    /// <summary>What the timeline says of it; null for an event that stands on no timeline.</summary>
    Entry? Tell(TState before, TState after, Stamp stamp);
}
