using CrisisOps.Server.Hosting;

namespace CrisisOps.Server.Intake.Mail;

/// <summary>How the connection to a mailbox is kept secret.</summary>
public enum MailboxTls
{
    /// <summary>Begins in the clear and goes on encrypted, or not at all.</summary>
    StartTls,

    /// <summary>Encrypted from the first byte.</summary>
    Implicit,

    /// <summary>In the clear: only to a server on this machine.</summary>
    None,
}

/// <summary>A mailbox that is read over IMAP; what comes there is of one source. One of the list <c>Intake:Mailboxes</c> of the configuration.</summary>
public sealed record MailboxSettings
{
    /// <summary>Key of the source, for example <c>SRC-001</c>.</summary>
    public string Source { get; init; } = "";
    public string Host { get; init; } = "";

    /// <summary>Absent means what <see cref="Tls"/> is usually spoken on: 993 for Implicit, or else 143.</summary>
    public int? Port { get; init; }

    public MailboxTls Tls { get; init; } = MailboxTls.Implicit;
    public string User { get; init; } = "";

    /// <summary>Instead of <see cref="PasswordFile"/>.</summary>
    public string? Password { get; init; }

    /// <summary>Where the password stands alone; read anew for each connection, so that it can be changed.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>Which folder is read.</summary>
    public string Folder { get; init; } = "INBOX";

    /// <summary>
    /// The folder into which mails are moved once they are stored; every mail of <see cref="Folder"/> is then taken, also one that somebody has opened.
    /// Absent means that they stay and are marked as seen, and only unseen ones are taken.
    /// </summary>
    public string? Processed { get; init; }

    public int PortInUse => Port ?? (Tls == MailboxTls.Implicit ? 993 : 143);

    /// <summary>These settings, if a mailbox can be read with them.</summary>
    public MailboxSettings Checked() => Fault is null ? this : throw new InvalidOperationException($"Intake:Mailboxes: {Fault}");

    /// <summary>Never the password, nor whose mailbox it is.</summary>
    public override string ToString() => $"{nameof(MailboxSettings)} {{ {Source}, {Host}:{PortInUse}, {Tls} }}";

    private string? Fault => this switch
    {
        _ when !Source.StartsWith("SRC-", StringComparison.Ordinal) => "Source is the key of the source, such as SRC-001.",
        { Host: "" } => "Host is missing.",
        { PortInUse: < 1 or > 65_535 } => "Port must be from 1 to 65535.",
        { Tls: MailboxTls.None } when !LoopbackHost.Is(Host) => "Tls None is for a mail server on this machine only; take Implicit or StartTls.",
        { User: "" } => "User is missing.",
        { Password: null, PasswordFile: null } or { Password: not null, PasswordFile: not null } => "Say either Password or PasswordFile.",
        { Folder: "" } or { Processed: "" } => "A folder has a name.",
        _ when Folder == Processed => "Processed is another folder than the one that is read.",
        _ => null,
    };
}
