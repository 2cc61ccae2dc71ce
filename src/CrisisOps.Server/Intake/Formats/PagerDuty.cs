using System.Text.Json;
using CrisisOps.Domain.Intake;
using CrisisOps.Server.Hosting;

namespace CrisisOps.Server.Intake.Formats;

/// <summary>
/// The Events API v2 of PagerDuty, so that a client of it needs another address and nothing else: the same path, members, limits and answers.
/// The routing key is the key of the source.
/// </summary>
public sealed class PagerDuty : IAlertFormat
{
    private const int LongestKey = 255;

    public AlertFormat Format => AlertFormat.PagerDuty;

    public string Path => "/v2/enqueue";

    public IReadOnlyList<string> ContentTypes { get; } = ["application/json"];

    public int MostBytes => 512 * 1024;

    public bool KeyInBody => true;

    public string? KeyIn(AlertRequest request)
    {
        using var json = JsonTexts.Parse(request.Body);
        return json?.RootElement.Text("routing_key");
    }

    public ReadAlerts Read(AlertRequest request)
    {
        using var json = JsonTexts.Parse(request.Body);
        return new ReadAlerts(
        [
            PagerDutyRules.Broken(json?.RootElement) is [var broken, ..]
                ? new ReadAlert(1, request.Body, null, broken)
                : Draft(json!.RootElement, request).Read(Format, 1, request.Body),
        ]);
    }

    public IResult Answer(AlertRequest request, IReadOnlyList<AlertAnswer> answers) => answers[0] switch
    {
        { Receipt: not null, Alert: { } alert } => Results.Json(
            new { Status = "success", Message = "Event processed", Dedup_key = alert.DedupKey }, Json.Stored, statusCode: StatusCodes.Status202Accepted),
        { Fault: { Status: 400 or 422 } fault } => Invalid(request, fault),
        var kept => Refusal(kept.Fault?.Status ?? StatusCodes.Status503ServiceUnavailable, kept.Fault?.What ?? "It could not be kept now."),
    };

    /// <summary>A client gives up at a 400, and tries again at a 429 and at whatever is 500 or more.</summary>
    public IResult Refusal(int status, string what) => status switch
    {
        StatusCodes.Status429TooManyRequests => Said(status, "throttle exceeded", what),
        StatusCodes.Status413PayloadTooLarge => Said(status, "invalid event", what, what),
        >= 500 => Said(status, "internal error", what),
        _ => Said(StatusCodes.Status400BadRequest, "invalid event", PagerDutyRules.Invalid, what),
    };

    private static IResult Invalid(AlertRequest request, FormatFault fault)
    {
        using var json = JsonTexts.Parse(request.Body);
        var broken = PagerDutyRules.Broken(json?.RootElement);
        return Said(StatusCodes.Status400BadRequest, "invalid event", PagerDutyRules.Invalid, broken.Count == 0 ? [fault.What] : [.. broken.Select(b => b.What)]);
    }

    private static IResult Said(int status, string word, string message, params string[] errors) =>
        Results.Json(new { Status = word, Message = message, Errors = errors.Length == 0 ? null : errors }, Json.Stored, statusCode: status);

    private static AlertDraft Draft(JsonElement @event, AlertRequest request)
    {
        var action = @event.Text("event_action")!;
        var payload = @event.Member("payload") ?? default;
        var reference = request.ByBytes(dated: AlertWords.Instant(payload.Text("timestamp")) is not null);
        var draft = new AlertDraft
        {
            ExternalRef = reference,
            Title = payload.Text("summary") is { } summary && !string.IsNullOrWhiteSpace(summary) ? summary : $"{action} of an earlier alert",
            Action = action,
            DedupKey = @event.Text("dedup_key") is { } key && !string.IsNullOrWhiteSpace(key) ? key : reference,
            OccurredAt = payload.Text("timestamp"),
        };
        List<string> lines =
        [
            .. Line("Source", payload.Text("source")), .. Line("Component", payload.Text("component")), .. Line("Group", payload.Text("group")),
            .. Line("Class", payload.Text("class")), .. Line("Client", @event.Text("client")),
        ];
        if (payload.Member("custom_details") is { } details)
        {
            lines.AddRange(details.ValueKind == JsonValueKind.Object ? draft.TakeDetails(details) : Line("Details", JsonTexts.Of(details)));
        }

        draft.Severity = payload.Text("severity");
        draft.Text = string.Join('\n', lines);
        draft.Evidence.AddRange(@event.Items("links").Select(l => l.Text("href")).Concat(@event.Items("images").Select(i => i.Text("src"))).Append(@event.Text("client_url")).OfType<string>());
        return draft;
    }

    private static IEnumerable<string> Line(string name, string? value) => string.IsNullOrWhiteSpace(value) ? [] : [$"{name}: {value}"];

    /// <summary>What PagerDuty refuses in an event.</summary>
    private static class PagerDutyRules
    {
        public const string Invalid = "Event object is invalid";

        private const int LongestSummary = 1024;
        private static readonly string[] _actions = ["trigger", "acknowledge", "resolve"];
        private static readonly string[] _severities = ["critical", "error", "warning", "info"];

        public static IReadOnlyList<FormatFault> Broken(JsonElement? root) => root is { ValueKind: JsonValueKind.Object } @event
            ? [.. Event(@event), .. @event.Text("event_action") == "trigger" ? Payload(@event.Member("payload") ?? default) : []]
            : [new FormatFault("", "The event is no JSON object, or not a whole one", 400)];

        private static IEnumerable<FormatFault> Event(JsonElement @event)
        {
            if (Missing(@event, "routing_key"))
            {
                yield return Blank("routing_key");
            }

            var action = @event.Text("event_action");
            if (!_actions.Contains(action))
            {
                yield return new FormatFault("event_action", $"'event_action' is none of {string.Join(", ", _actions)}", 400);
            }

            var key = @event.Text("dedup_key");
            if (string.IsNullOrWhiteSpace(key) && action is "acknowledge" or "resolve")
            {
                yield return Blank("dedup_key");
            }

            if (key?.Length > LongestKey)
            {
                yield return new FormatFault("dedup_key", $"'dedup_key' is longer than {LongestKey} characters", 400);
            }
        }

        private static IEnumerable<FormatFault> Payload(JsonElement payload)
        {
            foreach (var member in (string[])["summary", "source", "severity"])
            {
                if (Missing(payload, member))
                {
                    yield return Blank($"payload.{member}");
                }
            }

            if (payload.Text("summary")?.Length > LongestSummary)
            {
                yield return new FormatFault("payload.summary", $"'payload.summary' is longer than {LongestSummary} characters", 400);
            }

            if (!Missing(payload, "severity") && !_severities.Contains(payload.Text("severity")))
            {
                yield return new FormatFault("payload.severity", $"'payload.severity' is none of {string.Join(", ", _severities)}", 400);
            }
        }

        private static bool Missing(JsonElement parent, string member) => string.IsNullOrWhiteSpace(parent.Text(member));

        private static FormatFault Blank(string member) => new(member, $"'{member}' is missing or blank", 400);
    }
}
