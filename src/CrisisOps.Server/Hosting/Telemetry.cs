using CrisisOps.Server.Streams;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CrisisOps.Server.Hosting;

/// <summary>
/// Traces and metrics over OTLP, only where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says where to: without it nothing listens, and an
/// instrument that nobody listens to costs next to nothing. Payloads are in neither: spans name routes, messages and statements
/// with their placeholders.
/// </summary>
public static class Telemetry
{
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static void AddCrisisOpsTelemetry(this WebApplicationBuilder builder)
    {
        if (builder.Configuration[Endpoint] is not { Length: > 0 })
        {
            return;
        }

        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(builder.Configuration["OTEL_SERVICE_NAME"] ?? "crisisops"))
            .WithTracing(tracing => tracing
                // A probe every few seconds says nothing, and a live stream is one span of hours.
                .AddAspNetCoreInstrumentation(options => options.Filter = http => !Endless(http.Request.Path))
                .AddSource("Wolverine", "Marten", "Npgsql")
                .AddOtlpExporter())
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddMeter(StreamMetrics.Name, "Wolverine*", "Npgsql", "System.Runtime")
                .AddOtlpExporter());
    }

    private static bool Endless(PathString path) =>
        path.StartsWithSegments("/health", StringComparison.Ordinal) || path.Value?.EndsWith("/live", StringComparison.Ordinal) == true;
}
