using System.Text.RegularExpressions;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;

namespace CrisisOps.Server.Telling;

/// <param name="Text">The first line is the subject; variables stand in braces. 1 to 10,000 characters.</param>
public sealed record TemplateRequest(string Text);

/// <summary>The texts that go out: read by the team, written by communications and admins.</summary>
public sealed partial class TemplateRoutes : IRoutes
{
    private const int Longest = 10_000;
    private static readonly Role[] _writers = [Role.Communications, Role.Admin];

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/templates", Get);
        app.MapPut("/v1/templates/{kind}/{audience}/{channel}/{language}", Put);
        app.MapDelete("/v1/templates/{kind}/{audience}/{channel}/{language}", Delete);
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

    private static async Task<IResult> Put(string kind, string audience, string channel, string language, HttpContext http, Templates templates, CancellationToken cancellation)
    {
        if (Refused(kind, audience, channel, language, http) is { } refused)
        {
            return refused;
        }

        var (problem, request) = await JsonBodies.Read<TemplateRequest>(http);
        if (problem is not null)
        {
            return problem;
        }

        if (request!.Text is not { Length: > 0 and <= Longest } || TemplateText.Read(request.Text) is not ({ } text, null))
        {
            return Problem.Validation("text", TemplateText.Read(request.Text ?? "").Fault is { } fault && request.Text?.Length <= Longest ? $"It can not be read: {fault}." : $"1 to {Longest:N0} characters.");
        }

        var allowed = Templates.VariablesOf(Enum.Parse<DeliveryKind>(kind));
        if (text.Variables.FirstOrDefault(v => !allowed.Contains(v)) is { } unknown)
        {
            return Problem.Validation("text", $"There is no variable '{unknown}'; there are: {string.Join(", ", allowed.Order(StringComparer.Ordinal))}.");
        }

        var key = new TemplateKey(kind, audience, channel, language);
        await templates.Put(key, request.Text, Callers.Of(http).Id, cancellation);
        return Results.Json(View(KeyValuePair.Create(key, request.Text), own: true), Json.Stored);
    }

    private static async Task<IResult> Delete(string kind, string audience, string channel, string language, HttpContext http, Templates templates, CancellationToken cancellation) =>
        Refused(kind, audience, channel, language, http) is { } refused ? refused
        : await templates.Delete(new TemplateKey(kind, audience, channel, language), cancellation) ? Results.NoContent()
        : Problem.NotFound;

    private static Problem? Refused(string kind, string audience, string channel, string language, HttpContext http) =>
        !Callers.Of(http).IsAny(_writers) ? Problem.Forbidden("Templates are written by: communications, admin.")
        : !Templates.Kinds.Contains(kind) ? Problem.Validation("kind", $"is one of: {string.Join(", ", Templates.Kinds.Order(StringComparer.Ordinal))}")
        : audience != TemplateKey.Any && !Enum.GetNames<Audience>().Contains(audience) ? Problem.Validation("audience", $"is {TemplateKey.Any} or one of: {string.Join(", ", Enum.GetNames<Audience>())}")
        : channel != TemplateKey.Any && !Enum.GetNames<Channel>().Contains(channel) ? Problem.Validation("channel", $"is {TemplateKey.Any} or one of: {string.Join(", ", Enum.GetNames<Channel>())}")
        : !Tongue().IsMatch(language) ? Problem.Validation("language", "is a BCP 47 tag, such as en or de-AT")
        : null;

    private static TemplateView View(KeyValuePair<TemplateKey, string> template, bool own) =>
        new(template.Key.Kind, template.Key.Audience, template.Key.Channel, template.Key.Language, own, [.. Templates.VariablesOf(Enum.Parse<DeliveryKind>(template.Key.Kind)).Order(StringComparer.Ordinal)], template.Value);

    /// <param name="Own">Written here; otherwise it came with the program.</param>
    /// <param name="Variables">What it may name.</param>
    private sealed record TemplateView(string Kind, string Audience, string Channel, string Language, bool Own, IReadOnlyList<string> Variables, string Text);

    [GeneratedRegex("^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Tongue();
}
