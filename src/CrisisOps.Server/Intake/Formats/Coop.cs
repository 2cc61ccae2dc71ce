using System.Text.Json;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Intake;

namespace CrisisOps.Server.Intake.Formats;

/// <summary>
/// The callback of Coop when one of its actions is taken on an item (domain §6.4). Who took it (<c>actorEmail</c>) is personal data and is not
/// read. The members under <c>custom</c> are the operator's own: those with the names of ours are taken.
/// </summary>
public sealed class Coop : IAlertFormat
{
    private static readonly string[] _penalties = ["NONE", "LOW", "MEDIUM", "HIGH", "SEVERE"];

    public AlertFormat Format => AlertFormat.Coop;

    public string Path => "/v1/alerts/coop";

    public IReadOnlyList<string> ContentTypes { get; } = ["application/json"];

    public int MostBytes => 512 * 1024;

    public ReadAlerts Read(AlertRequest request)
    {
        using var json = JsonTexts.Parse(request.Body);
        if (json?.RootElement is not { ValueKind: JsonValueKind.Object } callback)
        {
            return Wrong(request, new FormatFault("", "It is no JSON object, or not a whole one.", 400));
        }

        if (callback.Member("item")?.Text("id") is not { Length: > 0 } item)
        {
            return Wrong(request, new FormatFault("item.id", "It is required: the item that the action is about."));
        }

        if (callback.Member("action") is not { } action || (action.Text("name") ?? action.Text("id")) is not { Length: > 0 } taken)
        {
            return Wrong(request, new FormatFault("action.id", "It is required: the action that was taken."));
        }

        var draft = new AlertDraft { ExternalRef = request.ByBytes(dated: false), Title = $"Coop: {taken}" };
        var (policies, rules) = (callback.Items("policies").ToArray(), callback.Items("rules").ToArray());
        draft.Content.Add(new ContentRef(item, callback.Member("item")!.Value.Text("typeId") ?? AlertDraft.Item(item).ItemType));
        if (policies.Select(Name).FirstOrDefault(name => name is not null) is { } first)
        {
            draft.Title += $" ({first})";
        }

        draft.Severity = policies.Select(p => p.Text("penalty")).OfType<string>().OrderBy(p => Array.IndexOf(_penalties, p)).LastOrDefault();
        draft.PolicyArea = policies.Select(Name).FirstOrDefault(name => AlertWords.Of<Domain.Shared.PolicyArea>(name) is not null);
        draft.Text = string.Join('\n', Said(callback, policies, rules));
        if (callback.Member("custom") is { ValueKind: JsonValueKind.Object } custom)
        {
            draft.TakeDetails(custom);
        }

        return new ReadAlerts([draft.Read(Format, 1, request.Body)]);
    }

    public IResult Answer(AlertRequest request, IReadOnlyList<AlertAnswer> answers) => FormatAnswers.One(answers);

    private static IEnumerable<string> Said(JsonElement callback, JsonElement[] policies, JsonElement[] rules)
    {
        if (callback.Text("decisionReason") is { } reason)
        {
            yield return reason;
        }

        if (string.Join(", ", policies.Select(Name).OfType<string>()) is { Length: > 0 } broken)
        {
            yield return $"Policies: {broken}";
        }

        if (string.Join(", ", rules.Select(Name).OfType<string>()) is { Length: > 0 } matched)
        {
            yield return $"Rules: {matched}";
        }

        if (callback.Text("userStrikeCount") is { } strikes)
        {
            yield return $"Strikes of the user: {strikes}";
        }
    }

    private static string? Name(JsonElement named) => named.Text("name") ?? named.Text("id");

    private static ReadAlerts Wrong(AlertRequest request, FormatFault fault) => new([new ReadAlert(1, request.Body, null, fault)]);
}
