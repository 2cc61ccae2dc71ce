using System.Globalization;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Timelines;

/// <summary><c>GET /v1/timelines/{key}</c>: a page, in the order of what was true or of what we knew.</summary>
public sealed class TimelinePage : IRoutes
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/v1/timelines/{key}", Get);

    private static async Task<IResult> Get(string key, HttpContext http, TimelineQuery timelines, LiveCursor cursors, StreamKinds kinds, CancellationToken cancellation)
    {
        var query = new Queries(http, "from", "to", Past.AsOfName, Past.ClockName, "order", "kind", "cursor", "limit");
        var order = query.Text("order") ?? "occurred";
        var (byOccurred, past) = (order == "occurred", Past.Of(query));
        var wish = new TimelineWish(
            key, query.Limit + 1, byOccurred, query.Instant("from"), query.Instant("to"), past?.AsOf, query.Names<EntryKind>("kind"), Place(query.Text("cursor"), order))
        {
            AsOfOccurred = past is { Occurred: true },
        };
        if (query.Problem is { } problem)
        {
            return problem;
        }

        if (order is not ("occurred" or "recorded"))
        {
            return Problem.Validation("order", "must be occurred or recorded");
        }

        if (http.Request.Query.ContainsKey("cursor") && wish.After is null)
        {
            return Problem.Validation("cursor", "is no cursor of this timeline and order");
        }

        return kinds.Find(key) is { } kind && await timelines.Read(wish, Callers.Of(http), cancellation) is { } entries ? Page(entries, wish, kind, order, query.Limit, cursors) : Problem.NotFound;
    }

    private static JsonPage Page(IReadOnlyList<TimelineEntry> entries, TimelineWish wish, StreamKind kind, string order, int limit, LiveCursor cursors)
    {
        var page = new JsonPage();
        foreach (var entry in entries.Take(limit))
        {
            page.Add(entry.Json);
        }

        if (entries.Count > limit)
        {
            var last = entries[limit - 1].Place;
            page.Next = Cursors.Write(order, last.OccurredAt.UtcTicks, last.RecordedAt.UtcTicks, last.Stream, last.Version);
        }

        if (Live(entries, wish, kind, whole: wish.After is null && page.Next is null, limit) is { } live)
        {
            page.With("live", $"\"{cursors.Write(live, kind)}\"");
        }

        return page;
    }

    /// <summary>
    /// Where the live stream goes on from this page, without a gap and without a repeat. A later page in the order of occurrence may hold
    /// older versions, and a link brings old entries, so there it is given only when this page is all there is.
    /// </summary>
    private static TimelinePlace? Live(IReadOnlyList<TimelineEntry> entries, TimelineWish wish, StreamKind kind, bool whole, int limit)
    {
        if ((wish.ByOccurred || kind.Gathers) && !whole)
        {
            return null;
        }

        var newest = kind.Gathers
            ? entries.Select(e => e.Place).OrderBy(p => p.Xid).ThenBy(p => p.RecordedAt).ThenBy(p => p.Stream, StringComparer.Ordinal).ThenBy(p => p.Version).LastOrDefault()
            : entries.Take(limit).Select(e => e.Place).MaxBy(p => p.Version);
        // While a transaction is open that may come before one of these, the live stream would bring that one again.
        return entries.All(e => e.Place.Final) ? newest ?? TimelinePlace.Start : null;
    }

    private static TimelinePlace? Place(string? cursor, string order) =>
        Cursors.Read(order, cursor, 4) is [var occurred, var recorded, var stream, var version]
        && Instant(occurred) is { } o && Instant(recorded) is { } r && long.TryParse(version, CultureInfo.InvariantCulture, out var v)
            ? new TimelinePlace(o, r, stream, v)
            : null;

    private static DateTimeOffset? Instant(string ticks) =>
        long.TryParse(ticks, CultureInfo.InvariantCulture, out var number) && number >= 0 && number <= DateTimeOffset.MaxValue.Ticks ? new DateTimeOffset(number, TimeSpan.Zero) : null;
}
