using Microsoft.OpenApi;

namespace CrisisOps.Server.Reference;

/// <summary>Groups of the reference page, in the order in which they are first used.</summary>
public static class Tags
{
    public static OpenApiTagReference Reference(OpenApiDocument document, string name)
    {
        document.Tags ??= new HashSet<OpenApiTag>();
        if (document.Tags.All(tag => tag.Name != name))
        {
            document.Tags.Add(new OpenApiTag { Name = name });
        }

        return new OpenApiTagReference(name, document);
    }
}
