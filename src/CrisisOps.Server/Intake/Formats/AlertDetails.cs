using System.Text.Json;

namespace CrisisOps.Server.Intake.Formats;

/// <summary>The part of another format in which a sender may put what it likes: members with the names of ours are taken.</summary>
internal static class AlertDetails
{
    /// <returns>The others, a line each.</returns>
    public static IReadOnlyList<string> TakeDetails(this AlertDraft draft, JsonElement details)
    {
        var others = new List<string>();
        foreach (var member in details.EnumerateObject())
        {
            var value = member.Value.ValueKind == JsonValueKind.Array
                ? string.Join(",", member.Value.EnumerateArray().Select(JsonTexts.Of).OfType<string>())
                : JsonTexts.Of(member.Value);
            if (!string.IsNullOrWhiteSpace(value) && !draft.Take(member.Name, value))
            {
                others.Add($"{member.Name}: {value}");
            }
        }

        return others;
    }
}
