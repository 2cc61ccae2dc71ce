using System.Text;
using CrisisOps.Server.Channels.Webhook;
using CrisisOps.Server.Intake.Formats;

namespace CrisisOps.Server.Intake;

/// <summary>
/// Proves who sends. A key stands in <c>Authorization: Bearer</c>, as the password of <c>Authorization: Basic</c>, in <c>X-API-Key</c>, or where its
/// format puts it. A signed request names its source in <c>?source=</c> and carries a signature of Standard Webhooks, or Coop's.
/// </summary>
public sealed class SourceProof(SourceBook book, SigningSecrets secrets, TimeProvider clock)
{
    /// <summary>The key in the headers; null when there is none.</summary>
    public static string? KeyIn(IHeaderDictionary headers)
    {
        var authorization = headers.Authorization.ToString();
        if (authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return authorization["Bearer ".Length..].Trim();
        }

        if (authorization.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            var bytes = new byte[authorization.Length];
            return Convert.TryFromBase64String(authorization["Basic ".Length..].Trim(), bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2)[^1] : "";
        }

        return headers["X-API-Key"] is [{ } key] ? key : null;
    }

    /// <summary>Whether the request says that it is signed: then no key is asked for.</summary>
    public static bool IsSigned(HttpRequest request) => request.Headers.ContainsKey("webhook-signature") || request.Headers.ContainsKey(CoopSignature.Header);

    /// <summary>Whose key it is, also when it has ended; null when it is nobody's.</summary>
    public ValueTask<KnownSource?> ByKey(string key, CancellationToken cancellation) => book.ByKey(key, cancellation);

    /// <summary>Whose signature it is; null when it does not hold.</summary>
    public async ValueTask<KnownSource?> BySignature(HttpRequest request, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        if (request.Query["source"] is not [{ Length: > 0 and <= 50 } key] || await book.Find(key, cancellation) is not { } known)
        {
            return null;
        }

        var headers = request.Headers;
        var now = clock.GetUtcNow();
        var holds = headers[CoopSignature.Header] is [{ } coop]
            ? known.Source.CoopPublicKey is { } pem && CoopSignature.Verify(body.Span, coop, pem)
            : WebhookVerification.Headers(headers) is { } signed && WebhookVerification.Verified(signed, body.Span, secrets.Of(known.Source, now), now);
        return holds ? known : null;
    }
}
