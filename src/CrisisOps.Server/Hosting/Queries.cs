using System.Globalization;
using CrisisOps.Server.Problems;

namespace CrisisOps.Server.Hosting;

/// <summary>Reads the query string strictly: an unknown or malformed parameter is an error, and no silent "everything".</summary>
public sealed class Queries
{
    public const int DefaultLimit = 50;
    public const int MostLimit = 500;

    private readonly IQueryCollection _query;

    /// <param name="known">Every parameter the endpoint has.</param>
    public Queries(HttpContext http, params ReadOnlySpan<string> known)
    {
        _query = http.Request.Query;
        foreach (var name in _query.Keys)
        {
            if (!known.Contains(name))
            {
                Problem ??= Problem.Validation(name, "There is no such parameter.");
            }
        }
    }

    /// <summary>The first thing that is wrong, if any.</summary>
    public Problem? Problem { get; private set; }

    public int Limit => Number("limit", DefaultLimit, 1, MostLimit);

    public string? Text(string name) => _query.TryGetValue(name, out var value) && value is [{ Length: > 0 and <= 500 } text] && !text.Contains('\0', StringComparison.Ordinal) ? text : Wrong<string>(name, "one value of 1 to 500 characters");

    public bool Flag(string name) => Text(name) switch { "true" => true, null or "false" => false, _ => Wrong<object>(name, "true or false", always: true) is not null };

    public DateTimeOffset? Instant(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        // A plus in a query string means a space; nobody writes a space in an instant.
        text = text.Replace(' ', '+');
        return (text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > 10) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
            ? instant.ToUniversalTime()
            : Wrong<object>(name, "an RFC 3339 instant with an offset", always: true) as DateTimeOffset?;
    }

    public long? Version(string name) =>
        Text(name) is not { } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0 ? version
        : Wrong<object>(name, "a version, 1 or higher", always: true) as long?;

    public TimeSpan? Duration(string name) =>
        Text(name) is not { } text ? null : DurationConverter.Parse(text) ?? Wrong<object>(name, DurationConverter.Wanted, always: true) as TimeSpan?;

    /// <summary>One of these; the first when nothing is asked.</summary>
    public string OneOf(string name, params ReadOnlySpan<string> known) =>
        Text(name) is not { } text ? known[0] : known.Contains(text) ? text : Wrong<string>(name, string.Join(" or ", known), always: true) ?? known[0];

    /// <summary>Something is wrong with a parameter that only its endpoint knows.</summary>
    public void Refuse(string name, string why) => Problem ??= Problem.Validation(name, why);

    /// <summary>One or several members of an enumeration, separated by commas.</summary>
    public string[]? Names<T>(string name)
        where T : struct, Enum => Names(name, Enum.GetNames<T>());

    /// <summary>One or several of these, separated by commas.</summary>
    public string[]? Names(string name, IReadOnlyList<string> known) =>
        Text(name) is not { } text ? null
        : text.Split(',') is var names && names.All(known.Contains) ? names
        : Wrong<string[]>(name, $"of {string.Join(", ", known)}", always: true);

    private int Number(string name, int otherwise, int least, int most) =>
        Text(name) is not { } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : Wrong<object>(name, $"a number from {least} to {most}", always: true) as int? ?? otherwise;

    private T? Wrong<T>(string name, string what, bool always = false)
        where T : class
    {
        if (always || _query.ContainsKey(name))
        {
            Problem ??= Problem.Validation(name, $"must be {what}");
        }

        return null;
    }
}
