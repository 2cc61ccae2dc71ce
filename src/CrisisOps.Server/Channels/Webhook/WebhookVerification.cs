using System.Globalization;
using System.Security.Cryptography;

namespace CrisisOps.Server.Channels.Webhook;

/// <summary>The other side of <see cref="WebhookSignature"/>: whether what came in was signed with a secret that we share.</summary>
public static class WebhookVerification
{
    /// <summary>How far the clock of the other side may be from ours, either way: what somebody recorded can not be sent again later.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private const int LongestId = 255;
    private const string Version = "v1,";

    /// <summary>The headers of a request, each once and with something in it; null when one is missing.</summary>
    public static WebhookHeaders? Headers(IHeaderDictionary headers) =>
        headers["webhook-id"] is [{ Length: > 0 and <= LongestId } id] && headers["webhook-timestamp"] is [{ Length: > 0 } timestamp] && headers["webhook-signature"] is [{ Length: > 0 } signatures]
        && !id.Any(char.IsControl)
            ? new WebhookHeaders(id, timestamp, signatures)
            : null;

    /// <summary>True when one of the signatures fits one of the secrets, and the timestamp our clock.</summary>
    /// <param name="body">The bytes as they came.</param>
    /// <param name="secrets">Those in force; without one nothing is true.</param>
    /// <param name="now">By the clock of this machine, as for a token: the other side knows nothing of a store's shifted clock. Null is now.</param>
    public static bool Verified(WebhookHeaders headers, ReadOnlySpan<byte> body, IReadOnlyCollection<byte[]> secrets, DateTimeOffset? now = null)
    {
        // Digits only, as many as a second of our time has: no sign, no spaces, no overflow.
        if (headers.Timestamp.Length > 11 || !long.TryParse(headers.Timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return false;
        }

        var timestamp = DateTimeOffset.FromUnixTimeSeconds(seconds);
        if (((now ?? TimeProvider.System.GetUtcNow()) - timestamp).Duration() > Tolerance)
        {
            return false;
        }

        var signed = WebhookSignature.Signed(headers.Id, timestamp, body);
        byte[][] wanted = [.. secrets.Select(secret => HMACSHA256.HashData(secret, signed))];
        var fits = false;
        foreach (var signature in headers.Signatures.Split(' '))
        {
            var given = new byte[HMACSHA256.HashSizeInBytes];
            if (signature.StartsWith(Version, StringComparison.Ordinal) && Convert.TryFromBase64String(signature[Version.Length..], given, out var length) && length == given.Length)
            {
                foreach (var right in wanted)
                {
                    fits |= CryptographicOperations.FixedTimeEquals(given, right);
                }
            }
        }

        return fits;
    }
}

/// <summary>The headers of Standard Webhooks 1.0.0, as they came.</summary>
/// <param name="Id">The same when the sender tries again.</param>
/// <param name="Timestamp">Of the attempt, in seconds since 1970.</param>
/// <param name="Signatures">One or several, separated by spaces.</param>
public sealed record WebhookHeaders(string Id, string Timestamp, string Signatures);
