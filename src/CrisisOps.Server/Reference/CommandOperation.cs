using System.Text.Json.Nodes;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Streams;
using Microsoft.OpenApi;

namespace CrisisOps.Server.Reference;

/// <summary>The answer to a command.</summary>
/// <param name="State">The state of the stream now.</param>
public sealed record CommandAnswer(string Key, long Version, string State, IReadOnlyList<CommandEvent> Events);

/// <summary>An event that the command made; further members are the ids it made, such as <c>findingId</c>.</summary>
/// <param name="EntryId">Its entry on the timeline.</param>
public sealed record CommandEvent(string Type, long Version, string EntryId);

/// <summary>The operation of a command, from its catalog entry: words from the doc comment, schema from the record, example from its samples.</summary>
public static class CommandOperation
{
    private static readonly DecisionContext _example = new()
    {
        Now = new DateTimeOffset(2027, 5, 15, 14, 2, 0, TimeSpan.Zero),
        Key = "ESC-2027-000101",
        Caller = new Caller("spec-04", ActorType.Specialist, new HashSet<Role> { Role.Specialist, Role.DutyLead }, new HashSet<Function>(), ["*"], Tlp.RED),
    };

    public static async Task<OpenApiOperation> Write(CatalogEntry entry, OpenApiDocument document, Schemas schemas)
    {
        var schema = await schemas.Of(entry.CommandType);
        var answer = await schemas.Of(typeof(CommandAnswer));
        var comment = Schemas.Prose(schema.Description ?? entry.Name);
        var operation = new OpenApiOperation
        {
            OperationId = $"{entry.Kind.Plural}-{entry.Name}",
            Tags = new HashSet<OpenApiTagReference> { Tags.Reference(document, $"Commands on {entry.Kind.Plural}") },
            Summary = FirstSentence(comment),
            Description = $"{comment}\n\nGiven by: {string.Join(", ", entry.Roles.Where(r => r != Role.System).Select(RoleNames.Of))}.",
            Parameters = Parameters.Of(document, entry.Path, ["dryRun", "Idempotency-Key", "If-Match", "X-Correlation-ID"]),
            RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new OpenApiMediaType { Schema = schema, Example = Example(entry) } },
            },
            Responses = new OpenApiResponses { [entry.Opens ? "201" : "200"] = Done(entry, answer) },
        };
        if (entry is { Opens: true, Kind: not CardStream })
        {
            operation.Responses["200"] = Answer("A report of this source and external reference was there already: this is it.", answer, $$"""{"key":"{{entry.Kind.Example.Key}}","version":8,"state":"{{entry.Kind.Example.State}}","events":[]}""");
        }

        ProblemAnswers.AddTo(operation, document, ProblemAnswers.OfCommands);
        return operation;
    }

    /// <summary>A body that has the right shape; whether it is accepted depends on the stream.</summary>
    public static JsonObject? Example(CatalogEntry entry)
    {
        var body = entry.Example(_example with { Key = entry.Kind.Example.Key }) is { } sample ? JsonObject.Create(sample) : null;
        if (body is { Count: 0 })
        {
            // An example without a member is left out of the document; this one every command has.
            body["occurredAt"] = "2027-05-15T14:02:00Z";
        }

        return body;
    }

    private static OpenApiResponse Done(CatalogEntry entry, OpenApiSchemaReference answer)
    {
        var (key, opening, opened, @event, state, id) = entry.Kind.Example;
        var made = id is var (name, value) ? $",\"{name}\":\"{value}\"" : "";
        var headers = new Dictionary<string, IOpenApiHeader> { ["ETag"] = Header("The version of the stream now, quoted.") };
        if (entry.Opens)
        {
            headers["Location"] = Header("Where the new stream is read.");
        }

        var response = entry.Opens
            ? Answer("Opened.", answer, $$"""{"key":"{{key}}","version":1,"state":"{{opened}}","events":[{"type":"{{opening}}","version":1,"entryId":"{{key}}@1"}]}""")
            : Answer("Done; the stream has this version now.", answer, $$"""{"key":"{{key}}","version":8,"state":"{{state}}","events":[{"type":"{{@event}}","version":8,"entryId":"{{key}}@8"{{made}}}]}""");
        response.Headers = headers;
        return response;
    }

    private static OpenApiResponse Answer(string description, OpenApiSchemaReference schema, string example) => new()
    {
        Description = description,
        Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new OpenApiMediaType { Schema = schema, Example = JsonNode.Parse(example) } },
    };

    private static OpenApiHeader Header(string description) => new() { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };

    private static string FirstSentence(string text) => text.IndexOf(". ", StringComparison.Ordinal) is > 0 and var end ? text[..end] : text.TrimEnd('.');
}
