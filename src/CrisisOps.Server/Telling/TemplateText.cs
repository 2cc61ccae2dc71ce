using System.Text;

namespace CrisisOps.Server.Telling;

/// <summary>
/// A text with variables in braces: <c>{headline}</c>. The first line is the subject. A line whose variables are all empty is left out, and one that
/// begins with <c>{?name}</c> stands there only when that variable is not empty. That is all there is: no conditions on values, no code.
/// </summary>
public sealed class TemplateText
{
    private readonly Line[] _lines;

    private TemplateText(Line[] lines) => _lines = lines;

    /// <summary>The variables that it uses, each once.</summary>
    public IEnumerable<string> Variables => _lines.SelectMany(l => l.Names).Distinct(StringComparer.Ordinal);

    /// <summary>Null, and why, when it is no template.</summary>
    public static (TemplateText? Text, string? Fault) Read(string text)
    {
        List<Line> lines = [];
        foreach (var raw in text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            if (Parse(raw) is not { } line)
            {
                return (null, $"a brace without its other in the line '{raw}'");
            }

            lines.Add(line);
        }

        return lines is [{ Parts.Length: > 0 }, ..] ? (new TemplateText([.. lines]), null) : (null, "the first line is the subject");
    }

    /// <exception cref="KeyNotFoundException">A variable that there is no value for: such a message is not sent.</exception>
    public (string Subject, string Body) Render(IReadOnlyDictionary<string, string?> values)
    {
        var body = new StringBuilder();
        foreach (var line in _lines[1..])
        {
            if (line.Render(values) is { } text)
            {
                body.Append(text).Append('\n');
            }
        }

        return ((_lines[0].Render(values) ?? "").ReplaceLineEndings(" "), body.ToString().Trim('\n') + "\n");
    }

    private static Line? Parse(string raw)
    {
        string? shown = null;
        if (raw.StartsWith("{?", StringComparison.Ordinal))
        {
            var end = raw.IndexOf('}', StringComparison.Ordinal);
            if (end < 0)
            {
                return null;
            }

            (shown, raw) = (raw[2..end], raw[(end + 1)..]);
        }

        List<(string Text, bool Variable)> parts = [];
        for (var at = 0; at < raw.Length;)
        {
            var open = raw.IndexOf('{', at);
            var text = open < 0 ? raw[at..] : raw[at..open];
            if (text.Contains('}', StringComparison.Ordinal))
            {
                return null;
            }

            parts.Add((text, false));
            if (open < 0)
            {
                break;
            }

            var close = raw.IndexOf('}', open);
            if (close < 0)
            {
                return null;
            }

            parts.Add((raw[(open + 1)..close], true));
            at = close + 1;
        }

        return new Line(shown, [.. parts.Where(p => p.Variable || p.Text.Length > 0)]);
    }

    private sealed record Line(string? Shown, (string Text, bool Variable)[] Parts)
    {
        public IEnumerable<string> Names => Parts.Where(p => p.Variable).Select(p => p.Text).Concat(Shown is null ? [] : [Shown]);

        public string? Render(IReadOnlyDictionary<string, string?> values)
        {
            string Value(string name) => values.TryGetValue(name, out var value) ? value ?? "" : throw new KeyNotFoundException(name);
            if (Shown is not null && Value(Shown).Length == 0)
            {
                return null;
            }

            var filled = Parts.Where(p => p.Variable).Select(p => Value(p.Text)).ToArray();
            return filled.Length > 0 && Array.TrueForAll(filled, v => v.Length == 0) ? null : string.Concat(Parts.Select(p => p.Variable ? Value(p.Text) : p.Text));
        }
    }
}
