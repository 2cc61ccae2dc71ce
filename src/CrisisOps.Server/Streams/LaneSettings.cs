using CrisisOps.Server.Hosting;

namespace CrisisOps.Server.Streams;

/// <summary>The section <c>Lanes</c> of the configuration.</summary>
public sealed record LaneSettings
{
    /// <summary>Commands that one lane takes, waiting or under way; one more is answered 503.</summary>
    public int WaitingLimit { get; init; } = 2048;

    /// <summary>Strictly: a name that is none, or a value that no server can run with, stops it at its start.</summary>
    public static LaneSettings Read(IConfigurationSection section) => StrictSettings.Read<LaneSettings>(section).Checked();

    private LaneSettings Checked() => WaitingLimit >= 1
        ? this
        : throw new InvalidOperationException("Lanes:WaitingLimit must be at least 1: a lane that takes no command answers every one with 503.");
}
