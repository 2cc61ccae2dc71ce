using System.Globalization;
using System.Text.Json;
using CrisisOps.Domain.Shared;
using CrisisOps.Proof;
using CrisisOps.Proof.Bundles;
using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.History;

/// <summary>The public keys, the signed heads, and proofs out of hashes. Hashes say nothing of what was written; positions and versions are for the team.</summary>
public sealed class HistoryRoutes : IRoutes
{
    private const string Mark = "heads";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/history/keys", Keys);
        app.MapGet("/v1/history/heads", Heads);
        app.MapGet("/v1/history/heads/latest", Latest);
        app.MapGet("/v1/history/proof", Inclusion);
        app.MapGet("/v1/history/consistency", Consistency);
        app.MapGet("/v1/history/anchors", Anchors);
    }

    private static async Task<IResult> Keys(HttpContext http, HistoryKey key, CancellationToken cancellation)
    {
        if (new Queries(http).Problem is { } problem)
        {
            return problem;
        }

        var page = new JsonPage();
        foreach (var known in await key.All(cancellation))
        {
            var bytes = Convert.FromBase64String(known.PublicKey);
            page.Add(JsonSerializer.Serialize(new { known.Id, Algorithm = "Ed25519", known.PublicKey, Pem = PublicKeys.PemOf(bytes), known.Since, Current = known.Id == key.Signing.Id }, Json.Stored));
        }

        return page;
    }

    private static async Task<IResult> Heads(HttpContext http, Heads heads, CancellationToken cancellation)
    {
        var query = new Queries(http, "cursor", "limit");
        var (limit, cursor, after) = (query.Limit, query.Text("cursor"), 0L);
        if ((Outside(http) ?? query.Problem) is { } problem)
        {
            return problem;
        }

        if (cursor is not null && (Cursors.Read(Mark, cursor, 1) is not [var size] || !long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out after)))
        {
            return Problem.Validation("cursor", "is no cursor of this list");
        }

        var page = new JsonPage();
        var found = await heads.After(after, long.MaxValue, limit + 1, cancellation);
        foreach (var head in found.Take(limit))
        {
            page.Add(JsonSerializer.SerializeToUtf8Bytes(head, LineJson.Options));
        }

        page.Next = found.Count > limit ? Cursors.Write(Mark, found[limit - 1].Size) : null;
        return page;
    }

    private static async Task<IResult> Latest(HttpContext http, Heads heads, CancellationToken cancellation) =>
        (IResult?)Outside(http) ?? new Queries(http).Problem ?? (await heads.Latest(cancellation) is { } head ? Results.Json(head, LineJson.Options) : Problem.NotFound);

    private static async Task<IResult> Inclusion(HttpContext http, StreamKinds kinds, ExportedStreams streams, HistoryProofs proofs, CancellationToken cancellation)
    {
        var query = new Queries(http, "stream", "version");
        var (stream, version) = (query.Text("stream"), query.Version("version"));
        if (query.Problem is { } problem)
        {
            return problem;
        }

        if (stream is null || version is not { } number)
        {
            return Problem.Validation(stream is null ? "stream" : "version", "is needed");
        }

        // Whoever reads a stream as Core or as a consulted function knows its versions; nobody else learns how many there are.
        return kinds.Find(stream) is { } kind && await streams.AudienceOf(kind, stream, Callers.Of(http), cancellation) <= Audience.CrossFunctional
            && await proofs.Inclusion(stream, number, cancellation) is { } proof ? Results.Json(proof, LineJson.Options) : Problem.NotFound;
    }

    private static async Task<IResult> Consistency(HttpContext http, HistoryProofs proofs, CancellationToken cancellation)
    {
        var query = new Queries(http, "from", "to");
        var (from, to) = (query.Version("from"), query.Version("to"));
        if ((Outside(http) ?? query.Problem) is { } problem)
        {
            return problem;
        }

        if (from is not { } first || to is not { } second || first > second)
        {
            return Problem.Validation(from is null ? "from" : "to", from is null || to is null ? "is needed: the size of a head" : "must not be less than from");
        }

        return await proofs.Consistency(first, second, cancellation) is { } proof ? Results.Json(proof, LineJson.Options) : Problem.NotFound;
    }

    private static IResult Anchors(HttpContext http, Anchoring anchoring) =>
        Callers.Of(http).IsAny([Role.Admin, Role.DutyLead])
            ? Results.Json(new { Items = anchoring.Standings }, Json.Stored)
            : Problem.Forbidden("How the anchors do is read by: admin, duty-lead.");

    /// <summary>How much is recorded says how much is going on, and that is nobody's business outside the team.</summary>
    private static Problem? Outside(HttpContext http) =>
        Callers.Of(http) is { Roles.Count: > 0 } caller && !caller.IsAny([Role.Partner, Role.Integration]) ? null : Problem.Forbidden("Signed heads are read by the team; whoever is given a bundle has them in it.");
}
