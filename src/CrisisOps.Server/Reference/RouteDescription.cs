using System.Diagnostics.CodeAnalysis;

namespace CrisisOps.Server.Reference;

/// <summary>Says what the routes of a capability are for, those that are no commands. Found by what it implements.</summary>
public interface IDescribesRoutes
{
    static abstract IEnumerable<RouteDescription> Routes { get; }
}

/// <summary>One route that is no command, for the reference page.</summary>
/// <param name="Answer">
/// An example of the answer; its schema follows from it. For a live stream the text of a few events, for another media type the text; empty when the
/// answer has no body.
/// </param>
public sealed record RouteDescription(HttpMethod Method, string Path, string Tag, string Summary, [StringSyntax(StringSyntaxAttribute.Json)] string Answer)
{
    public string? Description { get; init; }

    /// <summary>Names of <see cref="Parameters"/> beside those of the path.</summary>
    public IReadOnlyList<string> Takes { get; init; } = [];

    public IReadOnlyList<int> Problems { get; init; } = [401, 422, 503];

    /// <summary>Type and example of the body.</summary>
    public (Type Type, string Example)? Body { get; init; }

    /// <summary>Examples of bodies that are of no type of ours, by media type: the formats of others, and those that are read leniently.</summary>
    public IReadOnlyList<(string MediaType, string Example)> Bodies { get; init; } = [];

    /// <summary>Of the answer when all is well.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>Server-sent events.</summary>
    public bool Live { get; init; }

    public bool Anonymous { get; init; }

    /// <summary>Of an answer that is no JSON; then <see cref="Answer"/> is its text.</summary>
    public string? MediaType { get; init; }

    public static IEnumerable<RouteDescription> Discover() =>
        typeof(RouteDescription).Assembly.GetTypes()
            .Where(t => !t.IsInterface && t.IsAssignableTo(typeof(IDescribesRoutes)))
            .OrderBy(t => t.Name, StringComparer.Ordinal)
            .SelectMany(t => (IEnumerable<RouteDescription>)t.GetProperty(nameof(IDescribesRoutes.Routes))!.GetValue(null)!);
}
