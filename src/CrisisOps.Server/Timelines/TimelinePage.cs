using System.Globalization;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;

namespace CrisisOps.Server.Timelines;

/// <summary><c>GET /v1/timelines/{key}</c>: a page, in the order of what was true or of what we knew.</summary>
public sealed class TimelinePage : IRoutes
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/v1/timelines/{key}", Get);

    private static async Task<IResult> Get(string key, HttpContext http, TimelineQuery timelines, CancellationToken cancellation)
    {
        var query = new Queries(http, "from", "to", "asOf", "order", "kind", "cursor", "limit");
        var order = query.Text("order") ?? "occurred";
        var byOccurred = order == "occurred";
        var wish = new TimelineWish(
            key, query.Limit + 1, byOccurred, query.Instant("from"), query.Instant("to"), query.Instant("asOf"), query.Names<EntryKind>("kind"), Place(query.Text("cursor"), order));
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

        return await timelines.Read(wish, Callers.Of(http), cancellation) is { } entries ? Page(entries, wish, order, query.Limit) : Problem.NotFound;
    }

    private static JsonPage Page(IReadOnlyList<TimelineEntry> entries, TimelineWish wish, string order, int limit)
    {
        var page = new JsonPage();
        foreach (var entry in entries.Take(limit))
        {
            page.Add(entry.Json);
        }

        if (entries.Count > limit)
        {
            var last = entries[limit - 1];
            page.Next = Cursors.Write(order, last.OccurredAt.UtcTicks, last.RecordedAt.UtcTicks, last.Version);
        }

        // Where the live stream goes on from this page, without a gap and without a repeat. A later page in the order of
        // occurrence may hold older versions, so there it is given only when this page is all there is.
        if (!wish.ByOccurred || (wish.After is null && page.Next is null))
        {
            page.With("live", $"\"{LiveCursor.Write(entries.Count == 0 ? 0 : entries.Take(limit).Max(e => e.Version))}\"");
        }

        return page;
    }

    private static TimelinePlace? Place(string? cursor, string order) =>
        Cursors.Read(order, cursor, 3) is [var occurred, var recorded, var version]
        && long.TryParse(occurred, CultureInfo.InvariantCulture, out var o) && long.TryParse(recorded, CultureInfo.InvariantCulture, out var r) && long.TryParse(version, CultureInfo.InvariantCulture, out var v)
            ? new TimelinePlace(new DateTimeOffset(o, TimeSpan.Zero), new DateTimeOffset(r, TimeSpan.Zero), v)
            : null;
}

/// <summary>
/// The place of a live reader. In one stream the version is the order of commits, on any node and whatever transactions were open:
/// the row of version n+1 can only be written after that of n is committed.
/// </summary>
public static class LiveCursor
{
    private const string Mark = "live";

    public static string Write(long version) => Cursors.Write(Mark, version);

    public static long? Read(string cursor) =>
        Cursors.Read(Mark, cursor, 1) is [var version] && long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
