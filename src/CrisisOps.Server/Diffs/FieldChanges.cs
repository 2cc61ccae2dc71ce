using System.Text.Json.Nodes;

namespace CrisisOps.Server.Diffs;

/// <summary>A member of a view that is not what it was.</summary>
/// <param name="Path">For example <c>clocks[FIRST_RESPONSE].result</c>; an item of a list is named by its id, or by its number if it has none.</param>
/// <param name="Before">Null for what was not there.</param>
/// <param name="After">Null for what is not there any more.</param>
public sealed record FieldChange(string Path, JsonNode? Before, JsonNode? After);

/// <summary>What differs between two views of one stream, member by member.</summary>
public static class FieldChanges
{
    // Grows with each event, whatever it says.
    private const string Version = "version";

    /// <param name="before">Null for a stream that was not there: then all of it is new.</param>
    public static IReadOnlyList<FieldChange> Between(JsonObject? before, JsonObject? after)
    {
        List<FieldChange> changes = [];
        foreach (var name in Names(before, after).Where(name => name != Version))
        {
            Compare(name, before?[name], after?[name], changes);
        }

        return changes;
    }

    private static void Compare(string path, JsonNode? before, JsonNode? after, List<FieldChange> changes)
    {
        switch (before, after)
        {
            case (JsonObject was, JsonObject now):
                foreach (var name in Names(was, now))
                {
                    Compare($"{path}.{name}", was[name], now[name], changes);
                }

                break;
            case (JsonArray was, JsonArray now) when was.Concat(now).All(item => item is JsonObject):
                foreach (var (name, old, current) in Items(was, now))
                {
                    Compare($"{path}[{name}]", old, current, changes);
                }

                break;
            default:
                // A list that is empty says no more than one that is absent.
                if (!JsonNode.DeepEquals(before, after) && !(Empty(before) && Empty(after)))
                {
                    changes.Add(new FieldChange(path, before?.DeepClone(), after?.DeepClone()));
                }

                break;
        }
    }

    private static bool Empty(JsonNode? node) => node is null or JsonArray { Count: 0 };

    private static IEnumerable<string> Names(JsonObject? before, JsonObject? after) => (before ?? []).Select(m => m.Key).Union((after ?? []).Select(m => m.Key));

    private static IEnumerable<(string Name, JsonNode? Before, JsonNode? After)> Items(JsonArray before, JsonArray after)
    {
        if (Id(before, after) is not { } id)
        {
            return Enumerable.Range(0, Math.Max(before.Count, after.Count)).Select(n => (
                n.ToString(System.Globalization.CultureInfo.InvariantCulture), before.ElementAtOrDefault(n), after.ElementAtOrDefault(n)));
        }

        var (old, now) = (before.ToDictionary(item => Text(item, id)!), after.ToDictionary(item => Text(item, id)!));
        return old.Keys.Union(now.Keys).Select(name => (name, old.GetValueOrDefault(name), now.GetValueOrDefault(name)));
    }

    /// <summary>The first member of the items, if it tells them apart: ids stand first.</summary>
    private static string? Id(JsonArray before, JsonArray after) =>
        before.Concat(after).OfType<JsonObject>().FirstOrDefault()?.FirstOrDefault().Key is { } name && Tells(before, name) && Tells(after, name) ? name : null;

    private static bool Tells(JsonArray items, string name) =>
        items.Select(item => Text(item, name)).ToArray() is var texts && !texts.Contains(null) && texts.Distinct(StringComparer.Ordinal).Count() == texts.Length;

    private static string? Text(JsonNode? item, string name) => item?[name] is JsonValue value ? value.ToString() : null;
}
