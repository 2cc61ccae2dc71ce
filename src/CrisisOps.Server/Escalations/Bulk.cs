using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using CrisisOps.Server.Streams;
using Wolverine;

namespace CrisisOps.Server.Escalations;

/// <param name="Command">Its name in kebab-case, such as <c>assign</c>.</param>
/// <param name="Body">The body of the command, the same for every key.</param>
/// <param name="DryRun">Decide, answer, and write nothing.</param>
public sealed record BulkRequest(string Command, IReadOnlyList<string> Keys, JsonElement Body, bool DryRun = false);

/// <summary>
/// <c>POST /v1/escalations/bulk</c>: one command on many escalations, an outcome for each. Not all or nothing: each takes the way of a
/// command by itself. With an <c>Idempotency-Key</c> the whole can simply be sent again.
/// </summary>
public sealed class Bulk(CommandCatalog catalog, StreamKinds kinds, ReplyProblems problems) : IRoutes
{
    private const int Most = 500;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/v1/escalations/bulk", (HttpContext http, Bulk bulk, IMessageBus bus) => bulk.Post(http, bus));

    private async Task<IResult> Post(HttpContext http, IMessageBus bus)
    {
        var (problem, request) = await JsonBodies.Read<BulkRequest>(http);
        if (problem is not null)
        {
            return problem;
        }

        var kind = kinds.Find("ESC-")!;
        if (catalog.Find(kind, request!.Command) is not { Opens: false, TimerOnly: false } entry)
        {
            return Problem.Validation("command", "There is no such command on escalations.");
        }

        if (request.Keys.Count is 0 or > Most || request.Keys.Any(k => k is null or { Length: > 50 }))
        {
            return Problem.Validation("keys", $"1 to {Most} keys of escalations.");
        }

        if (request.Body.ValueKind != JsonValueKind.Object)
        {
            return Problem.Validation("body", "must be the JSON object of the command");
        }

        if (entry.Check(request.Body, http) is { } invalid)
        {
            return invalid;
        }

        var caller = Callers.Of(http);
        var outcomes = await Task.WhenAll(request.Keys.Distinct(StringComparer.Ordinal).Select(key => One(entry, key, request, caller, bus, http)));
        return Results.Text(new JsonObject { ["command"] = entry.Name, ["dryRun"] = request.DryRun, ["outcomes"] = new JsonArray(outcomes) }.ToJsonString(Json.Stored), "application/json");
    }

    private async Task<JsonNode?> One(CatalogEntry entry, string key, BulkRequest request, Caller caller, IMessageBus bus, HttpContext http)
    {
        var terms = new OrderTerms(Scope(http, caller, entry.Name, key), Hash(request.Body.GetRawText()), null, http.TraceIdentifier, null, request.DryRun);
        var reply = await entry.Send(bus, key, request.Body, caller, terms, http.RequestAborted);
        var outcome = new JsonObject { ["key"] = key };
        if (reply is Reply.Done done)
        {
            outcome["status"] = 200;
            outcome["answer"] = JsonNode.Parse(done.Answer);
            return outcome;
        }

        var problem = (Problem)await problems.Answer(reply, entry.Name, entry.Kind, caller, http.RequestAborted);
        outcome["status"] = problem.Status;
        outcome["problem"] = JsonSerializer.SerializeToNode(problem, Json.Stored);
        return outcome;
    }

    private static Guid? Scope(HttpContext http, Caller caller, string command, string key) =>
        http.Request.Headers["Idempotency-Key"] is [{ Length: > 0 and <= 255 } idempotency] ? Hash($"{caller.Id}\nbulk/{command}/{key}\n{idempotency}") : null;

    private static Guid Hash(string text) => new(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}
