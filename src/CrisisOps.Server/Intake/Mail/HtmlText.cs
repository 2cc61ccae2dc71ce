using System.Text;
using MimeKit.Text;

namespace CrisisOps.Server.Intake.Mail;

/// <summary>What a person would read of a mail in HTML. Nothing of it is fetched, run or shown.</summary>
internal static class HtmlText
{
    /// <summary>More than anybody writes; the markup of a mail program makes much of little.</summary>
    private const int Longest = 1_000_000;

    private static readonly HashSet<HtmlTagId> _unread = [HtmlTagId.Script, HtmlTagId.Style, HtmlTagId.Title, HtmlTagId.Head, HtmlTagId.NoScript];

    private static readonly HashSet<HtmlTagId> _lines =
        [HtmlTagId.Br, HtmlTagId.P, HtmlTagId.Div, HtmlTagId.TR, HtmlTagId.LI, HtmlTagId.UL, HtmlTagId.OL, HtmlTagId.Table, HtmlTagId.H1, HtmlTagId.H2, HtmlTagId.H3, HtmlTagId.BlockQuote, HtmlTagId.HR];

    /// <summary>The text, with a line for each block, and <c>&gt; </c> before what is quoted.</summary>
    public static string Of(string html)
    {
        using var reader = new StringReader(html.Length > Longest ? html[..Longest] : html);
        var tokens = new HtmlTokenizer(reader) { DecodeCharacterReferences = true };
        var text = new StringBuilder();
        var (unread, quoted) = (0, 0);
        while (tokens.ReadNextToken(out var token))
        {
            if (token is HtmlTagToken tag)
            {
                var depth = tag.IsEndTag ? -1 : tag.IsEmptyElement ? 0 : 1;
                unread = Math.Max(0, unread + (_unread.Contains(tag.Id) ? depth : 0));
                quoted = Math.Max(0, quoted + (tag.Id == HtmlTagId.BlockQuote ? depth : 0));
                if (_lines.Contains(tag.Id))
                {
                    NewLine(text, quoted);
                }
            }
            else if (token is HtmlDataToken data && unread == 0 && token.Kind == HtmlTokenKind.Data)
            {
                Words(text, data.Data);
            }
        }

        return text.ToString();
    }

    private static void NewLine(StringBuilder text, int quoted)
    {
        while (text.Length > 0 && text[^1] == ' ')
        {
            text.Length--;
        }

        if (text.Length > 0 && text[^1] != '\n')
        {
            text.Append('\n');
        }

        if (quoted > 0)
        {
            text.Append("> ");
        }
    }

    /// <summary>Any white space is one space.</summary>
    private static void Words(StringBuilder text, string data)
    {
        foreach (var c in data)
        {
            if (!char.IsWhiteSpace(c))
            {
                text.Append(c);
            }
            else if (text.Length > 0 && text[^1] is not ('\n' or ' '))
            {
                text.Append(' ');
            }
        }
    }
}
