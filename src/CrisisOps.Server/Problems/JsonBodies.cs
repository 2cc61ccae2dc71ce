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
        var (problem, bytes) = await Bytes(http, Limit);
        return problem is null ? Parse<T>(bytes) : (problem, null);
    }

    /// <summary>The bytes of a JSON body as they came, for what is signed; to be read with <see cref="Parse"/> once the signature holds.</summary>
    /// <param name="limit">Bytes at most; more is answered 413.</param>
    public static async Task<(Problem? Problem, byte[] Bytes)> Bytes(HttpContext http, int limit)
    {
        if (!http.Request.HasJsonContentType())
        {
            return (Problem.MediaTypeNeeded, []);
        }

        Bound(http, limit);
        using var bytes = new MemoryStream();
        await http.Request.Body.CopyToAsync(bytes, http.RequestAborted);
        return (null, bytes.ToArray());
    }

    public static (Problem? Problem, T? Value) Parse<T>(ReadOnlySpan<byte> json)
        where T : class
    {
        try
        {
            var value = JsonSerializer.Deserialize<T>(json, Json.Strict);
            return value is null ? (Problem.Malformed("$", "The body must be a JSON object, not null."), null)
                : ListNulls.Find(json) is { } member ? (Problem.Validation(member, "must not hold null"), null)
                : WithNul(json) is { } nul ? (Problem.Validation(nul, "must not hold the character U+0000"), null)
                : (null, value);
        }
        catch (JsonException exception)
        {
            return (JsonErrors.Explain(exception), null);
        }
    }

    /// <summary>The member with a character that no text of PostgreSQL can hold; null when there is none.</summary>
    private static string? WithNul(ReadOnlySpan<byte> json)
    {
        if (json.IndexOf("\\u0000"u8) < 0)
        {
            return null;
        }

        var reader = new Utf8JsonReader(json);
        var member = "$";
        while (reader.Read())
        {
            var text = reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String ? reader.GetString()! : "";
            if (text.Contains('\0', StringComparison.Ordinal))
            {
                return member;
            }

            member = reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 ? text : member;
        }

        return null;
    }

    private static void Bound(HttpContext http, int limit)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = limit;
        }
    }
}
