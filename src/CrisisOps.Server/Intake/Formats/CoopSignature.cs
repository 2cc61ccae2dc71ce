using System.Security.Cryptography;

namespace CrisisOps.Server.Intake.Formats;

/// <summary>How Coop signs its callbacks: RSASSA-PKCS1-v1_5 with SHA-256 over the body as it came, in base64 (domain §6.4).</summary>
public static class CoopSignature
{
    public const string Header = "Coop-Signature";

    private const int ShortestKey = 2048;
    private const int LongestKey = 8192;

    /// <summary>False for whatever is no such signature, or no such key; never throws.</summary>
    /// <param name="pem">The public key, as registered with the source.</param>
    public static bool Verify(ReadOnlySpan<byte> body, string header, string pem)
    {
        // The longest key makes the longest signature: in base64, four thirds of its bytes.
        if (header.Length > LongestKey / 8 * 2)
        {
            return false;
        }

        try
        {
            using var key = RSA.Create();
            key.ImportFromPem(pem);
            return key.KeySize is >= ShortestKey and <= LongestKey
                && key.VerifyData(body, Convert.FromBase64String(header.Trim()), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or FormatException or CryptographicException)
        {
            return false;
        }
    }
}
