using System.Text;
using System.Text.Json.Nodes;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Recommendations;
using CrisisOps.Domain.Reviews;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Reviews;
using CrisisOps.Server.Streams;

namespace CrisisOps.Server.Exports;

/// <summary>
/// An incident as one document for people: what it was, the facts, the timeline, who was told, what was corrected and what was recommended; for
/// the audience that the reader is, or for one whose texts they read too. It goes out as it is read, a page at a time.
/// </summary>
public sealed class PeopleExport(StreamStates states, StreamKinds kinds, FactsReader facts, ExportEntries entries, ExportDeliveries deliveries, TimeProvider clock)
{
    internal async Task<IResult> Write(string key, HttpContext http, IExportPage page, CancellationToken cancellation)
    {
        var (problem, wish) = ExportWish.Of(http);
        if (problem is not null)
        {
            return problem;
        }

        var caller = Callers.Of(http);
        if (await states.Seen(kinds.Of<Crisis>(), key, caller, cancellation) is not var (held, own))
        {
            return Problem.NotFound;
        }

        if (wish.Audience is { } other && !Sight.Makes(own, other))
        {
            return Problem.Forbidden($"You read this crisis as {own}; you can make this for {own} and for the public.");
        }

        var now = clock.GetUtcNow();
        var asOf = wish.AsOf < now ? wish.AsOf.Value : now;
        var audience = wish.Audience ?? own;
        var reading = new ExportReading(caller, audience, asOf, wish.AsOf is not null, new ExportTimes(wish.Zone), (Crisis)held.State);
        if (await Then(kinds.Of<Crisis>(), key, held.State, reading, cancellation) is not { } view)
        {
            return Problem.NotFound; // it was not there yet
        }

        var response = http.Response;
        response.ContentType = page.MediaType;
        response.Headers.ContentSecurityPolicy = HtmlPage.Policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        // To the public not even its key is told.
        response.Headers.ContentDisposition = $"inline; filename=\"{(audience == Audience.Public ? "statements" : $"{key}-{audience}")}.{page.Extension}\"";
        await (audience == Audience.Public ? Statements(page, key, reading, response, cancellation) : Incident(page, key, view, reading, response, cancellation));
        page.End();
        await Flush(page, response, cancellation);
        return Results.Empty;
    }

    /// <summary>What goes on once the document is longer than this is sent on its way.</summary>
    internal static async Task Flush(IExportPage page, HttpResponse response, CancellationToken cancellation)
    {
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(page.Take()), cancellation);
        await response.Body.FlushAsync(cancellation); // waits for a reader who is slow
    }

    /// <summary>The public reads what was published, and nothing of the case that it was about.</summary>
    private async Task Statements(IExportPage page, string key, ExportReading reading, HttpResponse response, CancellationToken cancellation)
    {
        page.Begin("Public statements", About(reading));
        await entries.Write(page, "What was published", key, reading, response, cancellation);
    }

    private async Task Incident(IExportPage page, string key, JsonObject view, ExportReading reading, HttpResponse response, CancellationToken cancellation)
    {
        var review = await Review(reading, cancellation);
        // What is RED of it stands on the timelines below, and is noted there.
        var (computed, _) = await facts.For(key, review?.Cases ?? [], reading.AsOf, reading.Caller, reading.Audience, reading.Audience, cancellation);
        page.Begin(
            $"{key} {Word(view, "codename") ?? Word(view, "title")}",
            [
                ("What", Word(view, "summary") ?? Word(view, "title") ?? ""), ("Type", Word(view, "type") ?? ""), ("State", Word(view, "state") ?? ""), ("Level", Word(view, "level") ?? "none"),
                ("Where", string.Join(", ", (view["regions"] as JsonArray ?? []).Select(r => r!.ToString()))), ("TLP", Word(view, "tlp") ?? ""), .. About(reading),
            ]);
        if (reading.Crisis.Exercise)
        {
            page.Text("This was an exercise.");
        }

        FactCharts.Write(page, computed, reading.Times);
        FactTables.Write(page, computed, reading.Times);
        await Flush(page, response, cancellation);
        foreach (var stream in (string[])[key, .. review?.Cases ?? []])
        {
            await entries.Write(page, stream == key ? "Timeline" : $"Timeline of {stream}", stream, reading, response, cancellation);
        }

        page.Section("Who was told");
        await deliveries.Write(page, [key, .. review?.Cases ?? []], reading, response, cancellation);
        FactTables.Corrections(page, computed, reading.Times);
        await Recommendations(page, review, reading, cancellation);
    }

    private static (string Name, string Value)[] About(ExportReading reading) =>
        [("For", $"{reading.Audience}"), ("As of", reading.Times.At(reading.AsOf)), ("Times", reading.Times.Zone)];

    /// <summary>Its review, if there is one that the reader sees.</summary>
    private async Task<PostIncidentReview?> Review(ExportReading reading, CancellationToken cancellation) =>
        reading.Crisis.ReviewKey is { } key && await states.Seen(kinds.Of<PostIncidentReview>(), key, reading.Caller, cancellation) is var (held, _) ? (PostIncidentReview)held.State : null;

    private async Task Recommendations(IExportPage page, PostIncidentReview? review, ExportReading reading, CancellationToken cancellation)
    {
        var kind = kinds.Of<ImprovementRecommendation>();
        List<string[]> rows = [];
        foreach (var key in review?.Recommendations ?? [])
        {
            if (await states.Seen(kind, key, reading.Caller, cancellation) is var (held, own) && Sight.Makes(own, reading.Audience)
                && await Then(kind, key, held.State, reading, cancellation) is { } view)
            {
                var metric = view["metric"];
                rows.Add(
                [
                    key, Word(view, "state") ?? "", Word(view, "title") ?? "", metric is null ? "" : $"{metric["name"]}: {metric["before"]} before, {metric["target"]} aimed at, {metric["after"]?.ToString() ?? "not measured"} after",
                    Word(view, "owner") ?? "", reading.Times.At(view["dueAt"]?.GetValue<DateTimeOffset>()),
                ]);
            }
        }

        page.Section("Recommendations");
        page.Table(["Key", "State", "What", "Metric", "Owner", "Due"], rows, "None that you may read.");
    }

    /// <summary>A stream as its reader's audience may see it: as it is, or as it was; null when it was not there.</summary>
    private async Task<JsonObject?> Then(StreamKind kind, string key, object now, ExportReading reading, CancellationToken cancellation) =>
        !reading.Past ? kind.ViewThen(now, reading.Audience, now)
        : await states.Then(key, new Past(reading.AsOf), cancellation) is { } then ? kind.ViewThen(then.State, reading.Audience, now)
        : null;

    private static string? Word(JsonObject view, string member) => view[member]?.ToString();
}

/// <summary>Who reads, for whom, and what was recorded by when.</summary>
/// <param name="Audience">For whom it is made: the audience that the reader is, or one whose texts they read too.</param>
/// <param name="Past">An instant was asked for.</param>
/// <param name="Crisis">As it is now: what it masks is masked, whenever it was said.</param>
internal sealed record ExportReading(Caller Caller, Audience Audience, DateTimeOffset AsOf, bool Past, ExportTimes Times, Crisis Crisis)
{
    public string Say(string text) => Audience == Audience.Core ? text : Masking.Hide(text, Crisis.MaskedTerms);
}
