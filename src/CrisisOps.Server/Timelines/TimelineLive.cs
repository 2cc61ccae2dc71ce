using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Timelines;

/// <summary>
/// <c>GET /v1/timelines/{key}/live</c>: server-sent events in commit order, from the start or from <c>Last-Event-ID</c> on any
/// node. Every entry comes out of the reader's own query; a commit only wakes it.
/// </summary>
public sealed class TimelineLive : IRoutes
{
    private const int PageSize = 500;
    private static readonly TimeSpan _poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _unsettled = TimeSpan.FromMilliseconds(10);

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/v1/timelines/{key}/live", Get);

    private static async Task<IResult> Get(
        string key, HttpContext http, TimelineQuery timelines, HiddenStreams hidden, LiveCursor cursors, StreamKinds kinds, WakeUps wakeUps, IHostApplicationLifetime lifetime)
    {
        var query = new Queries(http, "after");
        var last = http.Request.Headers["Last-Event-ID"].FirstOrDefault();
        var cursor = last ?? query.Text("after");
        if (query.Problem is { } problem)
        {
            return problem;
        }

        if (kinds.Find(key) is not { } kind)
        {
            return Problem.NotFound;
        }

        var (after, wrong) = cursors.Read(cursor, kind, last is null ? "after" : "Last-Event-ID");
        if (wrong is not null)
        {
            return wrong;
        }

        var wish = new TimelineWish(key, PageSize, After: after, Live: true);
        if (await timelines.Read(wish with { Limit = 1 }, Callers.Of(http), http.RequestAborted) is null)
        {
            return Problem.NotFound;
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        ending.CancelAfter(Callers.TokenLife(http)); // rights end with the token
        try
        {
            await Run(wish, kind, http, timelines, hidden, cursors, wakeUps, ending.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or NpgsqlException or TimeoutException or IOException)
        {
            // The client went, the server stops or the database is away: the client comes back with its cursor.
        }

        return Results.Empty;
    }

    private static async Task Run(
        TimelineWish wish, StreamKind kind, HttpContext http, TimelineQuery timelines, HiddenStreams hidden, LiveCursor cursors, WakeUps wakeUps, CancellationToken cancellation)
    {
        var caller = Callers.Of(http);
        var stream = new EventStream(http);
        await stream.Open();
        var told = wish.After!.Xid;
        while (!cancellation.IsCancellationRequested)
        {
            var woken = wakeUps.Next(wish.Key);
            var now = kind.Gathers ? await hidden.Since(wish.Key, told, caller, cancellation) : HiddenStreams.None;
            if (await timelines.Read(wish, caller, cancellation) is not { } entries)
            {
                stream.Add("hidden", $"{{\"timeline\":\"{wish.Key}\"}}");
                await stream.Flush();
                return;
            }

            // First what is hidden: it was asked first, so what came back meanwhile stands among the entries.
            foreach (var gone in now.Streams)
            {
                stream.Add("hidden", $"{{\"stream\":\"{gone}\"}}");
            }

            foreach (var entry in entries)
            {
                Send(stream, cursors.Write(entry.Place, kind), entry);
            }

            await stream.Flush();
            (wish, told) = (entries.Count > 0 ? wish with { After = entries[^1].Place } : wish, now.Horizon);
            if (entries.Count < PageSize)
            {
                // What is written but not final yet comes without a further wake-up.
                await Task.WhenAny(woken, Task.Delay(now.Pending ? _unsettled : _poll, cancellation));
            }
        }
    }

    private static void Send(EventStream stream, string id, TimelineEntry entry)
    {
        if (entry.Hides is { } hidden)
        {
            stream.Add("hidden", $"{{\"entryId\":\"{entry.Place.Stream}@{hidden}\"}}", entry.Json is null ? id : null);
        }

        if (entry.Json is { } json)
        {
            stream.Add("entry", json, id);
        }
    }
}
