using System.Text.Json;
using System.Text.Json.Serialization;
using CrisisOps.Server.Hosting;

namespace CrisisOps.Server.Problems;

/// <summary>RFC 9457 answers with the types of this API. Bodies name members and rules, never payloads.</summary>
public sealed record Problem(string Type, int Status, string Title, string? Detail = null) : IResult
{
    public const string MediaType = "application/problem+json";

    /// <summary>What is wrong with which member, by its JSON name.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }
    public string? Stream { get; init; }
    public long? Version { get; init; }
    public string? From { get; init; }
    public string? Command { get; init; }
    public string? Guard { get; init; }

    /// <summary>Commands of this stream that this caller may give now.</summary>
    public IReadOnlyList<string>? Allowed { get; init; }

    /// <summary>Commands that do the urgent part without waiting for anybody.</summary>
    public IReadOnlyList<string>? Instead { get; init; }

    /// <summary>Persons on duty who could give the refused command.</summary>
    public IReadOnlyList<string>? WhoCould { get; init; }

    [JsonIgnore] public TimeSpan? RetryAfter { get; init; }

    public static Problem Validation(string member, string message) => new("/problems/validation", 422, "The request is not valid", message)
    {
        Errors = new Dictionary<string, string[]> { [member] = [message] },
    };

    public static Problem Malformed(string member, string message) => new("/problems/validation", 400, "The body can not be read", message)
    {
        Errors = new Dictionary<string, string[]> { [member] = [message] },
    };

    public static readonly Problem NotFound = new("/problems/not-found", 404, "Not found", "There is nothing here, or nothing that you may see.");
    public static readonly Problem Unauthenticated = new("/problems/unauthenticated", 401, "Not authenticated", "Send a valid token: Authorization: Bearer <token>.");
    public static readonly Problem MediaTypeNeeded = new("/problems/unsupported-media-type", 415, "Send JSON", "The body must be application/json.");
    public static readonly Problem TooLarge = new("/problems/too-large", 413, "The body is too large", "A command has at most 256 kB.");
    public static readonly Problem Gone = new("/problems/gone", 410, "This cursor is of another store", "The store was restored from a backup; start again without a cursor.");
    public static readonly Problem KeyReused = new("/problems/idempotency-key-reused", 422, "Idempotency key reused", "This Idempotency-Key was used before with another body.");

    public static Problem Forbidden(string detail) => new("/problems/forbidden", 403, "Not yours to do", detail);

    public static Problem Busy(string detail) => new("/problems/busy", 503, "Try again", detail) { RetryAfter = TimeSpan.FromSeconds(1) };

    public static Problem RateLimited(string detail, TimeSpan after) => new("/problems/rate-limited", 429, "Too many of these", detail) { RetryAfter = after };

    public static Problem Moved(string stream, long version) =>
        new("/problems/version-conflict", 412, "The stream has moved", $"The current version is {version}.") { Stream = stream, Version = version };

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        if (RetryAfter is { } after)
        {
            response.Headers.RetryAfter = ((int)Math.Ceiling(after.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (Status == 401)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        if (Version is { } version)
        {
            response.Headers.ETag = $"\"{version}\"";
        }

        response.ContentType = MediaType;
        return JsonSerializer.SerializeAsync(response.Body, this, Json.Stored, httpContext.RequestAborted);
    }
}
