using System.Text.Json;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Timelines;

namespace CrisisOps.Server.Exports;

/// <summary>The entries of a timeline, page after page through the one query that hands them out, each sent on before the next page is read.</summary>
public sealed class ExportEntries(TimelineQuery timelines)
{
    private const int PageSize = 500;

    /// <summary>A timeline that does not exist for the reader is passed over.</summary>
    internal async Task Write(IExportPage page, string title, string key, ExportReading reading, HttpResponse response, CancellationToken cancellation)
    {
        var bare = reading.Audience == Audience.Public;
        var wish = new TimelineWish(key, PageSize, ByOccurred: true, AsOf: reading.AsOf) { For = reading.Audience };
        var entries = await timelines.Read(wish, reading.Caller, cancellation);
        if (entries is null)
        {
            return;
        }

        page.Section(title);
        page.BeginTable(bare ? ["When", "What"] : ["When", "Entry", "Kind", "What", "By"]);
        while (entries is { Count: > 0 })
        {
            await ReadLog.Opened(response.HttpContext, entries.Select(e => e.Json));
            foreach (var entry in entries)
            {
                using var json = JsonDocument.Parse(entry.Json);
                page.Row(bare ? [reading.Times.At(json.RootElement, "recordedAt"), What(json.RootElement, reading)] : Row(json.RootElement, reading));
            }

            await PeopleExport.Flush(page, response, cancellation);
            entries = entries.Count == PageSize ? await timelines.Read(wish with { After = entries[^1].Place }, reading.Caller, cancellation) : null;
        }

        page.EndTable();
    }

    private static string[] Row(JsonElement entry, ExportReading reading)
    {
        var (occurred, recorded) = (entry.GetProperty("occurredAt").GetDateTimeOffset(), entry.GetProperty("recordedAt").GetDateTimeOffset());
        return
        [
            occurred == recorded ? reading.Times.At(occurred) : $"{reading.Times.At(occurred)}\nlearned {reading.Times.At(recorded)}",
            Text(entry, "entryId"), Text(entry, "kind"), What(entry, reading), Text(entry, "actor"),
        ];
    }

    private static string What(JsonElement entry, ExportReading reading)
    {
        var body = Text(entry, "body");
        var amended = entry.TryGetProperty("amendedAt", out var at) ? $"\n[corrected at {reading.Times.At(at.GetDateTimeOffset())} by {Text(entry, "amendedBy")}]" : "";
        return $"{reading.Say(Text(entry, "headline"))}{(body.Length > 0 ? $"\n{reading.Say(body)}" : "")}{amended}";
    }

    private static string Text(JsonElement entry, string member) => entry.TryGetProperty(member, out var value) ? value.GetString() ?? "" : "";
}
