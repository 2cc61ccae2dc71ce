using System.Text.Json;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;
using Microsoft.OpenApi;

namespace CrisisOps.Server.Reference;

/// <summary>What every problem looks like, with an example of each type: one response per status, referred to by the operations.</summary>
public static class ProblemAnswers
{
    private static readonly (int Status, string Description, Problem[] Examples)[] _all =
    [
        (400, "The body is no JSON object.", [Problem.Malformed("$", "The body is not valid JSON here, or not of the expected kind.")]),
        (401, "No valid token.", [Problem.Unauthenticated]),
        (403, "Not yours to do, or above your clearance.",
        [
            Problem.Forbidden("'approve-decision' is given by: duty-lead, policy-expert, legal-counsel.") with
            {
                Stream = "ESC-2027-000101", From = "DecisionProposed", Command = "approve-decision", Guard = "role", Allowed = ["post-note", "take-interim-action"], WhoCould = ["lead-02"],
            },
            new Problem("/problems/tlp-denied", 403, "Above your clearance", "You can not write above your own clearance.") { Guard = "clearance" },
        ]),
        (404, "There is nothing here, or nothing that you may see.", [Problem.NotFound]),
        (409, "Not possible from this state, or a policy update is not acknowledged.",
        [
            new Problem("/problems/illegal-transition", 409, "Not possible from this state", "'triage' is not possible from Investigating.")
            {
                Stream = "ESC-2027-000101", From = "Investigating", Command = "triage", Guard = "transition", Allowed = ["post-note", "propose-decision"],
            },
            new Problem("/problems/policy-not-acknowledged", 409, "A mandatory policy update is not acknowledged", "You are not known to have acknowledged every mandatory update for ViolenceAndIncitement.")
            {
                Stream = "ESC-2027-000101", From = "Investigating", Command = "propose-decision", Guard = "policy-acknowledged", Instead = ["take-interim-action"],
            },
        ]),
        (410, "The cursor is of another store; start again without one.",
            [Problem.Gone]),
        (412, "The stream has moved since the version of If-Match. ETag is the current one.", [Problem.Moved("ESC-2027-000101", 8)]),
        (413, "The body is too large.", [Problem.TooLarge]),
        (415, "The body is not application/json.", [Problem.MediaTypeNeeded]),
        (422, "A member or parameter is wrong, a guard refuses, or the idempotency key was used with another body.",
        [
            Problem.Validation("title", "must not be empty"),
            new Problem("/problems/guard-failed", 422, "A guard refuses this", "You proposed this decision yourself, and it needs a second person. What is urgent and reversible can be done at once.")
            {
                Stream = "ESC-2027-000101", From = "DecisionProposed", Version = null, Command = "approve-decision", Guard = "four-eyes", Instead = ["take-interim-action"], WhoCould = ["lead-02"],
            },
            Problem.KeyReused,
        ]),
        (429, "Too many of these in a short time: again after Retry-After.", [Problem.RateLimited("Too many wrong codes. Wait a minute.", TimeSpan.FromMinutes(1))]),
        (503, "Try again after Retry-After, with the same Idempotency-Key: too much waits, or the database does not answer.", [Problem.Busy("Too many commands are waiting.")]),
    ];

    /// <summary>What every command can answer.</summary>
    public static readonly int[] OfCommands = [400, 401, 403, 404, 409, 412, 413, 415, 422, 503];

    public static void AddTo(OpenApiDocument document, OpenApiSchemaReference schema)
    {
        foreach (var (status, description, examples) in _all)
        {
            document.AddComponent<IOpenApiResponse>(Name(status), new OpenApiResponse
            {
                Description = description,
                Headers = status is 429 or 503 ? new Dictionary<string, IOpenApiHeader> { ["Retry-After"] = new OpenApiHeader { Description = "Seconds", Schema = new OpenApiSchema { Type = JsonSchemaType.Integer } } } : null,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [Problem.MediaType] = new OpenApiMediaType
                    {
                        Schema = schema,
                        Examples = examples.ToDictionary(e => e.Type.Split('/')[^1], IOpenApiExample (e) => new OpenApiExample { Summary = e.Title, Value = JsonSerializer.SerializeToNode(e, Json.Stored) }),
                    },
                },
            });
        }
    }

    public static void AddTo(OpenApiOperation operation, OpenApiDocument document, IEnumerable<int> statuses)
    {
        foreach (var status in statuses)
        {
            operation.Responses![$"{status}"] = new OpenApiResponseReference(Name(status), document);
        }
    }

    private static string Name(int status) => $"Problem{status}";
}
