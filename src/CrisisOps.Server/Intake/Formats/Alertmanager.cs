using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CrisisOps.Domain.Intake;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Problems;

namespace CrisisOps.Server.Intake.Formats;

/// <summary>
/// The webhook of Prometheus Alertmanager, version 4: each of its alerts is one. It says the same again every few hours for as long as an
/// alert fires; that counts nothing. Once it was resolved and fires again, it is a new one of the same fingerprint.
/// </summary>
public sealed class Alertmanager : IAlertFormat
{
    private const int MostAlerts = 10_000;

    public AlertFormat Format => AlertFormat.Alertmanager;

    public string Path => "/v1/alerts/alertmanager";

    public IReadOnlyList<string> ContentTypes { get; } = ["application/json"];

    public int MostBytes => 4 * 1024 * 1024;

    public ReadAlerts Read(AlertRequest request)
    {
        using var json = JsonTexts.Parse(request.Body);
        if (json?.RootElement is not { ValueKind: JsonValueKind.Object } webhook)
        {
            return new ReadAlerts([], new FormatFault("", "It is no JSON object, or not a whole one.", 400));
        }

        if (webhook.Text("version") != "4")
        {
            return new ReadAlerts([], new FormatFault("version", "Only version 4 of the webhook is read."));
        }

        if (webhook.Member("alerts") is not { ValueKind: JsonValueKind.Array } alerts)
        {
            return new ReadAlerts([], new FormatFault("alerts", "It is required: the list of alerts."));
        }

        var truncated = webhook.Text("truncatedAlerts") is not (null or "0");
        return alerts.GetArrayLength() > MostAlerts
            ? new ReadAlerts([], new FormatFault("alerts", "A request has at most 10,000 alerts; none of these was taken.", 413))
            : new ReadAlerts([.. alerts.EnumerateArray().Select((alert, index) => One(alert, index + 1, truncated))]);
    }

    /// <summary>
    /// Alertmanager reads the status alone, and gives a notification up at a 4xx: that is said only when nothing of it could be kept. What came faster
    /// than agreed it has to send again, with all the rest: 503.
    /// </summary>
    public IResult Answer(AlertRequest request, IReadOnlyList<AlertAnswer> answers)
    {
        var kept = answers.Count(a => a.Receipt is not null);
        return Results.Json(
            new { Kept = kept, Refused = answers.Count - kept }, Json.Stored,
            statusCode: answers.Any(a => a.Fault?.Status == StatusCodes.Status429TooManyRequests) ? StatusCodes.Status503ServiceUnavailable
                : kept > 0 || answers.Count == 0 ? StatusCodes.Status200OK : FormatAnswers.Status(answers));
    }

    /// <summary>What came too fast is to be sent again, which Alertmanager does at a 503 alone.</summary>
    public IResult? Refusal(int status, string what) => status == StatusCodes.Status429TooManyRequests ? Problem.Busy(what) with { RetryAfter = null } : null;

    private static ReadAlert One(JsonElement alert, int position, bool truncated)
    {
        var raw = JsonMarshal.GetRawUtf8Value(alert).ToArray();
        if (alert.ValueKind != JsonValueKind.Object)
        {
            return new ReadAlert(position, raw, null, new FormatFault($"alerts[{position - 1}]", "An alert is a JSON object."));
        }

        var (labels, annotations) = (alert.Member("labels") ?? default, alert.Member("annotations") ?? default);
        var resolved = alert.Text("status") == "resolved";
        var fingerprint = alert.Text("fingerprint") is { Length: > 0 } given ? given : Hash(labels);
        var draft = new AlertDraft
        {
            ExternalRef = $"{fingerprint}@{alert.Text("startsAt")}/{(resolved ? "resolved" : "firing")}",
            DedupKey = fingerprint,
            Action = resolved ? nameof(AlertAction.Resolve) : nameof(AlertAction.Trigger),
            Text = annotations.Text("description"),
            OccurredAt = alert.Text(resolved ? "endsAt" : "startsAt"),
        };
        if (labels.ValueKind == JsonValueKind.Object)
        {
            draft.TakeDetails(labels);
        }

        draft.Title = Title(annotations, labels, draft);
        draft.Evidence.AddRange(new[] { alert.Text("generatorURL"), annotations.Text("runbook_url") }.OfType<string>().Where(url => url.Length > 0));
        if (alert.Text("status") is not ("firing" or "resolved"))
        {
            draft.Mark("status: it is neither firing nor resolved, and was taken as firing.");
        }

        if (truncated)
        {
            draft.Mark("truncatedAlerts: Alertmanager left further alerts of this group out.");
        }

        return draft.Read(AlertFormat.Alertmanager, position, raw);
    }

    private static string Title(JsonElement annotations, JsonElement labels, AlertDraft draft)
    {
        if (new[] { annotations.Text("summary"), labels.Text("alertname") }.FirstOrDefault(t => !string.IsNullOrWhiteSpace(t)) is { } title)
        {
            return title;
        }

        draft.Mark("title: there is neither a summary nor an alertname.");
        return "Alert of Alertmanager without a name";
    }

    /// <summary>Old versions send no fingerprint. An alert is what its labels are, in whatever order they stand.</summary>
    private static string Hash(JsonElement labels)
    {
        string[] pairs = labels.ValueKind == JsonValueKind.Object ? [.. labels.EnumerateObject().Select(l => $"{l.Name}={JsonTexts.Of(l.Value)}").Order(StringComparer.Ordinal)] : [];
        return $"labels:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', pairs))))[..32]}";
    }
}
