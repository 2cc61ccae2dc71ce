using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CrisisOps.Server.Channels.Webhook;

/// <summary>Signatures of Standard Webhooks 1.0.0: HMAC-SHA256 over <c>id.timestamp.body</c>, over the very bytes that are sent.</summary>
public static class WebhookSignature
{
    /// <summary>The header: one signature for each secret in force, so that a receiver can change to the new one in its own time.</summary>
    /// <param name="timestamp">Of this attempt; whole seconds count.</param>
    public static string Header(string messageId, DateTimeOffset timestamp, ReadOnlySpan<byte> body, IEnumerable<byte[]> secrets)
    {
        var signed = Signed(messageId, timestamp, body);
        return string.Join(' ', secrets.Select(secret => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(secret, signed))}"));
    }

    /// <summary>What is signed.</summary>
    internal static byte[] Signed(string messageId, DateTimeOffset timestamp, ReadOnlySpan<byte> body)
    {
        var head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{messageId}.{timestamp.ToUnixTimeSeconds()}."));
        var signed = new byte[head.Length + body.Length];
        head.CopyTo(signed, 0);
        body.CopyTo(signed.AsSpan(head.Length));
        return signed;
    }
}
