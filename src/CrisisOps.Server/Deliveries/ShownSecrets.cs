using System.Collections.Immutable;
using CrisisOps.Server.Hosting;

namespace CrisisOps.Server.Deliveries;

/// <summary>Secrets as whoever sets up the other side reads them, in the form of Standard Webhooks; kept by no cache.</summary>
internal static class ShownSecrets
{
    /// <param name="secrets">The newest first.</param>
    /// <param name="generation">Of the newest.</param>
    public static IResult Of(HttpContext http, ImmutableArray<byte[]> secrets, int generation, DateTimeOffset? oldUntil)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Results.Json(
            new { items = secrets.Select((secret, age) => new { Generation = generation - age, Secret = $"whsec_{Convert.ToBase64String(secret)}", ValidUntil = age > 0 ? oldUntil : null }) },
            Json.Stored);
    }
}
