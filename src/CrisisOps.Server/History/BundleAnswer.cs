using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Crises;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.History;

/// <summary>Answers with the bundle of a crisis: one file that proves itself, for whoever reads the crisis as Core.</summary>
public sealed class BundleAnswer(StreamKinds kinds, ExportedStreams streams, BundleExport export)
{
    public async Task<IResult> Write(string key, HttpContext http, CancellationToken cancellation)
    {
        string[] ofDocuments = ["audience", "zone", "asOf"];
        var query = new Queries(http, ["format", .. ofDocuments]);
        if (ofDocuments.FirstOrDefault(http.Request.Query.ContainsKey) is { } name)
        {
            query.Refuse(name, "goes with format=markdown or html: a bundle is all that you read, as it is now");
        }

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
        await ReadLog.Exported(http, [.. start.Tips.Select(tip => tip.Stream)]);
        http.Response.ContentType = "application/x-ndjson";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{key}.ndjson\"";
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            await export.Write(start, http, cancellation);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ExportEndedException or NpgsqlException or TimeoutException or IOException)
        {
            http.Abort(); // whoever reads it sees that it was cut off, and so does verify
        }

        return Results.Empty;
    }
}
