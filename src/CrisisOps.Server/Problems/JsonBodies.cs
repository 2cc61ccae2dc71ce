using System.Text.Json;
using CrisisOps.Server.Hosting;
using Microsoft.AspNetCore.Http.Features;

namespace CrisisOps.Server.Problems;

/// <summary>Strict reading of the bodies of requests that are no commands.</summary>
public static class JsonBodies
{
    private const int Limit = 1024 * 1024;

    public static async Task<(Problem? Problem, T? Value)> Read<T>(HttpContext http)
        where T : class
    {
        if (!http.Request.HasJsonContentType())
        {
            return (Problem.MediaTypeNeeded, null);
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = Limit;
        }

        try
        {
            var value = await JsonSerializer.DeserializeAsync<T>(http.Request.Body, Json.Strict, http.RequestAborted);
            return value is null ? (Problem.Malformed("$", "The body must be a JSON object, not null."), null) : (null, value);
        }
        catch (JsonException exception)
        {
            return (JsonErrors.Explain(exception), null);
        }
    }
}
