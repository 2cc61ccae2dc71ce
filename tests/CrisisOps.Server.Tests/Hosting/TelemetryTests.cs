using System.Collections.Concurrent;
using System.Net;
using System.Text;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Shouldly;

namespace CrisisOps.Server.Tests.Hosting;

/// <summary>Against a real receiver on real HTTP: what leaves the process is what counts.</summary>
public sealed class TelemetryTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Secret = "Zanzibar-lighthouse-4711";

    [Fact]
    public void Without_an_endpoint_nothing_listens()
    {
        server.Node.Services.GetService<TracerProvider>().ShouldBeNull();
        server.Node.Services.GetService<MeterProvider>().ShouldBeNull();
    }

    [Fact]
    public async Task With_an_endpoint_commands_are_traced_and_counted_without_their_payloads()
    {
        await using var receiver = await Receiver.Start();
        await using (var node = await TestNode.Start(server.Database.ConnectionString, new NodeOptions
        {
            Settings = new Dictionary<string, string> { [Telemetry.Endpoint] = receiver.Url, ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf" },
        }))
        {
            var specialist = await node.As("spec-04");
            var key = await specialist.Raised(new { title = Secret });
            (await specialist.Note(key, Secret)).ShouldBeDone();
            await specialist.Get($"/v1/escalations?q={Secret}");
            node.Services.GetRequiredService<TracerProvider>().ForceFlush(5000);
            node.Services.GetRequiredService<MeterProvider>().ForceFlush(5000);
        }

        receiver.Got("/v1/metrics").ShouldContain("crisisops.commands");
        receiver.Got("/v1/metrics").ShouldContain("post-note");
        receiver.Got("/v1/metrics").ShouldContain("crisisops.batch.size");
        receiver.Got("/v1/metrics").ShouldContain("crisisops.lane.waiting");
        receiver.Got("/v1/metrics").ShouldContain("crisisops.commit.duration");
        receiver.Got("/v1/traces").ShouldContain("post-note");
        receiver.Got("/v1/traces").ShouldContain("Npgsql");
        receiver.Got("/v1/metrics").ShouldNotContain(Secret);
        receiver.Got("/v1/traces").ShouldNotContain(Secret);
    }

    /// <summary>Takes what OTLP over HTTP sends; the names in it are readable without its schema.</summary>
    private sealed class Receiver(WebApplication app) : IAsyncDisposable
    {
        private readonly ConcurrentQueue<(string Path, string Body)> _bodies = new();

        public string Url => app.Urls.First();

        public string Got(string path) => string.Concat(_bodies.Where(b => b.Path == path).Select(b => b.Body));

        public static async Task<Receiver> Start()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
            var receiver = new Receiver(builder.Build());
            await receiver.Run();
            return receiver;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private Task Run()
        {
            app.Run(async http =>
            {
                using var body = new MemoryStream();
                await http.Request.Body.CopyToAsync(body);
                _bodies.Enqueue((http.Request.Path, Encoding.Latin1.GetString(body.ToArray())));
            });
            return app.StartAsync();
        }
    }
}
