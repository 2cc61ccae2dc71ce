using CrisisOps.Server.History;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;

namespace CrisisOps.Server.Exports;

/// <summary><c>GET /v1/crises/{key}/export</c>: an incident to take away, as a bundle that proves itself or as a document for people.</summary>
public sealed class ExportRoutes : IRoutes
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/v1/crises/{key}/export", Get);

    private static Task<IResult> Get(string key, HttpContext http, PeopleExport people, BundleAnswer bundle, CancellationToken cancellation) => http.Request.Query["format"].ToString() switch
    {
        "" or "ndjson" => bundle.Write(key, http, cancellation),
        "markdown" => people.Write(key, http, new MarkdownPage(), cancellation),
        "html" => people.Write(key, http, new HtmlPage(), cancellation),
        _ => Task.FromResult<IResult>(Problem.Validation("format", "must be ndjson, markdown or html")),
    };
}
