using System.Diagnostics.CodeAnalysis;
using CrisisOps.Server.Hosting;

namespace CrisisOps.Server.Enforcement;

/// <summary>The section <c>Enforcement</c> of the configuration: the platform's own system that carries out what is decided. Without a <see cref="Url"/> no order goes out.</summary>
public sealed record EnforcementSettings
{
    private const string Prefix = "whsec_";

    /// <summary>Where orders go: an absolute <c>https</c> or <c>http</c> URL, in whatever network the operator has it.</summary>
    public string? Url { get; init; }

    /// <summary>Signs our orders: <c>whsec_</c> and base64 of 24 to 64 bytes.</summary>
    public string? Secret { get; init; }

    /// <summary>Signs what comes back, in the same shape; absent means that <see cref="Secret"/> does.</summary>
    public string? ConfirmationSecret { get; init; }

    [MemberNotNullWhen(true, nameof(Url))]
    public bool Configured => Url is { Length: > 0 };

    /// <summary>Strictly: a name that is none, or a value that no order can be sent with, stops the server at its start.</summary>
    public static EnforcementSettings Read(IConfigurationSection section) => StrictSettings.Read<EnforcementSettings>(section).Checked();

    /// <summary>These settings, if orders can be sent with them.</summary>
    /// <exception cref="InvalidOperationException">They can not; the message names the setting, never its value.</exception>
    public EnforcementSettings Checked() => Fault is null ? this : throw new InvalidOperationException(Fault);

    /// <summary>Where orders go, when they do.</summary>
    public Uri? Place() => Configured && Uri.TryCreate(Url, UriKind.Absolute, out var url) ? url : null;

    /// <summary>The bytes that sign our orders.</summary>
    public byte[] Key() => Bytes(Secret) ?? throw new InvalidOperationException("Without Enforcement:Secret nothing is signed.");

    /// <summary>The bytes that sign what comes back; null when nothing is configured, and nothing is believed.</summary>
    public byte[]? ConfirmationKey() => Configured ? Bytes(ConfirmationSecret ?? Secret) : null;

    /// <summary>Never a secret, and of the address no more than the host.</summary>
    public override string ToString() => $"{nameof(EnforcementSettings)} {{ {Place()?.Authority ?? "no orders"} }}";

    private string? Fault => this switch
    {
        { Configured: false, Secret: null, ConfirmationSecret: null } => null,
        { Configured: false } => "Enforcement:Url is missing: a secret alone sends nothing.",
        _ when Place() is not { } url || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp) => "Enforcement:Url must be an absolute URL that begins with https:// or http://.",
        _ when Place() is { UserInfo.Length: > 0 } or { Fragment.Length: > 0 } => "Enforcement:Url must have no user name, password or fragment: orders are signed instead.",
        { Secret: null } => "Enforcement:Secret is missing: orders are signed.",
        _ when Bytes(Secret) is null => $"Enforcement:Secret must be {Prefix} and base64 of 24 to 64 bytes.",
        { ConfirmationSecret: not null } when Bytes(ConfirmationSecret) is null => $"Enforcement:ConfirmationSecret must be {Prefix} and base64 of 24 to 64 bytes.",
        _ => null,
    };

    private static byte[]? Bytes(string? secret)
    {
        if (secret?.StartsWith(Prefix, StringComparison.Ordinal) != true)
        {
            return null;
        }

        var bytes = new byte[secret.Length];
        return Convert.TryFromBase64String(secret[Prefix.Length..], bytes, out var length) && length is >= 24 and <= 64 ? bytes[..length] : null;
    }
}
