using System.Net;
using System.Text;
using CrisisOps.Server.Problems;

namespace CrisisOps.Server.Deliveries;

/// <summary>
/// The page behind a signed link. Opening it does nothing: programs that look through mail open every link. A person presses the button, a
/// system sends a POST.
/// </summary>
internal static class LinkPages
{
    private const int LongestName = 200;

    public static readonly string NameRule = $"1 to {LongestName} characters, without control characters";

    /// <param name="asks">Whether the person says who they are.</param>
    public static IResult Ask(HttpContext http, string title, string button, bool asks)
    {
        var name = asks ? $"<p><label>Your name or role <input name=\"by\" maxlength=\"{LongestName}\" required autofocus></label></p>" : "";
        return Page(http, title, $"<form method=\"post\">{name}<p><button>{WebUtility.HtmlEncode(button)}</button></p></form>");
    }

    public static IResult Done(HttpContext http, string text) => Html(http) ? Page(http, text, "") : Results.Json(new { done = text });

    /// <summary>Who says it, from a form or from JSON; a system that sends nothing is called by its link.</summary>
    public static async Task<(Problem? Problem, string By)> By(HttpContext http, CancellationToken cancellation)
    {
        string? by = null;
        if (http.Request.HasFormContentType)
        {
            try
            {
                by = (await http.Request.ReadFormAsync(cancellation))["by"].FirstOrDefault();
            }
            catch (Exception exception) when (exception is InvalidDataException or (IOException and not BadHttpRequestException))
            {
                return (Problem.Malformed("$", "The body must be a form, as the page sends it."), "");
            }
        }
        else if (http.Request.HasJsonContentType())
        {
            var (problem, request) = await JsonBodies.Read<AcknowledgeRequest>(http);
            if (problem is not null)
            {
                return (problem, "");
            }

            by = request!.By;
        }

        return Name(string.IsNullOrWhiteSpace(by) ? "by link" : by) is { } name ? (null, name) : (Problem.Validation("by", NameRule), "");
    }

    /// <summary>The name of whoever acknowledges, without the spaces around it; null when it is none.</summary>
    public static string? Name(string by) => by.Trim() is { Length: > 0 and <= LongestName } name && !name.Any(char.IsControl) ? name : null;

    private static bool Html(HttpContext http) => http.Request.HasFormContentType;

    private static IResult Page(HttpContext http, string title, string body)
    {
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        var text = WebUtility.HtmlEncode(title);
        return Results.Content(
            $"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{text}</title><h1>{text}</h1>{body}</html>",
            "text/html", Encoding.UTF8);
    }
}

/// <param name="By">The person, by name or role, or the system that acknowledges; 1 to 200 characters.</param>
public sealed record AcknowledgeRequest(string? By = null);
