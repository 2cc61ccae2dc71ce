using System.Security.Cryptography;
using System.Text;

namespace CrisisOps.Server.Intake;

/// <summary>The key of a source: 32 characters of a to z and 0 to 9, as clients of PagerDuty take them. They hold 165 bits, so its plain SHA-256 tells nobody the key.</summary>
internal static class ApiKey
{
    public const int Length = 32;

    public static string Make() => RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", Length);

    /// <summary>Lower-case hexadecimal.</summary>
    public static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
