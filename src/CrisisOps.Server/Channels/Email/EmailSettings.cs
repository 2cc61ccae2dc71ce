using System.Diagnostics.CodeAnalysis;
using CrisisOps.Server.Hosting;

namespace CrisisOps.Server.Channels.Email;

/// <summary>How the connection to the mail server is kept secret.</summary>
public enum EmailSecurity
{
    /// <summary>Begins in the clear and goes on encrypted, or not at all.</summary>
    StartTls,

    /// <summary>Encrypted from the first byte.</summary>
    SslOnConnect,

    /// <summary>In the clear: only to a server on this machine.</summary>
    None,
}

/// <summary>The section <c>Email</c> of the configuration: the mail server that takes our mail. Without a <see cref="Host"/> no mail is sent.</summary>
public sealed record EmailSettings
{
    public string? Host { get; init; }

    /// <summary>Absent means what <see cref="Security"/> is usually spoken on: 587, 465 or 25.</summary>
    public int? Port { get; init; }

    public EmailSecurity Security { get; init; } = EmailSecurity.StartTls;

    /// <summary>Absent means that the server takes our mail without a password.</summary>
    public string? User { get; init; }
    public string? Password { get; init; }

    /// <summary>The address that our mail comes from, and that the mail server knows.</summary>
    public string? From { get; init; }
    public string? FromName { get; init; }

    /// <summary>For one attempt as a whole, from the connection to the answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Where somebody asks for no more of it: <c>https:</c> or <c>mailto:</c>, for the header List-Unsubscribe.</summary>
    public Uri? UnsubscribeUrl { get; init; }

    [MemberNotNullWhen(true, nameof(Host))]
    public bool Configured => Host is { Length: > 0 };

    public int PortInUse => Port ?? Security switch { EmailSecurity.SslOnConnect => 465, EmailSecurity.None => 25, _ => 587 };

    /// <summary>Strictly: a name that is none, or a value that no mail can be sent with, stops the server at its start.</summary>
    public static EmailSettings Read(IConfigurationSection section) => StrictSettings.Read<EmailSettings>(section).Checked();

    /// <summary>These settings, if mail can be sent with them.</summary>
    public EmailSettings Checked() => !Configured || Fault is null ? this : throw new InvalidOperationException(Fault);

    /// <summary>Never the password.</summary>
    public override string ToString() => $"{nameof(EmailSettings)} {{ {Host}:{PortInUse}, {Security} }}";

    private string? Fault => this switch
    {
        { From: null } => "Email:From is missing: mail comes from somebody.",
        _ when !EmailAddress.TryRead(From, out _) => "Email:From is no e-mail address.",
        { PortInUse: < 1 or > 65_535 } => "Email:Port must be from 1 to 65535.",
        { Security: EmailSecurity.None } when !LoopbackHost.Is(Host) => "Email:Security None is for a mail server on this machine only; take StartTls or SslOnConnect.",
        { User: null, Password: not null } or { User: not null, Password: null } => "Email:User and Email:Password come together.",
        { Timeout: var timeout } when timeout <= TimeSpan.Zero || timeout > TimeSpan.FromHours(1) => "Email:Timeout must be more than nothing and at most an hour.",
        { UnsubscribeUrl: { } url } when !url.IsAbsoluteUri || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeMailto) => "Email:UnsubscribeUrl begins with https: or mailto:.",
        _ => null,
    };
}
