using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using Npgsql;

namespace CrisisOps.Server.Streams;

/// <summary>
/// <c>GET /v1/crises</c>, <c>/v1/crises/{key}</c>, and the same for every other <see cref="CardStream"/>: a list with filters, newest first;
/// and the state, now or as of an instant or version, as the reader's audience may see it, now with the commands this reader may give.
/// </summary>
public sealed class CardRoutes : IRoutes
{
    public static void Map(IEndpointRouteBuilder app)
    {
        foreach (var kind in app.ServiceProvider.GetRequiredService<IReadOnlyCollection<StreamKind>>().OfType<CardStream>())
        {
            app.MapGet($"/v1/{kind.Plural}", (HttpContext http, NpgsqlDataSource database, CancellationToken cancellation) => CardList.Get(kind, http, database, cancellation));
            app.MapGet($"/v1/{kind.Plural}/{{key}}", (string key, HttpContext http, StreamStates states, OfferedCommands offers, CancellationToken cancellation) =>
                One(kind, key, http, states, offers, cancellation));
        }
    }

    private static async Task<IResult> One(CardStream kind, string key, HttpContext http, StreamStates states, OfferedCommands offers, CancellationToken cancellation)
    {
        var query = new Queries(http, "asOf", "version");
        var (asOf, version) = (query.Instant("asOf"), query.Version("version"));
        if (query.Problem is { } problem)
        {
            return problem;
        }

        var caller = Callers.Of(http);
        if (await states.Seen(kind, key, caller, cancellation) is not var (held, audience))
        {
            return Problem.NotFound;
        }

        // What it was then, with the rights of now.
        if (asOf is not null || version is not null)
        {
            return await states.Then(kind, key, version, asOf, cancellation) is var (then, reached) ? Shown(kind.View(then, audience, now: held.State), reached, http) : Problem.NotFound;
        }

        var view = kind.View(held.State, audience);
        view["commands"] = await offers.For(kind, key, held, caller, cancellation);
        return Shown(view, held.Version, http);
    }

    private static IResult Shown(System.Text.Json.Nodes.JsonObject view, long version, HttpContext http)
    {
        http.Response.Headers.ETag = $"\"{version}\"";
        return new SeenJson(view.ToJsonString(Json.Stored));
    }
}
