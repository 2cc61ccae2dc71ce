using System.Text;

namespace CrisisOps.Server.Hosting;

/// <summary>Server-sent events, written by hand because ids, keep-alives and flushes matter here.</summary>
public sealed class EventStream(HttpContext http)
{
    /// <summary>Proxies drop silent connections after half a minute or so.</summary>
    public static readonly TimeSpan KeepAliveEvery = TimeSpan.FromSeconds(15);

    private readonly StringBuilder _text = new();
    private long _lastWrite = Environment.TickCount64;

    /// <summary>Sends the headers, so that the client knows it is connected.</summary>
    public async Task Open()
    {
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        await http.Response.WriteAsync("retry: 1000\n\n", http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }

    /// <summary>Queues an event; <see cref="Flush"/> sends it.</summary>
    /// <param name="data">One line.</param>
    public void Add(string name, string data, string? id = null)
    {
        if (id is not null)
        {
            _text.Append("id: ").Append(id).Append('\n');
        }

        _text.Append("event: ").Append(name).Append("\ndata: ").Append(data).Append("\n\n");
    }

    /// <summary>Sends what is queued, or a comment when nothing was sent for a while.</summary>
    public async Task Flush()
    {
        if (_text.Length == 0 && Environment.TickCount64 - _lastWrite < KeepAliveEvery.TotalMilliseconds)
        {
            return;
        }

        var text = _text.Length == 0 ? ": still here\n\n" : _text.ToString();
        _text.Clear();
        _lastWrite = Environment.TickCount64;
        await http.Response.WriteAsync(text, http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }
}
