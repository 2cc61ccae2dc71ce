using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CrisisOps.Server.Tests.Harness;

/// <summary>How a node of a test differs from the server as it is.</summary>
public sealed record NodeOptions
{
    /// <summary>Replaces the server's clock; null leaves the store's own, which <c>POST /dev/clock</c> moves.</summary>
    public TimeProvider? Clock { get; init; }

    public string Environment { get; init; } = "Development";

    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    public Action<IServiceCollection>? Services { get; init; }
}

/// <summary>The real server on real Kestrel in this process. Several on one database are several nodes.</summary>
public sealed class TestNode : IAsyncDisposable
{
    private readonly WebApplicationFactory<Program> _factory;
    private readonly SocketsHttpHandler _connections = new() { MaxConnectionsPerServer = 512 };
    private readonly TokenDesk _tokens;

    private TestNode(WebApplicationFactory<Program> factory, Uri url, RecordedLog log)
    {
        (_factory, Url, Log) = (factory, url, log);
        _tokens = new TokenDesk(_connections, () => Url);
    }

    public Uri Url { get; }

    public RecordedLog Log { get; }

    public IServiceProvider Services => _factory.Services;

    /// <summary>Starts a node and waits until it answers.</summary>
    public static Task<TestNode> Start(string connectionString, NodeOptions? options = null) => Task.Run(() =>
    {
        options ??= new NodeOptions();
        var log = new RecordedLog();
        var factory = new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            host.UseEnvironment(options.Environment);
            host.UseSetting("ConnectionStrings:CrisisOps", connectionString);
            foreach (var (name, value) in options.Settings)
            {
                host.UseSetting(name, value);
            }

            host.ConfigureLogging(logging => logging.ClearProviders().AddProvider(log));
            host.ConfigureTestServices(services =>
            {
                if (options.Clock is { } clock)
                {
                    services.AddSingleton(clock);
                }

                options.Services?.Invoke(services);
            });
        });
        factory.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0)); // UseKestrel(0) would mean port 5000
        factory.StartServer();
        var addresses = factory.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return new TestNode(factory, new Uri(addresses.First()), log);
    });

    /// <summary>A caller with a development token.</summary>
    public Task<Api> As(
        string subject, string[]? roles = null, string[]? regions = null, string? clearance = null, string[]? functions = null, string? partner = null) =>
        _tokens.Issue(new TokenWish(subject, roles, regions, clearance, functions, partner));

    /// <summary>A caller with this token, or with none.</summary>
    public Api With(string? token) => _tokens.With(token);

    public async ValueTask DisposeAsync()
    {
        _connections.Dispose();
        await _factory.DisposeAsync();
    }
}
