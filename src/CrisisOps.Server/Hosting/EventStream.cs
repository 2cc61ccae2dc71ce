using System.Buffers;
using System.Text;
using CrisisOps.Server.Access;

namespace CrisisOps.Server.Hosting;

/// <summary>Server-sent events, written by hand because ids, keep-alives and flushes matter here.</summary>
public sealed class EventStream(HttpContext http)
{
    /// <summary>Proxies drop silent connections after half a minute or so.</summary>
    public static readonly TimeSpan KeepAliveEvery = TimeSpan.FromSeconds(15);

    private long _lastWrite = Environment.TickCount64;
    private readonly List<RedItem> _red = [];

    // Not in the response: what that holds leaves with its end, also when the note of it could not be written.
    private readonly List<Queued> _queue = [];

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
    public void Add(string name, string data, string? id = null) => Add(name, Encoding.UTF8.GetBytes(data), id);

    /// <inheritdoc cref="Add(string, string, string?)"/>
    /// <param name="data">One line, as stored.</param>
    public void Add(string name, byte[] data, string? id = null)
    {
        _queue.Add(new Queued(name, data, id));
        if (ReadLog.Red(data))
        {
            _red.AddRange(ReadLog.Items(data));
        }
    }

    /// <summary>Queues a comment, which clients skip: it shows everybody between us that the connection lives.</summary>
    public void KeepAlive() => _queue.Add(new Queued(null, [], null));

    /// <summary>Sends what is queued, or a comment when nothing was sent for a while. Waits for a client that reads slowly.</summary>
    public async Task Flush()
    {
        if (_queue.Count == 0 && Environment.TickCount64 - _lastWrite < KeepAliveEvery.TotalMilliseconds)
        {
            return;
        }

        if (_queue.Count == 0)
        {
            KeepAlive();
        }

        await ReadLog.Opened(http, _red);
        _red.Clear();
        var body = http.Response.BodyWriter;
        _queue.ForEach(queued => Write(body, queued));
        _queue.Clear();
        _lastWrite = Environment.TickCount64;
        await body.FlushAsync(http.RequestAborted);
    }

    private static void Write(IBufferWriter<byte> body, Queued queued)
    {
        if (queued.Name is null)
        {
            body.Write(": still here\n\n"u8);
            return;
        }

        if (queued.Id is not null)
        {
            body.Write("id: "u8);
            Encoding.ASCII.GetBytes(queued.Id, body);
            body.Write("\n"u8);
        }

        body.Write("event: "u8);
        Encoding.ASCII.GetBytes(queued.Name, body);
        body.Write("\ndata: "u8);
        body.Write(queued.Data);
        body.Write("\n\n"u8);
    }

    /// <param name="Name">Null for a comment.</param>
    private readonly record struct Queued(string? Name, byte[] Data, string? Id);
}
