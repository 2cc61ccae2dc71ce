using CrisisOps.Server.Hosting;
using CrisisOps.Server.Intake.Mail;

namespace CrisisOps.Server.Intake;

/// <summary>The section <c>Intake</c> of the configuration.</summary>
public sealed record IntakeSettings
{
    /// <summary>Alerts taken to the end together. Larger is faster for a flood, and keeps the other sources waiting longer for their commits.</summary>
    public int Chunk { get; init; } = 1000;

    /// <summary>Alerts of one source that may wait on this node; more are answered 429. One request is taken whatever its size while none waits.</summary>
    public int WaitingLimit { get; init; } = 20_000;

    /// <summary>Bytes of bodies that are read at the same time on this node; a request beyond it is answered 503.</summary>
    public long BodyBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>Mailboxes that are read; none as a rule.</summary>
    public IReadOnlyList<MailboxSettings> Mailboxes { get; init; } = [];

    /// <summary>Strictly: a name that is none, or a value that no server can run with, stops it at its start.</summary>
    public static IntakeSettings Read(IConfigurationSection section) => StrictSettings.Read<IntakeSettings>(section).Checked();

    private IntakeSettings Checked() => Mailboxes.All(m => m.Checked() is not null) && Chunk is >= 1 and <= 10_000 && WaitingLimit >= 1 && BodyBytes >= 1024 * 1024
        ? this
        : throw new InvalidOperationException("Intake:Chunk is 1 to 10,000, Intake:WaitingLimit at least 1, Intake:BodyBytes at least 1 MB.");
}
