using System.Text.Json;
using System.Text.RegularExpressions;

namespace CrisisOps.Server.Problems;

/// <summary>Says in the caller's terms what the JSON reader found wrong: the member, never a .NET type or the payload.</summary>
public static partial class JsonErrors
{
    private const int LongestName = 200;

    private static readonly string[] _required = ["is required"];

    public static Problem Explain(JsonException exception)
    {
        var member = Path(exception.Path?.TrimStart('$').TrimStart('.') ?? "");
        var message = exception.Message;
        if (UnknownMember().Match(message) is { Success: true } unknown)
        {
            var name = unknown.Groups[1].Value;
            var parent = member.EndsWith(name, StringComparison.OrdinalIgnoreCase) ? member[..^name.Length].TrimEnd('.') : member;
            return Problem.Validation(Clip(Join(parent, name)), "There is no such member.");
        }

        if (MissingMembers().Match(message) is { Success: true } missing)
        {
            var names = Quoted().Matches(missing.Value).Select(m => m.Groups[1].Value).ToArray();
            return new Problem("/problems/validation", 422, "The request is not valid", $"Missing: {string.Join(", ", names)}.")
            {
                Errors = names.ToDictionary(name => Join(member, name), _ => _required),
            };
        }

        if (message.StartsWith("must be", StringComparison.Ordinal))
        {
            return Problem.Validation(Clip(member), message);
        }

        // A position without a path is broken JSON; a path is a member of the wrong kind.
        return member.Length == 0 || message.Contains("invalid start", StringComparison.Ordinal) || message.Contains("Expected", StringComparison.Ordinal)
            ? Problem.Malformed(member.Length == 0 ? "$" : Clip(member), "The body is not valid JSON here, or not of the expected kind.")
            : Problem.Validation(Clip(member), "has a value that is not allowed here");
    }

    /// <summary>A path with the names as JSON has them: <c>contentRefs[0].itemId</c>.</summary>
    public static string Path(string path) =>
        string.Join('.', path.Split('.').Select(part => part.Length == 0 ? part : JsonNamingPolicy.CamelCase.ConvertName(part)));

    /// <summary>A name that long is a payload.</summary>
    private static string Clip(string name) => name.Length <= LongestName ? name : name[..LongestName] + "…";

    private static string Join(string path, string member) => path.Length == 0 || path == member ? member : $"{path}.{member}";

    [GeneratedRegex("JSON property '([^']*)' could not be mapped")]
    private static partial Regex UnknownMember();

    [GeneratedRegex("missing required properties.*", RegexOptions.Singleline)]
    private static partial Regex MissingMembers();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted();
}
