using System.Globalization;
using System.Text;

namespace CrisisOps.Proof;

/// <summary>What the tree was at an instant, as somebody signs it: how many events, the root over them, and the root over where each stream stands.</summary>
/// <param name="At">In UTC to the microsecond.</param>
public sealed record TreeHead(long Size, Digest Root, Digest Tips, string At, string KeyId)
{
    public const string InstantFormat = "yyyy-MM-ddTHH:mm:ss.ffffffZ";

    /// <summary>Of an instant in that form.</summary>
    public const int InstantLength = 27;

    /// <summary>The bytes that are signed.</summary>
    public byte[] ToSign() => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"crisisops/head/1\n{Size}\n{Root}\n{Tips}\n{At}\n{KeyId}\n"));

    public SignedHead Sign(SigningKey key) => new(Size, Root, Tips, At, KeyId, Convert.ToHexStringLower(key.Sign(ToSign())));
}

/// <summary>A head with its signature; written and compared as it stands in bundles, anchors and answers.</summary>
/// <param name="Signature">Ed25519, in hexadecimal digits.</param>
public sealed record SignedHead(long Size, Digest Root, Digest Tips, string At, string KeyId, string Signature)
{
    /// <summary>Whether one of these keys has signed it.</summary>
    public bool SignedBy(PublicKeys keys) => keys.Verify(KeyId, new TreeHead(Size, Root, Tips, At, KeyId).ToSign(), Signature);
}
