using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;

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
            app.MapGet($"/v1/{kind.Plural}", (HttpContext http, CardList list, CancellationToken cancellation) => list.Get(kind, http, cancellation));
            app.MapGet($"/v1/{kind.Plural}/{{key}}", (string key, HttpContext http, StreamStates states, OfferedCommands offers, CancellationToken cancellation) =>
                One(kind, key, http, states, offers, cancellation));
        }
    }

    private static async Task<IResult> One(CardStream kind, string key, HttpContext http, StreamStates states, OfferedCommands offers, CancellationToken cancellation)
    {
        var query = new Queries(http, Past.AsOfName, Past.VersionName, Past.ClockName);
        var past = Past.Of(query, byVersion: true);
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
        if (past is not null)
        {
            return await states.Then(key, past, cancellation) is { } then
                ? Shown(kind.ViewThen(then.State, audience, held.State), past.Occurred ? null : then.Version, http)
                : Problem.NotFound;
        }

        var view = kind.View(held.State, audience);
        view["commands"] = await offers.For(kind, key, held, caller, cancellation);
        return Shown(view, held.Version, http);
    }

    /// <param name="version">Null for a state that no version had: one by the clock of occurrence.</param>
    private static SeenJson Shown(System.Text.Json.Nodes.JsonObject view, long? version, HttpContext http)
    {
        if (version is null)
        {
            view.Remove("version");
        }
        else
        {
            http.Response.Headers.ETag = $"\"{version}\"";
        }

        return new SeenJson(view.ToJsonString(Json.Stored));
    }
}
