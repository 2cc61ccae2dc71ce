using System.Xml.Linq;
using CrisisOps.Domain.Intake;
using CrisisOps.Server.Channels.Cap;

namespace CrisisOps.Server.Intake.Formats;

/// <summary>
/// CAP 1.2. A message that breaks its schema or a rule without which it says nothing is refused; of the other rules of the text, the broken
/// ones are marked (domain §6.1, §9.5).
/// </summary>
public sealed class Cap : IAlertFormat
{
    private static readonly string[] _refused =
        ["identifier-characters", "sender-characters", "restriction-when-restricted", "addresses-when-private", "references-required", "references-form", "info-required"];

    private static readonly XNamespace _cap = CapXml.Namespace;

    public AlertFormat Format => AlertFormat.Cap;

    public string Path => "/v1/alerts/cap";

    public IReadOnlyList<string> ContentTypes { get; } = [CapXml.ContentType, "application/xml", "text/xml"];

    public int MostBytes => CapDocument.MaxBytes;

    public ReadAlerts Read(AlertRequest request)
    {
        var (message, unreadable) = CapDocument.Read(request.Body);
        if (message is null)
        {
            return Wrong(request, unreadable!, 400);
        }

        // The schema first: the rules look at what it has let through.
        var findings = CapSchema.Check(message) is { Count: > 0 } odd ? odd : CapRules.Check(message);
        if (findings.FirstOrDefault(f => f.Rule == CapSchema.Rule || _refused.Contains(f.Rule)) is { } refused)
        {
            return Wrong(request, refused, 422);
        }

        var draft = Draft(message);
        foreach (var finding in findings)
        {
            draft.Mark($"{finding.Where}: {finding.What}");
        }

        return new ReadAlerts([draft.Read(Format, 1, request.Body)]);
    }

    public IResult Answer(AlertRequest request, IReadOnlyList<AlertAnswer> answers) => FormatAnswers.One(answers);

    private static AlertDraft Draft(XElement message)
    {
        XElement[] infos = [.. message.Elements(_cap + "info")];
        var info = infos.FirstOrDefault(IsEnglish) ?? infos.FirstOrDefault() ?? new XElement(_cap + "info");
        var (type, identifier) = (Text(message, "msgType")!, Text(message, "identifier")!);
        var draft = new AlertDraft
        {
            ExternalRef = identifier,
            DedupKey = CapRules.References(message).MinBy(r => CapTime.From(r[2]))?[1] ?? identifier,
            Action = (type switch { "Alert" or "Update" => AlertAction.Trigger, "Cancel" => AlertAction.Resolve, _ => AlertAction.Acknowledge }).ToString(),
            Title = Text(info, "headline") ?? Text(info, "event") ?? Text(message, "note") ?? $"CAP {type}",
            Text = string.Join("\n\n", Said(info)),
            OccurredAt = Began(message, info),
        };
        foreach (var pair in infos.Elements(_cap + "parameter").Concat(infos.Elements(_cap + "eventCode")))
        {
            var name = Text(pair, "valueName") ?? "";
            draft.Take(name[(name.LastIndexOf(':') + 1)..], Text(pair, "value") ?? "");
        }

        // What CAP itself has a place for stands there, whatever a pair says.
        draft.Severity = Text(info, "severity");
        if (Text(message, "status") is not "Actual" and var status)
        {
            draft.Exercise = "true";
            draft.Mark($"status: a message of status {status} is taken as an exercise.");
        }

        draft.Tlp ??= message.Elements(_cap + "code").Concat(message.Elements(_cap + "restriction")).Select(e => e.Value).FirstOrDefault(word => AlertWords.Tlp(word) is not null);
        draft.Languages.AddRange(infos.Select(i => Text(i, "language")).OfType<string>());
        draft.Evidence.AddRange(infos.Select(i => Text(i, "web")).OfType<string>());
        draft.Regions.AddRange(infos.Elements(_cap + "area").Elements(_cap + "geocode").Where(IsRegion).Select(g => Text(g, "value")).OfType<string>());
        return draft;
    }

    private static IEnumerable<string> Said(XElement info)
    {
        foreach (var text in new[] { Text(info, "description"), Text(info, "instruction") }.OfType<string>())
        {
            yield return text;
        }

        // Where there are codes, they say it; of what only has a name, the name is all there is.
        if (!info.Elements(_cap + "area").Elements(_cap + "geocode").Any(IsRegion))
        {
            foreach (var area in info.Elements(_cap + "area"))
            {
                yield return $"Area: {Text(area, "areaDesc")}";
            }
        }
    }

    /// <summary>When what it tells of began. A warning of what is still to come is true from when it was sent.</summary>
    private static string? Began(XElement message, XElement info) =>
        CapTime.From(Text(info, "onset")) is { } onset && onset <= CapTime.From(Text(message, "sent")) ? Text(info, "onset") : Text(message, "sent");

    // Without a language it is English (CAP 1.2, 3.2.2 language).
    private static bool IsEnglish(XElement info) => Text(info, "language") is not { } language || language.StartsWith("en", StringComparison.OrdinalIgnoreCase);

    private static bool IsRegion(XElement geocode) => AlertWords.Plain(Text(geocode, "valueName") ?? "") is "iso31661" or "iso31662" or "unm49";

    private static string? Text(XElement parent, string name) => parent.Element(_cap + name)?.Value.Trim() is { Length: > 0 } text ? text : null;

    private static ReadAlerts Wrong(AlertRequest request, CapFinding finding, int status) =>
        new([new ReadAlert(1, request.Body, null, new FormatFault(finding.Where, $"{finding.What} ({finding.Source})", status))]);
}
