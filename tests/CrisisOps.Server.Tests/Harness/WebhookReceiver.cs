using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Shouldly;

namespace CrisisOps.Server.Tests.Harness;

/// <summary>What came in.</summary>
/// <param name="Headers">The last value of each.</param>
public sealed record ReceivedRequest(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Body);

    public string Id => Headers["webhook-id"];
}

/// <summary>The other side of a webhook: a real HTTP server that does what a test tells it, path by path, and keeps what came.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, Channel<ReceivedRequest>> _inboxes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Func<HttpContext, Task>> _manners = new(StringComparer.Ordinal);
    private readonly WebApplication _app;

    private WebhookReceiver(WebApplication app) => _app = app;

    public static async Task<WebhookReceiver> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var receiver = new WebhookReceiver(builder.Build());
        receiver._app.Run(receiver.Take);
        await receiver._app.StartAsync();
        return receiver;
    }

    public string Url(string path) => $"http://127.0.0.1:{new Uri(_app.Urls.Single()).Port}{path}";

    /// <summary>How it answers on a path from now on; otherwise 204.</summary>
    public void On(string path, Func<HttpContext, Task> manners) => _manners[path] = manners;

    public void Answers(string path, int status) => On(path, http =>
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    });

    /// <summary>The next request to a path, whether it has come already or not.</summary>
    public async Task<ReceivedRequest> Next(string path)
    {
        using var limit = new CancellationTokenSource(_patience);
        try
        {
            return await Inbox(path).Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new ShouldAssertException($"Nothing came to {path}.");
        }
    }

    /// <summary>What has come to a path until now and was not looked at.</summary>
    public IReadOnlyList<ReceivedRequest> Rest(string path)
    {
        List<ReceivedRequest> rest = [];
        while (Inbox(path).Reader.TryRead(out var request))
        {
            rest.Add(request);
        }

        return rest;
    }

    /// <summary>No message came that the test has not looked at.</summary>
    public void ShouldHaveNothingElse() =>
        _inboxes.SelectMany(i => i.Value.Reader.TryPeek(out var message) ? [$"{i.Key}: {message.Text}"] : Array.Empty<string>()).ShouldBeEmpty("messages that nobody expected");

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private Channel<ReceivedRequest> Inbox(string path) => _inboxes.GetOrAdd(path, static _ => Channel.CreateUnbounded<ReceivedRequest>());

    private async Task Take(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var request = new ReceivedRequest(
            http.Request.Path, http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.Last() ?? "", StringComparer.OrdinalIgnoreCase), body.ToArray());
        http.Response.StatusCode = 204;
        // Before anybody hears of it: a test that hears of a request may give the next one other manners.
        var manners = _manners.GetValueOrDefault(request.Path);
        await Inbox(request.Path).Writer.WriteAsync(request);
        if (manners is not null)
        {
            await manners(http);
        }
    }
}
