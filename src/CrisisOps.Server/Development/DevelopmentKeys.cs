using System.Text.RegularExpressions;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Development;

/// <param name="Prefix">Kind of stream and year, for example <c>ESC-2027</c>.</param>
/// <param name="Next">The number that the next stream of this kind gets.</param>
public sealed record KeysRequest(string Prefix, long Next);

/// <summary>Sets a key counter, so that a scenario gets its own numbers. This endpoint exists in Development only.</summary>
public sealed partial class DevelopmentKeys : IDevelopmentRoutes
{
    private const long Most = 900_000;

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/dev/keys", Post).AllowAnonymous();

    private static async Task<IResult> Post(HttpContext http, KeyBlocks keys, CancellationToken cancellation)
    {
        var (problem, request) = await JsonBodies.Read<KeysRequest>(http);
        if (problem is not null)
        {
            return problem;
        }

        if (!Prefixes().IsMatch(request!.Prefix))
        {
            return Problem.Validation("prefix", "must be the first part of a key, for example ESC-2027, EL-XN-2027 or IMP");
        }

        if (request.Next is < 1 or > Most)
        {
            return Problem.Validation("next", $"must be a number from 1 to {Most}");
        }

        await keys.Set(request.Prefix, request.Next, cancellation);
        return Results.Json(new { prefix = request.Prefix, next = request.Next });
    }

    [GeneratedRegex("^[A-Z]{2,3}(-[A-Z0-9]{2,3}){0,2}(-[0-9]{4})?\\z")]
    private static partial Regex Prefixes();
}
