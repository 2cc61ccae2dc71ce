using System.Text.Json;
using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Diffs;

/// <summary><c>GET /v1/crises/{key}/diff?from=&amp;to=</c> and the same of every other stream: what changed between two instants, in fields and in sentences.</summary>
public sealed class DiffRoutes : IRoutes
{
    public static void Map(IEndpointRouteBuilder app)
    {
        foreach (var kind in app.ServiceProvider.GetRequiredService<IReadOnlyCollection<StreamKind>>())
        {
            app.MapGet($"/v1/{kind.Plural}/{{key}}/diff", (string key, HttpContext http, Diffing diffing, TimeProvider clock, CancellationToken cancellation) =>
                Get(kind, key, http, diffing, clock, cancellation));
        }
    }

    private static async Task<IResult> Get(StreamKind kind, string key, HttpContext http, Diffing diffing, TimeProvider clock, CancellationToken cancellation)
    {
        var query = new Queries(http, "from", "to", Past.ClockName);
        var (from, to) = (Needed(query, "from"), Needed(query, "to"));
        var occurred = query.OneOf(Past.ClockName, "recorded", "occurred") == "occurred";
        if (from > to)
        {
            query.Refuse("from", "must not be after to");
        }

        if (query.Problem is { } problem)
        {
            return problem;
        }

        // What lies ahead is not there yet.
        Past At(DateTimeOffset instant) => new(new Past(instant).At(clock), Occurred: occurred);
        return await diffing.Between(kind, key, At(from), At(to), Callers.Of(http), cancellation) is { } diff ? new SeenJson(JsonSerializer.Serialize(diff, Json.Stored)) : Problem.NotFound;
    }

    private static DateTimeOffset Needed(Queries query, string name)
    {
        var instant = query.Instant(name);
        if (instant is null)
        {
            query.Refuse(name, "is needed: an RFC 3339 instant with an offset");
        }

        return instant ?? default;
    }
}
