using CrisisOps.Server.Hosting;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace CrisisOps.Server.Reference;

/// <summary><c>/openapi/v1.json</c> and the page that shows it, <c>/reference</c>. Neither needs a token: they hold no data.</summary>
public sealed class ReferenceRoutes : IRoutes
{
    public const string Document = "v1";

    /// <summary>The page's script comes out of the package, from this server. A token typed into it must go nowhere else, whatever a later version of it would like.</summary>
    private const string OnlyHere = "script-src 'self' 'unsafe-inline' 'unsafe-eval'; worker-src 'self' blob:; connect-src 'self'; font-src 'self' data:; frame-ancestors 'none'";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/openapi/v1.json", async (ReferenceText text) => Results.Text(await text.Json, "application/json")).AllowAnonymous().ExcludeFromDescription();
        app.MapScalarApiReference("/reference", (options, http) =>
        {
            http.Response.Headers.ContentSecurityPolicy = OnlyHere;
            options
                .WithTitle("CrisisOps API")
                .WithOpenApiRoutePattern("/openapi/v1.json")
                .AddPreferredSecuritySchemes(ReferenceDocument.Bearer)
                .DisableDefaultFonts()
                .DisableAgent()
                .DisableMcp()
                .DisableTelemetry();
        }).AllowAnonymous().ExcludeFromDescription();
    }
}

/// <summary>The document as served: made once, since nothing in it changes while the server runs.</summary>
public sealed class ReferenceText([FromKeyedServices(ReferenceRoutes.Document)] IOpenApiDocumentProvider documents)
{
    private readonly Lazy<Task<string>> _json = new(async () =>
    {
        var document = await documents.GetOpenApiDocumentAsync();
        return await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1);
    });

    public Task<string> Json => _json.Value;
}

/// <summary>What the reference needs of the host.</summary>
public static class ReferenceServices
{
    public static void AddCrisisOpsReference(this IServiceCollection services)
    {
        // Schemas are made with the rules that bodies are read with, so that a required member is one here and there.
        services.ConfigureHttpJsonOptions(options => Json.Strictly(Json.Conventions(options.SerializerOptions)));
        services.AddOpenApi(ReferenceRoutes.Document, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            // Endpoints read their bodies and queries themselves, so their signatures say nothing: the transformer writes every operation.
            options.ShouldInclude = _ => false;
            options.AddSchemaTransformer<SchemaDetails>();
            options.AddDocumentTransformer<ReferenceDocument>();
        });
        services.AddSingleton<ReferenceText>();
    }
}
