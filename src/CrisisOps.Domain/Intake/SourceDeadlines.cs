using CrisisOps.Domain.Shared;

namespace CrisisOps.Domain.Intake;

/// <summary>Clocks of a source.</summary>
public static class SourceDeadlines
{
    /// <summary>The end of an occurrence of a maintenance window.</summary>
    public const string MaintenanceEnd = "MaintenanceEnd";

    /// <summary>By when a source that promised heartbeats has to be heard of.</summary>
    public const string HeartbeatDue = "HeartbeatDue";

    /// <summary>The fact that tells when a source was last heard of.</summary>
    public const string HeardFact = "source-heard";

    /// <summary>A use is written within a second or two; nobody is woken for a source that was in time.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    internal static IEnumerable<Deadline> Of(AlertSource source)
    {
        foreach (var window in source.Open ? source.Maintenance : [])
        {
            if (window.Next is { } next)
            {
                yield return new Deadline(MaintenanceEnd, window.WindowId, window.Ended + 1, next.To);
            }
        }

        if (HeartbeatDueAt(source) is { } due)
        {
            yield return new Deadline(HeartbeatDue, "", source.HeartbeatAims, due) { Missed = source.SilentSince is not null };
        }
    }

    /// <summary>Null while nothing is expected of it.</summary>
    internal static DateTimeOffset? HeartbeatDueAt(AlertSource source) =>
        source is { Stage: SourceState.Active, HeartbeatEvery: { } every, HeardAt: { } heard } ? heard + every + Grace : null;
}
