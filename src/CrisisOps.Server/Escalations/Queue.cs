using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Escalations;

/// <summary><c>GET /v1/queue</c>: what to take next, each row saying why it stands there, now or as of an instant. <c>…/live</c> sends the first page again whenever it changes.</summary>
public sealed class Queue : IRoutes
{
    // Under load the queue changes with every commit; nobody reads faster than this.
    private static readonly TimeSpan _calm = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan _poll = TimeSpan.FromSeconds(1);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/queue", Get);
        app.MapGet("/v1/queue/live", Live);
    }

    private static async Task<IResult> Get(HttpContext http, QueueQuery queue, PastQueue pasts, TimeProvider clock, CancellationToken cancellation)
    {
        var query = new Queries(http, Past.AsOfName, Past.ClockName, "cursor", "limit");
        var (past, limit, cursor) = (Past.Of(query), query.Limit, query.Text("cursor"));
        var mark = Past.Mark(QueueQuery.Mark, past);
        var place = cursor is null ? null : QueueQuery.Place(mark, cursor);
        if (query.Problem is { } problem)
        {
            return problem;
        }

        if (cursor is not null && place is null)
        {
            return Problem.Validation("cursor", "is no cursor of the queue");
        }

        return past is null
            ? await queue.Read(Callers.Of(http), place, new JsonPage(), limit, cancellation)
            : await pasts.Read(Callers.Of(http), past, place?.Now ?? past.At(clock), place, mark, limit, cancellation);
    }

    private static async Task<IResult> Live(HttpContext http, QueueQuery queue, WakeUps wakeUps, IHostApplicationLifetime lifetime)
    {
        var query = new Queries(http, "limit");
        var limit = query.Limit;
        if (query.Problem is { } problem)
        {
            return problem;
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        ending.CancelAfter(Callers.TokenLife(http)); // rights end with the token
        try
        {
            await Run(http, Callers.Of(http), queue, limit, wakeUps, ending.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or NpgsqlException or TimeoutException or IOException)
        {
            // The client went, the server stops or the database is away: the client comes back.
        }

        return Results.Empty;
    }

    private static async Task Run(HttpContext http, Caller caller, QueueQuery queue, int limit, WakeUps wakeUps, CancellationToken cancellation)
    {
        var stream = new EventStream(http);
        await stream.Open();
        string? shown = null; // an empty queue is news too
        while (!cancellation.IsCancellationRequested)
        {
            var woken = wakeUps.Next(null);
            var page = await queue.Read(caller, null, new JsonPage(watched: true), limit, cancellation);
            // What stands where decides; the minutes in the reasons alone are no news.
            if (page.Outline() is var outline && outline != shown)
            {
                shown = outline;
                stream.Add("queue", page.ItemsJson());
            }

            await stream.Flush();
            await Task.Delay(_calm, cancellation);
            await Task.WhenAny(woken, Task.Delay(_poll, cancellation));
        }
    }
}
