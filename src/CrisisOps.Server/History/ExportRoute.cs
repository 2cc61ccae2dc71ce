using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Crises;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.History;

/// <summary><c>GET /v1/crises/{key}/export</c>: one file that proves itself, for whoever reads the crisis as Core.</summary>
public sealed class ExportRoute : IRoutes
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/v1/crises/{key}/export", Get);

    private static async Task<IResult> Get(string key, HttpContext http, StreamKinds kinds, ExportedStreams streams, BundleExport export, CancellationToken cancellation)
    {
        var query = new Queries(http, "format");
        _ = query.Names("format", ["ndjson"]);
        if (query.Problem is { } problem)
        {
            return problem;
        }

        var caller = Callers.Of(http);
        if (kinds.Find(key) is not CrisisStream kind || await streams.AudienceOf(kind, key, caller, cancellation) is not { } audience)
        {
            return Problem.NotFound;
        }

        if (audience != Audience.Core)
        {
            return Problem.Forbidden("A crisis is exported by those who read all of it: its command and the duty leads of its regions.");
        }

        var start = await export.Begin(key, caller, cancellation);
        http.Response.ContentType = "application/x-ndjson";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{key}.ndjson\"";
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            await export.Write(start, http.Response.BodyWriter, cancellation);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ExportEndedException or NpgsqlException or TimeoutException or IOException)
        {
            http.Abort(); // whoever reads it sees that it was cut off, and so does verify
        }

        return Results.Empty;
    }
}
