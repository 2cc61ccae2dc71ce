using System.Net.Mime;
using System.Runtime.InteropServices;
using System.Text.Json;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.Http;
using CloudNative.CloudEvents.SystemTextJson;
using CrisisOps.Domain.Intake;

namespace CrisisOps.Server.Intake.Formats;

/// <summary>
/// CloudEvents 1.0: structured, in a batch, or binary with the attributes in headers. The id of the event is the reference of the alert, the
/// data has the members of our own format. The <c>source</c> of the event is not looked at: who sends is known by the key.
/// </summary>
public sealed class CloudEvents : IAlertFormat
{
    private const string Structured = "application/cloudevents+json";
    private const string Batch = "application/cloudevents-batch+json";
    private const int MostEvents = 1000;

    private static readonly string[] _required = ["specversion", "id", "source", "type"];
    private static readonly JsonEventFormatter _formatter = new();

    public AlertFormat Format => AlertFormat.CloudEvents;

    public string Path => "/v1/alerts/cloudevents";

    public IReadOnlyList<string> ContentTypes { get; } = [Structured, Batch, "application/json"];

    public int MostBytes => 4 * 1024 * 1024;

    public ReadAlerts Read(AlertRequest request)
    {
        if (request.ContentType == Batch)
        {
            return Several(request.Body);
        }

        return new ReadAlerts([request.ContentType == Structured ? One(1, request.Body) : InHeaders(request)]);
    }

    public IResult Answer(AlertRequest request, IReadOnlyList<AlertAnswer> answers) => request.ContentType == Batch ? new LineAnswers(answers) : FormatAnswers.One(answers);

    private static ReadAlerts Several(ReadOnlyMemory<byte> body)
    {
        using var json = JsonTexts.Parse(body);
        return json?.RootElement is not { ValueKind: JsonValueKind.Array } events
                ? new ReadAlerts([], new FormatFault("", "A batch is a JSON array of events.", 400))
            : events.GetArrayLength() > MostEvents
                ? new ReadAlerts([], new FormatFault("", "A batch has at most 1,000 events; none of these was taken.", 413))
            : new ReadAlerts([.. events.EnumerateArray().Select((@event, index) => One(index + 1, JsonMarshal.GetRawUtf8Value(@event).ToArray()))]);
    }

    private static ReadAlert One(int line, ReadOnlyMemory<byte> body)
    {
        using var json = JsonTexts.Parse(body);
        if (json?.RootElement is not { ValueKind: JsonValueKind.Object } written)
        {
            return new ReadAlert(line, body, null, new FormatFault("", "It is no JSON object, or not a whole one.", 400));
        }

        if (Attempt(() => _formatter.DecodeStructuredModeMessage(body, new ContentType(Structured), null)) is not { } @event)
        {
            return new ReadAlert(line, body, null, Broken(name => written.Text(name)));
        }

        return @event.Data switch
        {
            JsonElement data => Kept(line, body, @event, JsonMarshal.GetRawUtf8Value(data)),
            byte[] data => Kept(line, body, @event, data),
            _ => new ReadAlert(line, body, null, new FormatFault("data", "It is required: a JSON object with the members of an alert.")),
        };
    }

    private static ReadAlert InHeaders(AlertRequest request)
    {
        var @event = Attempt(() => Binary(request.Headers));
        return @event is null
            ? new ReadAlert(1, request.Body, null, Broken(name => request.Headers[HttpUtilities.HttpHeaderPrefix + name]))
            : Kept(1, request.Body, @event, request.Body.Span);
    }

    private static CloudEvent Binary(IHeaderDictionary headers)
    {
        var version = CloudEventsSpecVersion.FromVersionId(headers[HttpUtilities.SpecVersionHttpHeader])
            ?? throw new ArgumentException("No version of CloudEvents.", nameof(headers));
        var @event = new CloudEvent(version);
        foreach (var (header, values) in headers)
        {
            if (HttpUtilities.GetAttributeNameFromHeaderName(header) is { } name && name != CloudEventsSpecVersion.SpecVersionAttribute.Name)
            {
                @event.SetAttributeFromString(name, HttpUtilities.DecodeHeaderValue(values.ToString()));
            }
        }

        return @event;
    }

    /// <summary>The event, if the specification allows it. The SDK says no in several ways, and quotes what it read.</summary>
    private static CloudEvent? Attempt(Func<CloudEvent> decode)
    {
        try
        {
            return decode() is { IsValid: true } @event ? @event : null;
        }
        catch (Exception refused) when (refused is ArgumentException or FormatException or InvalidOperationException or JsonException)
        {
            return null;
        }
    }

    private static FormatFault Broken(Func<string, string?> attribute) => _required.FirstOrDefault(name => string.IsNullOrWhiteSpace(attribute(name))) is { } missing
        ? new FormatFault(missing, "It is required in every CloudEvent.")
        : new FormatFault("", "An attribute has not the form that CloudEvents 1.0 gives it: specversion is 1.0, source is a URI reference, time is RFC 3339, and names are of a to z and 0 to 9.");

    private static ReadAlert Kept(int line, ReadOnlyMemory<byte> raw, CloudEvent @event, ReadOnlySpan<byte> data)
    {
        if (data.Length > OwnAlerts.MostOfOne)
        {
            return new ReadAlert(line, raw, null, new FormatFault("data", "An alert has at most 512 kB.", 413));
        }

        var draft = new AlertDraft();
        if (AlertMembers.Read(data, draft) is { } fault)
        {
            return new ReadAlert(line, raw, null, fault with { Member = "data" });
        }

        draft.ExternalRef = @event.Id;
        draft.DedupKey ??= @event.Subject;
        draft.OccurredAt ??= @event.Time is { } time ? time.ToString("O") : null;
        draft.Severity ??= @event["severitytext"] as string;
        draft.Tlp ??= @event["dataclassification"] as string;
        return draft.Read(AlertFormat.CloudEvents, line, raw, "data.");
    }
}
