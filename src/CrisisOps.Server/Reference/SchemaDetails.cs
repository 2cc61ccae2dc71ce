using System.Text.Json.Nodes;
using CrisisOps.Server.Problems;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CrisisOps.Server.Reference;

/// <summary>What the schema exporter can not know: the types behind our own converters, and that answers may grow while bodies are strict.</summary>
public sealed class SchemaDetails : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        if (type == typeof(DateTimeOffset) || type == typeof(DateTimeOffset?))
        {
            (schema.Type, schema.Format) = (type == typeof(DateTimeOffset) ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null, "date-time");
        }
        else if (type == typeof(TimeSpan) || type == typeof(TimeSpan?))
        {
            (schema.Type, schema.Format, schema.Pattern) = (type == typeof(TimeSpan) ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null, "duration", null);
            schema.Examples = [JsonValue.Create("PT30M")];
        }
        else if (schema.Enum is { Count: > 0 } names)
        {
            schema.Type = names.Any(n => n is null || JsonNullSentinel.IsJsonNullSentinel(n)) ? JsonSchemaType.String | JsonSchemaType.Null : JsonSchemaType.String;
        }
        else if (type == typeof(Problem) || type == typeof(CommandAnswer) || type == typeof(CommandEvent))
        {
            schema.AdditionalPropertiesAllowed = true;
        }

        schema.Description = schema.Description is { } comment ? Schemas.Prose(comment) : null;
        return Task.CompletedTask;
    }
}
