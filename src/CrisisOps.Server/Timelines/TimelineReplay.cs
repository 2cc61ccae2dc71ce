using System.Text.Json;
using CrisisOps.Server.Access;
using CrisisOps.Server.Crises;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Timelines;

/// <summary>
/// <c>GET /v1/timelines/{key}/replay</c>: the entries of a timeline as server-sent events, with the pace of then times a speed. Seeking is
/// <c>from</c>, pausing is going away and coming back with <c>Last-Event-ID</c>. The same request by the same reader gives the same bytes as
/// long as <see cref="VisibilityMark"/> is the same and nothing was added.
/// </summary>
public sealed class TimelineReplay : IRoutes
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/v1/timelines/{key}/replay", Get);

    private static async Task<IResult> Get(
        string key, HttpContext http, TimelineQuery timelines, VisibilityMark marks, BoardFrames boards, StreamKinds kinds,
        [FromKeyedServices(Replay.Clock)] TimeProvider clock, IHostApplicationLifetime lifetime)
    {
        if (kinds.Find(key) is not { } kind)
        {
            return Problem.NotFound;
        }

        var (wish, wrong) = ReplayWish.Read(key, kind, http);
        var resumed = http.Request.Headers["Last-Event-ID"].FirstOrDefault();
        if (wrong is not null)
        {
            return wrong;
        }

        if ((resumed is null ? ReplayCursor.Start : ReplayCursor.Read(resumed, wish.Clock)) is not { } cursor)
        {
            return Problem.Validation("Last-Event-ID", "is no cursor of this replay and clock");
        }

        var caller = Callers.Of(http);
        var one = wish.Entries with { Limit = 1 };
        if (await timelines.Read(one, caller, http.RequestAborted) is not { } first || await timelines.Read(one with { Newest = true }, caller, http.RequestAborted) is not { } last)
        {
            return Problem.NotFound;
        }

        if (cursor.Over)
        {
            return Results.NoContent(); // whoever reconnects by itself after the end stops at this
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        ending.CancelAfter(Callers.TokenLife(http)); // rights end with the token
        try
        {
            (DateTimeOffset, DateTimeOffset)? span = first is [var oldest] && last is [var newest] ? (wish.At(oldest), wish.At(newest)) : null;
            var stream = new EventStream(http);
            await stream.Open();
            stream.Add("replay", Heading(wish, span, await marks.Of(key, caller, ending.Token)));
            await new Replay(wish, caller, stream, timelines, wish.Boards ? boards.Of(key, caller) : null, clock, span).Run(cursor, ending.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or NpgsqlException or TimeoutException or IOException)
        {
            // The client went, the server stops or the database is away: the client comes back with its cursor.
        }

        return Results.Empty;
    }

    private static string Heading(ReplayWish wish, (DateTimeOffset First, DateTimeOffset Last)? span, string visibility) => JsonSerializer.Serialize(
        new { Timeline = wish.Entries.Key, wish.Clock, wish.Speed, wish.Pace.MaxGap, wish.Entries.From, wish.Entries.To, span?.First, span?.Last, Visibility = visibility }, Json.Stored);
}
