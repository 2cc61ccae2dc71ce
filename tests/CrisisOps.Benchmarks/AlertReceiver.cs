using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace CrisisOps.Benchmarks;

/// <summary>How an endpoint answers alerts; whoever asks for its confirmation is answered in any case.</summary>
internal enum Manners { Well, Wrong, Silent }

/// <summary>
/// The other side of all webhooks, in this process: it notes what came and when, and answers 204. It does as little as it can, because it
/// takes its share of the same processors.
/// </summary>
internal sealed class AlertReceiver : IAsyncDisposable
{
    private const string Confirmation = "confirm";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, long>> _arrivals = new(StringComparer.Ordinal);
    private readonly Func<string, Task> _confirm;
    private int _repeats;

    private AlertReceiver(WebApplication app, Func<string, Task> confirm) => (_app, _confirm) = (app, confirm);

    /// <summary>Messages that came again, with the id of one that had come.</summary>
    public int Repeats => _repeats;

    /// <param name="confirm">Is given the links by which endpoints are confirmed.</param>
    public static async Task<AlertReceiver> StartAsync(Func<string, Task> confirm, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var receiver = new AlertReceiver(builder.Build(), confirm);
        receiver._app.Run(receiver.TakeAsync);
        await receiver._app.StartAsync(cancellation);
        return receiver;
    }

    public string Address(Manners manners, int number) => $"{_app.Urls.Single()}/{manners}/{number}";

    /// <summary>When the first copy of each message of an alert came, as <see cref="Stopwatch"/> counts, by message id.</summary>
    public ConcurrentDictionary<string, long> Of(string alert) => _arrivals.GetOrAdd(alert, static _ => new ConcurrentDictionary<string, long>(StringComparer.Ordinal));

    public async ValueTask DisposeAsync()
    {
        // Whoever is kept waiting by a silent endpoint is cut off.
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext http)
    {
        var came = Stopwatch.GetTimestamp();
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        using var message = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
        if (message.RootElement.GetProperty("data").TryGetProperty(Confirmation, out var link))
        {
            // Answered first: the link works whether or not the server has written that its message arrived.
            _ = _confirm(link.GetString()!);
            return;
        }

        switch (http.Request.Path.Value!.Split('/')[1])
        {
            case nameof(Manners.Wrong):
                http.Response.StatusCode = StatusCodes.Status500InternalServerError;
                return;
            case nameof(Manners.Silent):
                await Task.Delay(Timeout.Infinite, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return;
        }

        if (!Of(message.RootElement.GetProperty("subject").GetString()!).TryAdd(http.Request.Headers["webhook-id"].ToString(), came))
            Interlocked.Increment(ref _repeats);
    }
}
