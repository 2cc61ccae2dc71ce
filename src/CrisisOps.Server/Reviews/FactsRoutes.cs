using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Reviews;
using CrisisOps.Domain.Reviews.Facts;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Reviews;

/// <summary><c>GET /v1/reviews/{key}/facts</c>: what the record says, computed as of the frozen instant, or of one that is asked for.</summary>
public sealed class FactsRoutes : IRoutes
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/v1/reviews/{key}/facts", Get);

    private static async Task<IResult> Get(string key, HttpContext http, StreamStates states, StreamKinds kinds, FactsReader facts, TimeProvider clock, CancellationToken cancellation)
    {
        var query = new Queries(http, "asOf");
        var (asked, now) = (query.Instant("asOf"), clock.GetUtcNow());
        if (query.Problem is { } problem)
        {
            return problem;
        }

        var caller = Callers.Of(http);
        if (await states.Seen(kinds.Of<PostIncidentReview>(), key, caller, cancellation) is not var (held, _)
            || held.State is not PostIncidentReview review
            || await states.Seen(kinds.Of<Crisis>(), review.CrisisKey, caller, cancellation) is not var (_, audience))
        {
            return Problem.NotFound;
        }

        // Nothing is known of what lies ahead.
        var asOf = asked is { } instant ? (instant < now ? instant : now) : review.FrozenAsOf ?? now;
        var (computed, red) = await facts.For(review.CrisisKey, review.Cases, asOf, caller, audience, null, cancellation);
        var frozen = asOf == review.FrozenAsOf && audience == Audience.Core ? await facts.Frozen(key, caller, cancellation) : null;
        await ReadLog.Opened(http, red);
        return Results.Json(new ReviewFacts(key, review.FrozenAsOf, frozen?.Hash, computed), Json.Stored);
    }

    /// <param name="Hash">Of the facts of the frozen instant, with those that the reader may not see; the approval holds the same.</param>
    private sealed record ReviewFacts(string ReviewKey, DateTimeOffset? FrozenAsOf, string? Hash, IncidentFacts Facts);
}
