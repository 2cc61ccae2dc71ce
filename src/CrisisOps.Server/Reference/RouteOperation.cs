using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace CrisisOps.Server.Reference;

/// <summary>The operation of a route that is no command, from its description.</summary>
public static class RouteOperation
{
    private const string Json = "application/json";

    public static async Task<OpenApiOperation> Write(RouteDescription route, OpenApiDocument document, Schemas schemas)
    {
        var operation = new OpenApiOperation
        {
            Tags = new HashSet<OpenApiTagReference> { Tags.Reference(document, route.Tag) },
            Summary = route.Summary,
            Description = route.Description,
            Parameters = Parameters.Of(document, route.Path, route.Takes),
            Responses = new OpenApiResponses { [$"{route.Status}"] = Answer(route) },
        };
        if (route.Anonymous)
        {
            operation.Security = [];
        }

        if (route.Body is { } body)
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [Json] = new OpenApiMediaType { Schema = await schemas.Of(body.Type), Example = JsonNode.Parse(body.Example) },
                },
            };
        }

        if (route.Bodies.Count > 0)
        {
            operation.RequestBody = new OpenApiRequestBody { Required = true, Content = route.Bodies.ToDictionary(b => b.MediaType, b => Example(b.MediaType, b.Example)) };
        }

        ProblemAnswers.AddTo(operation, document, route.Problems);
        return operation;
    }

    private static OpenApiResponse Answer(RouteDescription route) => new()
    {
        Description = route.Live ? "Server-sent events, until either side ends them." : "The answer.",
        Content = route.Answer.Length == 0 ? null : new Dictionary<string, OpenApiMediaType> { [MediaTypeOf(route)] = Example(MediaTypeOf(route), route.Answer) },
    };

    private static string MediaTypeOf(RouteDescription route) => route.Live ? "text/event-stream" : route.MediaType ?? Json;

    private static OpenApiMediaType Example(string mediaType, string text) => mediaType == Json
        ? new OpenApiMediaType { Schema = SchemaOf(JsonNode.Parse(text)), Example = JsonNode.Parse(text) }
        : new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String }, Example = JsonValue.Create(text) };

    /// <summary>The answers of reads are JSON made by the database and depend on the reader, so no type describes them: the example does.</summary>
    private static OpenApiSchema SchemaOf(JsonNode? example) => example switch
    {
        JsonObject members => new() { Type = JsonSchemaType.Object, Properties = members.ToDictionary(m => m.Key, IOpenApiSchema (m) => SchemaOf(m.Value)) },
        JsonArray items => new() { Type = JsonSchemaType.Array, Items = items.Count > 0 ? SchemaOf(items[0]) : new OpenApiSchema() },
        JsonValue value => value.GetValueKind() switch
        {
            JsonValueKind.String => new() { Type = JsonSchemaType.String, Format = value.GetValue<string>() is [.., 'Z'] text && DateTimeOffset.TryParse(text, out _) ? "date-time" : null },
            JsonValueKind.Number => new() { Type = value.TryGetValue<long>(out _) ? JsonSchemaType.Integer : JsonSchemaType.Number },
            _ => new() { Type = JsonSchemaType.Boolean },
        },
        _ => new() { Type = JsonSchemaType.Null | JsonSchemaType.String },
    };
}
