using System.Globalization;
using System.Text.Json;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Access;

/// <summary>
/// Who opened what is RED, and when (domain §4). It is written before the answer leaves: what is not noted is not shown. Every page, every
/// state and every stream of events asks here; it looks at what they hand out, so no route can forget which of its rows are RED.
/// </summary>
public sealed class ReadLog(NpgsqlDataSource database, TimeProvider clock)
{
    private static ReadOnlySpan<byte> Mark => "\"RED\""u8;

    /// <summary>Whether some of this JSON may be RED: a look that costs nothing, before it is parsed.</summary>
    public static bool Red(ReadOnlySpan<byte> json) => json.IndexOf(Mark) >= 0;

    /// <summary>Notes that the caller of a request gets this JSON to read, if some of it is RED.</summary>
    public static Task Opened(HttpContext http, ReadOnlyMemory<byte> json) => Red(json.Span) ? Opened(http, Items(json)) : Task.CompletedTask;

    /// <summary>Notes that the caller of a request gets these to read.</summary>
    public static Task Opened(HttpContext http, IReadOnlyCollection<RedItem> items) => items.Count == 0
        ? Task.CompletedTask
        : http.RequestServices.GetRequiredService<ReadLog>().Write(
            Callers.Of(http), (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? http.Request.Path, items, http.RequestAborted);

    /// <summary>Notes that the caller of a request gets these entries to read, as far as they are RED.</summary>
    public static Task Opened(HttpContext http, IEnumerable<byte[]?> entries) => Opened(http, [.. entries.OfType<byte[]>().Where(e => Red(e)).SelectMany(e => Items(e)).Distinct()]);

    /// <summary>Notes that the caller of a request takes these streams away, with all of them that is RED and that they may read.</summary>
    public static async Task Exported(HttpContext http, IReadOnlyCollection<string> streams)
    {
        var caller = Callers.Of(http);
        var arguments = new SqlArguments();
        var sight = Sight.Sql("e", SightRows.All, caller, arguments);
        await using var command = http.RequestServices.GetRequiredService<NpgsqlDataSource>().Statement(
            $"""
            select t.stream, t.version from crisis.timeline t join crisis.sights e on e.key = t.stream
             where t.stream = any ({arguments.Add(streams.ToArray())}) and t.tlp = {(int)Tlp.RED} and {sight.Visible} and {sight.Named} and ({sight.Limit} = {(int)Tlp.RED} or {sight.Open})
            """,
            arguments.Values);
        List<RedItem> items = [];
        await using (var reader = await command.ExecuteReaderAsync(http.RequestAborted))
        {
            while (await reader.ReadAsync(http.RequestAborted))
            {
                items.Add(new RedItem(reader.GetString(0), reader.GetInt64(1)));
            }
        }

        await Opened(http, items);
    }

    /// <summary>What is RED in this JSON: entries by their version, and streams.</summary>
    public static IReadOnlyCollection<RedItem> Items(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        HashSet<RedItem> items = [];
        Find(document.RootElement, null, items);
        return items;
    }

    private static void Find(JsonElement json, string? around, HashSet<RedItem> items)
    {
        if (json.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in json.EnumerateArray())
            {
                Find(item, around, items);
            }
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        var (stream, version) = Identity(json, around);
        if (stream is not null && Text(json, "tlp") == TlpNames.Of(Tlp.RED))
        {
            items.Add(new RedItem(stream, version));
        }

        foreach (var member in json.EnumerateObject())
        {
            Find(member.Value, stream, items);
        }
    }

    private static (string? Stream, long? Version) Identity(JsonElement json, string? around) =>
        Text(json, "entryId") is { } entry && entry.LastIndexOf('@') is > 0 and var at && long.TryParse(entry.AsSpan(at + 1), CultureInfo.InvariantCulture, out var version)
            ? (entry[..at], version)
            : (Text(json, "stream") ?? Text(json, "key") ?? Text(json, "incident") ?? around ?? Text(json, "escalation") ?? Text(json, "source"), null); // an alert stands behind a case, or only its source is known

    private static string? Text(JsonElement json, string member) => json.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private async Task Write(Caller caller, string route, IReadOnlyCollection<RedItem> items, CancellationToken cancellation)
    {
        var streams = items.GroupBy(i => i.Stream, StringComparer.Ordinal).ToArray();
        await using var command = database.Statement(
            """
            insert into crisis.reads (at, reader, roles, route, stream, entries)
            select $1, $2, $3, $4, s.stream, s.entries::bigint[] from unnest($5::text[], $6::text[]) as s (stream, entries)
            """,
            clock.GetUtcNow(), caller.Id, caller.Roles.Select(RoleNames.Of).Order(StringComparer.Ordinal).ToArray(), route, streams.Select(s => s.Key).ToArray(),
            streams.Select(s => $"{{{string.Join(',', s.Select(i => i.Version).OfType<long>().Order())}}}").ToArray());
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

/// <summary>Something RED that was opened.</summary>
/// <param name="Version">Of an entry of its timeline; null means the stream itself.</param>
public sealed record RedItem(string Stream, long? Version);
