using System.Buffers;
using System.Text;

namespace CrisisOps.Server.Exports;

/// <summary>GitHub's Markdown. Drawings are left out: the same numbers stand in its tables.</summary>
internal sealed class MarkdownPage : IExportPage
{
    // Everything that begins a link, an emphasis, code, HTML or a cell. Texts never stand at the beginning of a line, so what means something only there is none.
    private static readonly SearchValues<char> _meaning = SearchValues.Create("\\`*_{}[]<>#|~&!@$^=");

    private readonly StringBuilder _text = new();

    public string MediaType => "text/markdown; charset=utf-8";

    public string Extension => "md";

    public void Begin(string title, IEnumerable<(string Name, string Value)> about)
    {
        _text.Append("# ").Append(Plain(title)).Append("\n\n");
        foreach (var (name, value) in about)
        {
            _text.Append("- ").Append(Plain(name)).Append(": ").Append(Plain(value)).Append('\n');
        }
    }

    public void Section(string title) => _text.Append("\n## ").Append(Plain(title)).Append("\n\n");

    public void Text(string text) => _text.Append(Plain(text)).Append("\n\n");

    public void Chart(string svg, string says)
    {
    }

    public void BeginTable(IReadOnlyList<string> columns)
    {
        Row(columns);
        _text.Append('|').Insert(_text.Length, " --- |", columns.Count).Append('\n');
    }

    public void Row(IReadOnlyList<string> cells)
    {
        _text.Append('|');
        foreach (var cell in cells)
        {
            _text.Append(' ').Append(Plain(cell)).Append(" |");
        }

        _text.Append('\n');
    }

    public void EndTable() => _text.Append('\n');

    public void End()
    {
    }

    public string Take()
    {
        var taken = _text.ToString();
        _text.Clear();
        return taken;
    }

    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var place = 0; place < text.Length; place++)
        {
            var c = text[place];
            if (char.IsControl(c) || c is '\u2028' or '\u2029')
            {
                // A cell is one line.
                plain.Append(' ');
                continue;
            }

            if (_meaning.Contains(c) || Links(text, place))
            {
                plain.Append('\\');
            }

            plain.Append(c);
        }

        return plain.ToString();
    }

    /// <summary>Bare addresses become links by the colon of their scheme or the dot after www; the colon of a time is followed by a digit.</summary>
    private static bool Links(string text, int place) => text[place] switch
    {
        ':' => place + 1 < text.Length && !char.IsAsciiDigit(text[place + 1]) && text[place + 1] != ' ',
        '.' => place > 0 && text[place - 1] is 'w' or 'W',
        _ => false,
    };
}
