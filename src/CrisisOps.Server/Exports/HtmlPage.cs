using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;

namespace CrisisOps.Server.Exports;

/// <summary>One page of HTML that needs nothing else and runs nothing: well-formed, with its style in it and drawings as SVG.</summary>
internal sealed class HtmlPage : IExportPage
{
    private const string Style = """
        body{font:15px/1.45 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}
        h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem;border-bottom:1px solid #999}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem}dt{color:#555}dd{margin:0}
        table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.2rem .5rem;border-bottom:1px solid #ddd;white-space:pre-line;overflow-wrap:anywhere}
        figure{margin:1rem 0}figcaption{color:#555}svg{max-width:100%;height:auto}
        @media print{body{margin:0;max-width:none}tr{break-inside:avoid}}
        """;

    /// <summary>Nothing may be loaded or run, not even by what an entry could smuggle in; the one style is known by its hash.</summary>
    private static readonly string _policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'";

    private readonly StringBuilder _text = new();

    /// <summary>For the header; a file that was saved keeps what a page itself can say.</summary>
    public static string Policy { get; } = $"{_policy}; frame-ancestors 'none'; sandbox";

    public string MediaType => "text/html; charset=utf-8";

    public string Extension => "html";

    public void Begin(string title, IEnumerable<(string Name, string Value)> about)
    {
        _text.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n")
            .Append(CultureInfo.InvariantCulture, $"<meta http-equiv=\"Content-Security-Policy\" content=\"{Plain(_policy)}\"/>\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width\"/>\n")
            .Append(CultureInfo.InvariantCulture, $"<title>{Plain(title)}</title>\n<style>{Style}</style>\n</head>\n<body>\n<h1>{Plain(title)}</h1>\n<dl>\n");
        foreach (var (name, value) in about)
        {
            _text.Append(CultureInfo.InvariantCulture, $"<dt>{Plain(name)}</dt><dd>{Plain(value)}</dd>\n");
        }

        _text.Append("</dl>\n");
    }

    public void Section(string title) => _text.Append(CultureInfo.InvariantCulture, $"<h2>{Plain(title)}</h2>\n");

    public void Text(string text) => _text.Append(CultureInfo.InvariantCulture, $"<p>{Plain(text)}</p>\n");

    public void Chart(string svg, string says) => _text.Append(CultureInfo.InvariantCulture, $"<figure>{svg}<figcaption>{Plain(says)}</figcaption></figure>\n");

    public void BeginTable(IReadOnlyList<string> columns)
    {
        _text.Append("<table>\n<thead><tr>");
        foreach (var column in columns)
        {
            _text.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\">{Plain(column)}</th>");
        }

        _text.Append("</tr></thead>\n<tbody>\n");
    }

    public void Row(IReadOnlyList<string> cells)
    {
        _text.Append("<tr>");
        foreach (var cell in cells)
        {
            _text.Append(CultureInfo.InvariantCulture, $"<td>{Plain(cell)}</td>");
        }

        _text.Append("</tr>\n");
    }

    public void EndTable() => _text.Append("</tbody>\n</table>\n");

    public void End() => _text.Append("</body>\n</html>\n");

    public string Take()
    {
        var taken = _text.ToString();
        _text.Clear();
        return taken;
    }

    /// <summary>Text for an element or a quoted attribute. What no document may hold is replaced.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var place = 0; place < text.Length; place++)
        {
            var c = text[place];
            if (char.IsHighSurrogate(c) && place + 1 < text.Length && char.IsLowSurrogate(text[place + 1]))
            {
                plain.Append(c).Append(text[++place]);
                continue;
            }

            _ = c switch
            {
                '<' => plain.Append("&lt;"),
                '>' => plain.Append("&gt;"),
                '&' => plain.Append("&amp;"),
                '"' => plain.Append("&quot;"),
                '\'' => plain.Append("&#39;"),
                _ => plain.Append(XmlConvert.IsXmlChar(c) && !(char.IsControl(c) && c is not ('\n' or '\t')) ? c : '\uFFFD'),
            };
        }

        return plain.ToString();
    }
}
