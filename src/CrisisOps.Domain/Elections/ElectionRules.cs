namespace CrisisOps.Domain.Elections;

/// <summary>Limits of an election event; our own defaults [P], an operator may configure others.</summary>
public sealed record ElectionRules
{
    public static readonly ElectionRules Default = new();

    /// <summary>The longest a measure may be on: an electoral period with its recounts, and nothing that stays for good.</summary>
    public TimeSpan MeasureLimit { get; init; } = TimeSpan.FromDays(90);

    /// <summary>The longest an operations center is planned ahead; it is extended by planning it anew (domain §2.3, time-boxed).</summary>
    public TimeSpan OperationsCenterLimit { get; init; } = TimeSpan.FromDays(30);

    /// <summary>A phase entered by hand this close to its scheduled time is on time, and needs no reason.</summary>
    public TimeSpan OnTime { get; init; } = TimeSpan.FromMinutes(1);
}
