using System.Buffers;
using System.Text;

namespace CrisisOps.Server.Hosting;

/// <summary>A page of stored JSON, put together without parsing: <c>{"items":[…],"next":…}</c>, with an RFC 8288 Link to the next one.</summary>
/// <param name="watched">Somebody compares it with the page before, by <see cref="Outline"/>.</param>
public sealed class JsonPage(bool watched = false) : IResult
{
    private readonly ArrayBufferWriter<byte> _items = new(16 * 1024);
    private readonly List<(string Name, string Json)> _more = [];
    private readonly StringBuilder? _outline = watched ? new() : null;

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

        var body = response.BodyWriter;
        body.Write("{\"items\":["u8);
        body.Write(_items.WrittenSpan);
        Encoding.UTF8.GetBytes(Next is null ? "],\"next\":null" : $"],\"next\":\"{Next}\"", body);
        foreach (var (name, json) in _more)
        {
            Encoding.UTF8.GetBytes($",\"{name}\":{json}", body);
        }

        body.Write("}"u8);
        await body.FlushAsync(httpContext.RequestAborted);
    }

    private static QueryString NextQuery(IQueryCollection query, string next) =>
        QueryString.Create(query.Where(q => q.Key != "cursor").Select(q => KeyValuePair.Create(q.Key, q.Value.FirstOrDefault())).Append(KeyValuePair.Create("cursor", (string?)next)));
}
