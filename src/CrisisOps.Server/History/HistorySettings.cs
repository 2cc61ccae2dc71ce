using CrisisOps.Server.Hosting;

namespace CrisisOps.Server.History;

/// <summary>The section <c>History</c> of the configuration.</summary>
public sealed record HistorySettings
{
    /// <summary>How often a head is signed at most; none is when nothing has happened.</summary>
    public TimeSpan HeadEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The Ed25519 key that signs: 32 bytes in base64, a PKCS #8 private key in PEM, or the path of a file with one of them.</summary>
    public string? SigningKey { get; init; }

    /// <summary>Where signed heads are kept outside of the database.</summary>
    public AnchorSettings[] Anchors { get; init; } = [];

    /// <summary>Strictly: a name that is none, or a value that nothing can be done with, stops the server at its start.</summary>
    public static HistorySettings Read(IConfigurationSection section) => StrictSettings.Read<HistorySettings>(section).Checked();

    /// <summary>Never the key.</summary>
    public override string ToString() => $"{nameof(HistorySettings)} {{ {HeadEvery}, {Anchors.Length} anchors }}";

    private HistorySettings Checked() =>
        HeadEvery < TimeSpan.FromSeconds(1) ? throw new InvalidOperationException("History:HeadEvery must be a second at least.")
        : Anchors.Select((anchor, i) => anchor.Fault($"History:Anchors:{i}")).FirstOrDefault(fault => fault is not null) is { } wrong ? throw new InvalidOperationException(wrong)
        : this;
}

/// <summary>One anchor: a file, or a webhook.</summary>
public sealed record AnchorSettings
{
    private const string Prefix = "whsec_";

    /// <summary>The path of a file on this node; heads are appended to it, one on a line.</summary>
    public string? File { get; init; }

    /// <summary>An absolute <c>https</c> or <c>http</c> URL, in whatever network the operator has it.</summary>
    public string? Webhook { get; init; }

    /// <summary>Signs what goes to the webhook: <c>whsec_</c> and base64 of 24 to 64 bytes.</summary>
    public string? Secret { get; init; }

    public Uri Place() => new(Webhook!, UriKind.Absolute);

    public byte[] Key() => Bytes()!;

    /// <summary>Never the secret.</summary>
    public override string ToString() => File ?? Webhook ?? "";

    /// <summary>What is wrong with it, naming the setting and never its value; null when nothing is.</summary>
    internal string? Fault(string name) => this switch
    {
        { File.Length: > 0, Webhook: null, Secret: null } => null,
        { File.Length: > 0 } => $"{name} has a file, so it needs no webhook and no secret.",
        { Webhook: null or "" } => $"{name} needs a File or a Webhook.",
        _ when !Uri.TryCreate(Webhook, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp) || url.UserInfo.Length > 0 || url.Fragment.Length > 0 =>
            $"{name}:Webhook must be an absolute URL that begins with https:// or http://, without a user name, password or fragment.",
        _ when Bytes() is null => $"{name}:Secret must be {Prefix} and base64 of 24 to 64 bytes.",
        _ => null,
    };

    private byte[]? Bytes()
    {
        if (Secret?.StartsWith(Prefix, StringComparison.Ordinal) != true)
        {
            return null;
        }

        var bytes = new byte[Secret.Length];
        return Convert.TryFromBase64String(Secret[Prefix.Length..], bytes, out var length) && length is >= 24 and <= 64 ? bytes[..length] : null;
    }
}
