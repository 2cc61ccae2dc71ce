using System.Text.RegularExpressions;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;

namespace CrisisOps.Server.Telling;

/// <param name="Kind">Of the message.</param>
/// <param name="Audience">Whose text it is; <c>any</c>, as when it is absent, is for every audience that has none of its own.</param>
/// <param name="Channel">The same for channels.</param>
/// <param name="Language">BCP 47; absent means English.</param>
/// <param name="Text">The first line is the subject; variables stand in braces. 1 to 10,000 characters; absent goes back to the text that came with the program.</param>
public sealed record TemplateRequest(string Kind, string Audience = TemplateKey.Any, string Channel = TemplateKey.Any, string Language = TemplateKey.English, string? Text = null);

/// <summary>The texts that go out: read by the team, written by communications and admins.</summary>
public sealed partial class TemplateRoutes : IRoutes
{
    private const int Longest = 10_000;
    private static readonly Role[] _writers = [Role.Communications, Role.Admin];

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/templates", Get);
        app.MapPut("/v1/templates", Put);
    }

    private static async Task<IResult> Get(HttpContext http, Templates templates, CancellationToken cancellation)
    {
        if (Callers.Of(http) is not { Type: ActorType.Specialist, Roles.Count: > 0 })
        {
            return Problem.Forbidden("Templates are read by the team.");
        }

        var query = new Queries(http, "kind");
        var kinds = query.Names<DeliveryKind>("kind");
        if (query.Problem is { } problem)
        {
            return problem;
        }

        var stored = await templates.Stored(cancellation);
        var items = Templates.Delivered.Where(t => !stored.ContainsKey(t.Key)).Select(t => View(t, own: false)).Concat(stored.Select(t => View(t, own: true)))
            .Where(t => kinds is null || kinds.Contains(t.Kind)).OrderBy(t => t.Kind, StringComparer.Ordinal).ThenBy(t => t.Audience, StringComparer.Ordinal)
            .ThenBy(t => t.Channel, StringComparer.Ordinal).ThenBy(t => t.Language, StringComparer.Ordinal);
        return Results.Json(new { items }, Json.Stored);
    }

    private static async Task<IResult> Put(HttpContext http, Templates templates, CancellationToken cancellation)
    {
        if (!Callers.Of(http).IsAny(_writers))
        {
            return Problem.Forbidden("Templates are written by: communications, admin.");
        }

        var (problem, request) = await JsonBodies.Read<TemplateRequest>(http);
        if (problem is not null || (problem = Refused(request!)) is not null)
        {
            return problem;
        }

        var key = new TemplateKey(request!.Kind, request.Audience, request.Channel, request.Language);
        if (request.Text is null)
        {
            return await templates.Delete(key, cancellation) ? Results.Json(new { deleted = key.ToString() }, Json.Stored) : Problem.NotFound;
        }

        if (Fault(request) is { } fault)
        {
            return Problem.Validation("text", fault);
        }

        await templates.Put(key, request.Text, Callers.Of(http).Id, cancellation);
        return Results.Json(View(KeyValuePair.Create(key, request.Text), own: true), Json.Stored);
    }

    /// <summary>Why this text is not taken; null when it is.</summary>
    private static string? Fault(TemplateRequest request)
    {
        if (request.Text is not { Length: > 0 and <= Longest })
        {
            return $"1 to {Longest:N0} characters";
        }

        if (TemplateText.Read(request.Text) is not ({ } text, null))
        {
            return $"It can not be read: {TemplateText.Read(request.Text).Fault}.";
        }

        var allowed = TemplateVariables.Of(Enum.Parse<DeliveryKind>(request.Kind));
        return text.Variables.FirstOrDefault(v => !allowed.Contains(v)) is { } unknown
            ? $"There is no variable '{unknown}'; there are: {string.Join(", ", allowed.Order(StringComparer.Ordinal))}."
            : null;
    }

    private static Problem? Refused(TemplateRequest request) =>
        !Templates.Kinds.Contains(request.Kind) ? Problem.Validation("kind", $"is one of: {string.Join(", ", Templates.Kinds.Order(StringComparer.Ordinal))}")
        : request.Audience != TemplateKey.Any && !Enum.GetNames<Audience>().Contains(request.Audience) ? Problem.Validation("audience", $"is {TemplateKey.Any} or one of: {string.Join(", ", Enum.GetNames<Audience>())}")
        : request.Channel != TemplateKey.Any && !Enum.GetNames<Channel>().Contains(request.Channel) ? Problem.Validation("channel", $"is {TemplateKey.Any} or one of: {string.Join(", ", Enum.GetNames<Channel>())}")
        : request.Language is null || !Tongue().IsMatch(request.Language) ? Problem.Validation("language", "is a BCP 47 tag, such as en or de-AT")
        : null;

    private static TemplateView View(KeyValuePair<TemplateKey, string> template, bool own) =>
        new(template.Key.Kind, template.Key.Audience, template.Key.Channel, template.Key.Language, own, [.. TemplateVariables.Of(Enum.Parse<DeliveryKind>(template.Key.Kind)).Order(StringComparer.Ordinal)], template.Value);

    /// <param name="Own">Written here; otherwise it came with the program.</param>
    /// <param name="Variables">What it may name.</param>
    private sealed record TemplateView(string Kind, string Audience, string Channel, string Language, bool Own, IReadOnlyList<string> Variables, string Text);

    [GeneratedRegex("^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Tongue();
}
