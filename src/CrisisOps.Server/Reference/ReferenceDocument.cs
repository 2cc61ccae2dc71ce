using CrisisOps.Server.Streams;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CrisisOps.Server.Reference;

/// <summary>
/// Writes the OpenAPI document: commands from the catalog, everything else from what <see cref="IDescribesRoutes"/> says. A test
/// holds it against the endpoints that are mapped.
/// </summary>
public sealed class ReferenceDocument(CommandCatalog catalog, IHostEnvironment environment) : IOpenApiDocumentTransformer
{
    public const string Bearer = "bearer";

    private const string About = """
        Crisis response for a platform's Risk & Response team. Every state is a stream of events; a command appends to one.

        - **Times** are RFC 3339 with an offset, durations ISO 8601, enumerations strings. An unknown member or parameter is an error.
        - **Try again safely**: send an `Idempotency-Key`; the same key gets the first answer again, for seven days.
        - **Not over somebody's change**: send `If-Match` with the version you saw; 412 says that the stream has moved.
        - **Ask first**: `?dryRun=true` decides a command and writes nothing. `GET /v1/escalations/{key}` lists what you may do now.
        - **Errors** are `application/problem+json`. A refusal names its guard, what is allowed now, and who on duty could do it.
        - What you may not see does not exist for you: 404, and no count or key that tells.
        """;

    public async Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo { Title = "CrisisOps", Version = "1", Description = About };
        document.Servers = [new OpenApiServer { Url = "/", Description = "This server" }];
        document.AddComponent<IOpenApiSecurityScheme>(Bearer, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description = "A token of your OpenID Connect issuer. In Development, POST /dev/tokens gives one.",
        });
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];
        var schemas = new Schemas(document, context, cancellationToken);
        ProblemAnswers.AddTo(document, await schemas.Of(typeof(Problems.Problem)));
        Parameters.AddTo(document);
        foreach (var entry in catalog.All.Where(e => !e.TimerOnly))
        {
            Add(document, HttpMethod.Post, entry.Path, await CommandOperation.Write(entry, document, schemas));
        }

        foreach (var route in RouteDescription.Discover().Where(r => environment.IsDevelopment() || !r.Path.StartsWith("/dev/", StringComparison.Ordinal)))
        {
            Add(document, route.Method, route.Path, await RouteOperation.Write(route, document, schemas));
        }
    }

    private static void Add(OpenApiDocument document, HttpMethod method, string path, OpenApiOperation operation)
    {
        document.Paths ??= [];
        if (!document.Paths.TryGetValue(path, out var item))
        {
            document.Paths[path] = item = new OpenApiPathItem();
        }

        operation.OperationId ??= $"{method.Method}-{(path.StartsWith("/v1", StringComparison.Ordinal) ? path["/v1".Length..] : path).Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal).Trim('/').Replace('/', '-')}".ToLowerInvariant();
        ((OpenApiPathItem)item).AddOperation(method, operation);
    }
}
