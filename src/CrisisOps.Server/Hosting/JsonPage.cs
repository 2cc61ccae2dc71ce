using System.Buffers;
using System.Globalization;
using System.Text;
using CrisisOps.Server.Access;

namespace CrisisOps.Server.Hosting;

/// <summary>A page of stored JSON, put together without parsing: <c>{"items":[…],"next":…}</c>, with an RFC 8288 Link to the next one.</summary>
/// <param name="watched">Somebody compares it with the page before, by <see cref="Outline"/>.</param>
public sealed class JsonPage(bool watched = false) : IResult
{
    private readonly ArrayBufferWriter<byte> _items = new(48 * 1024);
    private readonly List<(string Name, string Json)> _more = [];
    private readonly StringBuilder? _outline = watched ? new() : null;

    private static ReadOnlySpan<byte> Start => "{\"items\":["u8;

    public int Count { get; private set; }

    /// <summary>Cursor of the next page; null on the last one.</summary>
    public string? Next { get; set; }

    public void Add(string json, string? outline = null)
    {
        _outline?.Append(outline ?? json).Append('\n');
        if (Count++ > 0)
        {
            _items.Write(","u8);
        }

        Encoding.UTF8.GetBytes(json, _items);
    }

    /// <summary>Adds stored JSON as it came from the database.</summary>
    public void Add(ReadOnlySpan<byte> json)
    {
        if (Count++ > 0)
        {
            _items.Write(","u8);
        }

        _items.Write(json);
    }

    /// <summary>Adds a stored JSON object with one more member; name and text need no escaping. A watcher compares without that member.</summary>
    public void Add(ReadOnlySpan<byte> json, ReadOnlySpan<byte> member, ReadOnlySpan<byte> text)
    {
        _outline?.Append(Encoding.UTF8.GetString(json)).Append('\n');
        Add(json[..^1]);
        _items.Write(",\""u8);
        _items.Write(member);
        _items.Write("\":\""u8);
        _items.Write(text);
        _items.Write("\"}"u8);
    }

    /// <summary>What a watcher compares to see whether the page has changed.</summary>
    public string Outline() => _outline?.ToString() ?? "";

    /// <summary>The items alone, as a JSON array.</summary>
    public string ItemsJson() => $"[{Encoding.UTF8.GetString(_items.WrittenSpan)}]";

    /// <summary>A further member beside items and next.</summary>
    public void With(string name, string json) => _more.Add((name, json));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "application/json";
        if (Next is { } next)
        {
            response.Headers.Link = $"<{httpContext.Request.Path}{NextQuery(httpContext.Request.Query, next)}>; rel=\"next\"";
        }

        var tail = new StringBuilder(Next is null ? "],\"next\":null" : $"],\"next\":\"{Next}\"");
        foreach (var (name, json) in _more)
        {
            tail.Append(CultureInfo.InvariantCulture, $",\"{name}\":{json}");
        }

        var end = Encoding.UTF8.GetBytes(tail.Append('}').ToString());
        if (ReadLog.Red(_items.WrittenSpan))
        {
            await ReadLog.Opened(httpContext, Encoding.UTF8.GetBytes(ItemsJson()));
        }

        response.ContentLength = Start.Length + _items.WrittenCount + end.Length;
        var body = response.BodyWriter;
        body.Write(Start);
        body.Write(_items.WrittenSpan);
        body.Write(end);
        await body.FlushAsync(httpContext.RequestAborted);
    }

    private static QueryString NextQuery(IQueryCollection query, string next) =>
        QueryString.Create(query.Where(q => q.Key != "cursor").Select(q => KeyValuePair.Create(q.Key, q.Value.FirstOrDefault())).Append(KeyValuePair.Create("cursor", (string?)next)));
}
