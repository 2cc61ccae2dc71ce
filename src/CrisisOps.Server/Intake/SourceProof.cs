using System.Text;
using CrisisOps.Domain.Intake;
using CrisisOps.Server.Channels.Webhook;
using CrisisOps.Server.Intake.Formats;

namespace CrisisOps.Server.Intake;

/// <summary>
/// Proves who sends. A key stands in <c>Authorization: Bearer</c>, as the password of <c>Authorization: Basic</c>, in <c>X-API-Key</c>, or where its
/// format puts it. A signed request carries a signature of Standard Webhooks, or Coop's, and names its source in <c>?source=</c> or by its key.
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

    /// <summary>Whether the request says that it is signed: then no key is asked for, and one that is there only says whose it is.</summary>
    public static bool IsSigned(HttpRequest request) => request.Headers.ContainsKey("webhook-signature") || request.Headers.ContainsKey(CoopSignature.Header);

    /// <summary>Whose key it is, also when it has ended; null when it is nobody's.</summary>
    public ValueTask<KnownSource?> ByKey(string key, CancellationToken cancellation) => book.ByKey(key, cancellation);

    /// <summary>Who a signed request says it is from, if that source signs at all; whether it is, its body shows.</summary>
    public async ValueTask<KnownSource?> Signer(HttpRequest request, CancellationToken cancellation) =>
        await Named(request, cancellation) is { } known ? await KnownOrAnew(known, source => Signs(request, source), cancellation) : null;

    /// <summary>The signer, if its signature holds over the body as it came; null when it does not.</summary>
    public ValueTask<KnownSource?> Proven(HttpRequest request, KnownSource signer, ReadOnlyMemory<byte> body, CancellationToken cancellation) =>
        KnownOrAnew(signer, source => Holds(request, source, body.Span), cancellation);

    private async ValueTask<KnownSource?> Named(HttpRequest request, CancellationToken cancellation) =>
        NamedByKey(request) ? await book.ByKey(KeyIn(request.Headers)!, cancellation)
        : request.Query["source"] is [{ Length: > 0 and <= 50 } source] ? await book.Find(source, cancellation)
        : null;

    private static bool NamedByKey(HttpRequest request) => !request.Query.ContainsKey("source") && KeyIn(request.Headers) is not null;

    /// <summary>Coop signs all it sends, also to sources that have not been given its key: until then their own key is proof enough.</summary>
    private static bool Signs(HttpRequest request, AlertSource source) =>
        request.Headers.ContainsKey(CoopSignature.Header) ? source.CoopPublicKey is not null || NamedByKey(request) : source.SigningGeneration > 0;

    private bool Holds(HttpRequest request, AlertSource source, ReadOnlySpan<byte> body)
    {
        var headers = request.Headers;
        return headers[CoopSignature.Header] is [{ } coop]
            ? source.CoopPublicKey is { } pem ? CoopSignature.Verify(body, coop, pem) : NamedByKey(request)
            : WebhookVerification.Headers(headers) is { } signed && WebhookVerification.Verified(signed, body, secrets.Of(source, clock.GetUtcNow()));
    }

    /// <summary>What is not so may have become so just now: as with a key, what was issued counts from then on.</summary>
    private async ValueTask<KnownSource?> KnownOrAnew(KnownSource known, Func<AlertSource, bool> so, CancellationToken cancellation)
    {
        if (so(known.Source))
        {
            return known;
        }

        await book.Fresh(known.Source, cancellation);
        return await book.Find(known.Source.Key, cancellation) is { } anew && so(anew.Source) ? anew : null;
    }
}
