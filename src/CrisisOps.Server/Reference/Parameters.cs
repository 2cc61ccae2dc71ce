using System.Text.Json.Nodes;
using CrisisOps.Domain.Contacts;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Elections;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Intake;
using CrisisOps.Domain.Partners;
using CrisisOps.Domain.Recommendations;
using CrisisOps.Domain.Reviews;
using CrisisOps.Domain.Risks;
using CrisisOps.Domain.Shared;
using CrisisOps.Domain.Subscriptions;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Intake;
using Microsoft.OpenApi;

namespace CrisisOps.Server.Reference;

/// <summary>Every parameter of the API, by name: a name means the same wherever it stands.</summary>
public static class Parameters
{
    private static readonly OpenApiSchema _text = new() { Type = JsonSchemaType.String };
    private static readonly OpenApiSchema _instant = new() { Type = JsonSchemaType.String, Format = "date-time" };
    private static readonly OpenApiSchema _flag = new() { Type = JsonSchemaType.Boolean };

    private static readonly (string Name, ParameterLocation In, OpenApiSchema Schema, string Description, string? Example)[] _all =
    [
        ("key", ParameterLocation.Path, _text, "The key of the stream.", "ESC-2027-000101"),
        ("id", ParameterLocation.Path, _text, "The id of a person, as in their token, of a fact, or of a message.", "spec-04"),
        ("kind", ParameterLocation.Path, _text, "The kind of the fact.", "statement-of-reasons"),
        ("endpoint", ParameterLocation.Path, _text, "The id of an endpoint of the partner.", "EP-1"),
        ("receipt", ParameterLocation.Path, _text, "The receipt of an alert.", "6b0f3c52-8a1d-4d0e-9c1b-1f7a5a0c9e21"),
        ("address", ParameterLocation.Path, _text, "The id of an address of the contact.", "AD-1"),
        ("who", ParameterLocation.Path, _text, $"The key or the name of a partner, the key of a contact, the id of a person, or an audience: {string.Join(", ", Enum.GetNames<Audience>())}.", "PRT-001"),
        ("entry", ParameterLocation.Path, _text, "The id of an entry of a timeline.", "CR-2027-0007@12"),
        ("alertId", ParameterLocation.Path, _text, "The id of a message of an alert.", "crisisops-CR-2027-0007.1"),
        ("token", ParameterLocation.Path, _text, "As it stands in the link of a message.", "zqimkblGcjnHXw37WI7V2m1zZ18yNWQ0"),
        ("function", ParameterLocation.Path, Names<Function>(), "The team on duty.", "Legal"),
        ("region", ParameterLocation.Path, _text, "An ISO 3166 code, or * for every region.", "XN"),
        ("Idempotency-Key", ParameterLocation.Header, _text, "Up to 255 characters of your own. The same key with the same body gets the first answer again.", "7d1c0f0e-5b1e-4c8a-9b57-4f1f0f6f2a10"),
        ("If-Match", ParameterLocation.Header, _text, "The quoted version you saw. If the stream has moved since, nothing is written and the answer is 412.", "\"7\""),
        ("X-Correlation-ID", ParameterLocation.Header, _text, "Stands on the events as their correlation id.", null),
        ("Last-Event-ID", ParameterLocation.Header, _text, "The id of the last event you received; browsers send it by themselves.", null),
        ("dryRun", ParameterLocation.Query, _flag, "true: decide and answer, but write nothing.", null),
        ("asOf", ParameterLocation.Query, _instant, "As it was then: what was recorded by then, or what had occurred (clock). Rights, secrecy and corrections are those of now; an instant ahead means now.", null),
        ("clock", ParameterLocation.Query, new() { Type = JsonSchemaType.String, Enum = ["recorded", "occurred"], Default = "recorded" }, "How an instant of the past is meant: what we knew then (recorded), or what was true then as far as we know now (occurred).", null),
        ("version", ParameterLocation.Query, new() { Type = JsonSchemaType.Integer, Format = "int64", Minimum = "1" }, "The state as of this version.", null),
        ("streamVersion", ParameterLocation.Query, new() { Type = JsonSchemaType.Integer, Format = "int64", Minimum = "1" }, "The event of this version.", "7"),
        ("fromSize", ParameterLocation.Query, new() { Type = JsonSchemaType.Integer, Format = "int64", Minimum = "1" }, "The size of the earlier head.", "4650"),
        ("toSize", ParameterLocation.Query, new() { Type = JsonSchemaType.Integer, Format = "int64", Minimum = "1" }, "The size of the later head.", "4711"),
        ("from", ParameterLocation.Query, _instant, "From this instant on.", null),
        ("to", ParameterLocation.Query, _instant, "Before this instant.", null),
        ("speed", ParameterLocation.Query, _text, "Times the pace of then, 0.01 to 100000, or max for no waiting; 1 if nothing is said.", "600"),
        ("maxGap", ParameterLocation.Query, _text, "No wait is longer, as an ISO 8601 duration of at most a day.", "PT2S"),
        ("frames", ParameterLocation.Query, new() { Type = JsonSchemaType.String, Enum = ["none", "board"], Default = "none" }, "board: the war-room board as it stood after each entry; for a crisis, by when we knew.", null),
        ("order", ParameterLocation.Query, new() { Type = JsonSchemaType.String, Enum = ["occurred", "recorded"], Default = "occurred" }, "By when it happened, or by when we knew.", null),
        ("entryKind", ParameterLocation.Query, _text, $"One or several, separated by commas: {string.Join(", ", Enum.GetNames<EntryKind>())}.", "Decision,Referral"),
        ("state", ParameterLocation.Query, _text, $"One or several, separated by commas: {string.Join(", ", Enum.GetNames<EscalationState>())}.", "Triaged,Investigating"),
        ("crisisState", ParameterLocation.Query, _text, $"One or several, separated by commas: {Members<CrisisState>()}.", "Active,Stabilizing"),
        ("electionPhase", ParameterLocation.Query, _text, $"One or several, separated by commas: {Members<ElectionPhase>()}.", "SilencePeriod,Voting"),
        ("reviewState", ParameterLocation.Query, _text, $"One or several, separated by commas: {Members<ReviewState>()}.", "Draft,InReview"),
        ("recommendationState", ParameterLocation.Query, _text, $"One or several, separated by commas: {Members<RecommendationState>()}.", "Accepted,InProgress"),
        ("riskState", ParameterLocation.Query, _text, $"One or several, separated by commas: {Members<RiskState>()}.", "Captured,Watching"),
        ("partnerState", ParameterLocation.Query, _text, $"One or several, separated by commas: {Members<PartnerState>()}.", "Active,Suspended"),
        ("contactState", ParameterLocation.Query, _text, $"One or several, separated by commas: {Members<ContactState>()}.", "Active,Suspended"),
        ("subscriptionState", ParameterLocation.Query, _text, $"One or several, separated by commas: {Members<SubscriptionState>()}.", "Pending,Active"),
        ("sourceState", ParameterLocation.Query, _text, $"One or several, separated by commas: {Members<SourceState>()}.", "Active,Suspended"),
        ("deliveryState", ParameterLocation.Query, _text, $"One or several, separated by commas: {string.Join(", ", Enum.GetNames<DeliveryState>())}.", "Exhausted"),
        ("deliveryKind", ParameterLocation.Query, _text, $"One or several, separated by commas: {string.Join(", ", Enum.GetNames<DeliveryKind>())}.", "Alert,AlertCancel"),
        ("channel", ParameterLocation.Query, _text, $"One or several, separated by commas: {string.Join(", ", Enum.GetNames<Channel>())}.", "Phone"),
        ("incident", ParameterLocation.Query, _text, "About this stream.", "CR-2027-0007"),
        ("recipient", ParameterLocation.Query, _text, "To this partner or contact.", "PRT-001"),
        ("reader", ParameterLocation.Query, _text, "By this person.", "spec-04"),
        ("about", ParameterLocation.Query, _text, "Of this alert.", "crisisops-CR-2027-0007.1"),
        ("since", ParameterLocation.Query, _instant, "Sent at this instant or later.", null),
        ("unread", ParameterLocation.Query, _flag, "true: only what is not read yet.", null),
        ("open", ParameterLocation.Query, _flag, "true: only what is not over.", null),
        ("severity", ParameterLocation.Query, _text, "One or several of SEV1, SEV2, SEV3, SEV4, separated by commas.", "SEV1,SEV2"),
        ("owner", ParameterLocation.Query, _text, "Of this person: their cases, co-owned ones too, or their deadlines.", "spec-04"),
        ("overdue", ParameterLocation.Query, _flag, "true: only what is overdue; false: only what is not.", null),
        ("deadlineKind", ParameterLocation.Query, _text, "One or several kinds of deadline, separated by commas.", "SlaClock,LegalClock"),
        ("groupBy", ParameterLocation.Query, new() { Type = JsonSchemaType.String, Enum = ["policyArea", "region", "source"], Default = "policyArea" }, "What the counts are grouped by.", null),
        ("stream", ParameterLocation.Query, _text, "Of this stream.", "ESC-2027-000101"),
        ("desk", ParameterLocation.Query, _text, $"Routed to one of these desks, separated by commas: {string.Join(", ", Enum.GetNames<Function>())}.", "Legal"),
        ("unowned", ParameterLocation.Query, _flag, "true: open cases that nobody owns.", null),
        ("regionFilter", ParameterLocation.Query, _text, "In this region or inside it.", "XN"),
        ("policyArea", ParameterLocation.Query, _text, $"One or several, separated by commas: {string.Join(", ", Enum.GetNames<PolicyArea>())}.", "ViolenceAndIncitement"),
        ("source", ParameterLocation.Query, _text, $"One or several, separated by commas: {string.Join(", ", Enum.GetNames<Source>())}.", "Press"),
        ("alertSource", ParameterLocation.Query, _text, "Of this source.", "SRC-001"),
        ("keptReason", ParameterLocation.Query, _text, $"One or several, separated by commas: {string.Join(", ", Enum.GetNames<KeptReason>())}.", "BelowFloor,Maintenance"),
        ("flag", ParameterLocation.Query, _text, $"All of these, separated by commas: {string.Join(", ", Enum.GetNames<Flag>())}.", "LiveContent"),
        ("q", ParameterLocation.Query, _text, "Words of the key, the title and the description, and of the external reference of an escalation.", "polling station"),
        ("exportFormat", ParameterLocation.Query, new() { Type = JsonSchemaType.String, Enum = ["ndjson", "markdown", "html"], Default = "ndjson" }, "ndjson: the bundle that proves itself. markdown or html: one document for people.", null),
        ("audience", ParameterLocation.Query, new() { Type = JsonSchemaType.String, Enum = ["Core", "CrossFunctional", "Executive", "Public"] }, "For whom. Absent means the audience that you are; the core team may name any, and everybody the public.", "Executive"),
        ("zone", ParameterLocation.Query, new() { Type = JsonSchemaType.String, Default = "UTC" }, "The zone of the IANA database in which instants are written, each with its offset.", "Europe/Berlin"),
        ("after", ParameterLocation.Query, _text, "The cursor of an earlier answer.", null),
        ("cursor", ParameterLocation.Query, _text, "The next of the page before, as it is.", null),
        ("limit", ParameterLocation.Query, new() { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = $"{Queries.MostLimit}", Default = Queries.DefaultLimit }, "How many items a page has at most.", null),
    ];

    /// <summary>Component names of parameters whose plain name is taken by a path segment.</summary>
    private static readonly Dictionary<string, string> _plain = new()
    {
        ["entryKind"] = "kind",
        ["deadlineKind"] = "kind",
        ["deliveryKind"] = "kind",
        ["deliveryState"] = "state",
        ["regionFilter"] = "region",
        ["crisisState"] = "state",
        ["electionPhase"] = "state",
        ["reviewState"] = "state",
        ["recommendationState"] = "state",
        ["riskState"] = "state",
        ["partnerState"] = "state",
        ["contactState"] = "state",
        ["subscriptionState"] = "state",
        ["sourceState"] = "state",
        ["streamVersion"] = "version",
        ["fromSize"] = "from",
        ["toSize"] = "to",
        ["alertSource"] = "source",
        ["keptReason"] = "reason",
        ["exportFormat"] = "format",
    };

    public static void AddTo(OpenApiDocument document)
    {
        foreach (var (name, location, schema, description, example) in _all)
        {
            document.AddComponent<IOpenApiParameter>(name, new OpenApiParameter
            {
                Name = _plain.GetValueOrDefault(name, name),
                In = location,
                Schema = schema,
                Description = description,
                Required = location == ParameterLocation.Path,
                Example = example is null ? null : JsonValue.Create(example),
            });
        }
    }

    /// <summary>References to the segments of a path and to further parameters.</summary>
    public static List<IOpenApiParameter> Of(OpenApiDocument document, string path, IEnumerable<string> more) =>
    [
        .. path.Split('/').Where(s => s is ['{', ..]).Select(s => s.Trim('{', '}')).Concat(more).Select(name =>
            Array.Exists(_all, p => p.Name == name) ? new OpenApiParameterReference(name, document) : throw new InvalidOperationException($"The reference describes no parameter '{name}'.")),
    ];

    /// <summary>The states that a stream can be in, once it is there.</summary>
    private static string Members<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetNames<T>().Skip(1));

    private static OpenApiSchema Names<T>()
        where T : struct, Enum => new() { Type = JsonSchemaType.String, Enum = [.. Enum.GetNames<T>().Select(n => (JsonNode)JsonValue.Create(n))] };
}
