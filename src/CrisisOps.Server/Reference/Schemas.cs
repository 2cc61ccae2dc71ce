using System.Text.RegularExpressions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CrisisOps.Server.Reference;

/// <summary>Schemas of our types, each written once among the components and referred to from there.</summary>
public sealed partial class Schemas(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
{
    /// <summary>A reference to the schema of a type; its target carries the type's doc comment.</summary>
    public async Task<OpenApiSchemaReference> Of(Type type)
    {
        if (document.Components?.Schemas?.ContainsKey(type.Name) != true)
        {
            var schema = await context.GetOrCreateSchemaAsync(type, null, cancellation);
            document.AddComponent<IOpenApiSchema>(type.Name, schema);
        }

        return new OpenApiSchemaReference(type.Name, document);
    }

    /// <summary>Text of a doc comment for a reader of the API, who has no use for paragraphs of our domain description.</summary>
    public static string Prose(string comment) => Spaces().Replace(OwnReferences().Replace(comment, ""), " ").Trim();

    [GeneratedRegex(@"\s*\((issue \d+|(issue \d+, )?(domain )?§[^)]*)\)|[,;] domain §[\d., §]*\d")]
    private static partial Regex OwnReferences();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
