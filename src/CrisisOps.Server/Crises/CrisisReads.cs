using System.Text.Json;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Crises;

/// <summary><c>GET /v1/board</c>, <c>/v1/crises/{key}/board</c> and <c>/v1/crises/{key}/sitrep-draft</c>.</summary>
public sealed class CrisisReads : IRoutes
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/board", All);
        app.MapGet("/v1/crises/{key}/board", One);
        app.MapGet("/v1/crises/{key}/sitrep-draft", Draft);
    }

    private static async Task<IResult> All(HttpContext http, BoardReader boards, CancellationToken cancellation)
    {
        var query = new Queries(http, Past.AsOfName, Past.ClockName);
        var past = Past.Of(query);
        return query.Problem is { } problem ? problem : Shown(new BoardPage(await boards.Live(Callers.Of(http), past, cancellation)));
    }

    private static async Task<IResult> One(string key, HttpContext http, StreamStates states, StreamKinds kinds, BoardReader boards, CancellationToken cancellation)
    {
        var query = new Queries(http, Past.AsOfName, Past.ClockName);
        var past = Past.Of(query);
        if (query.Problem is { } problem)
        {
            return problem;
        }

        var caller = Callers.Of(http);
        return await states.Seen(kinds.Of<Crisis>(), key, caller, cancellation) is not null && await boards.Of([key], caller, past, cancellation) is [var board]
            ? Shown(board)
            : Problem.NotFound;
    }

    private static async Task<IResult> Draft(string key, HttpContext http, StreamStates states, StreamKinds kinds, SitRepDrafts drafts, CancellationToken cancellation)
    {
        if (new Queries(http).Problem is { } problem)
        {
            return problem;
        }

        var caller = Callers.Of(http);
        // It holds what is told to CrossFunctional: it is for those who may write it, and nothing for executives.
        if (await states.Seen(kinds.Of<Crisis>(), key, caller, cancellation) is not var (held, audience) || audience > Audience.CrossFunctional)
        {
            return Problem.NotFound;
        }

        var crisis = (Crisis)held.State;
        var draft = await drafts.Of(crisis, audience, caller, cancellation);
        await ReadLog.Opened(http, crisis.Tlp == Tlp.RED ? [new RedItem(key, null)] : []);
        return Results.Json(draft, Json.Stored);
    }

    private static SeenJson Shown<T>(T board) => new(JsonSerializer.Serialize(board, Json.Stored));

    private sealed record BoardPage(IReadOnlyList<CrisisBoard> Items);
}
