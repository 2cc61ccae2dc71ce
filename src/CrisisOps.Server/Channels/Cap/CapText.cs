using System.Text;
using System.Text.RegularExpressions;
using CrisisOps.Domain.Crises;

namespace CrisisOps.Server.Channels.Cap;

/// <summary>Texts on their way out: what XML cannot carry and what a partner may not read is taken out (domain §4).</summary>
internal static class CapText
{
    private const string Withheld = "[link withheld]";
    private const string Mask = "[masked]";

    // A scheme, www, or a host with a path. Without backtracking: the texts are people's.
    private static readonly Regex _link = new(
        @"\S*://\S*|\bwww\.\S+|\b(?:[\w-]+\.)+[a-z]{2,}/\S*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <summary>
    /// The text without control characters and halves of a character. They are stripped, not refused: they carry no meaning, and an alert
    /// that an odd key press stops at 03:00 helps nobody. XML 1.0 cannot carry them at all.
    /// </summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (rune.Value is '\n' or '\t' || !(Rune.IsControl(rune) || rune.Value is 0xFFFE or 0xFFFF))
            {
                plain.Append(rune.ToString());
            }
        }

        return plain.ToString().Trim();
    }

    public static bool HasLink(string text) => _link.IsMatch(text);

    /// <summary>
    /// As the one partner may read it. The command refused most of this already; a term may have been masked since, and no command looks
    /// at indicators or for the names of the other partners.
    /// </summary>
    public static string ForPartner(string text, string recipient, IEnumerable<string> recipients, IEnumerable<string> maskedTerms) =>
        Masking.Hide(WithoutOthers(_link.Replace(Plain(text), Withheld), recipient, recipients), maskedTerms);

    /// <summary>In one line.</summary>
    public static string Line(string text) => string.Join(' ', text.Split(['\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    // One pass over all names, the longest first, so that a name inside the reader's own name is left alone.
    private static string WithoutOthers(string text, string recipient, IEnumerable<string> recipients)
    {
        string[] names = [.. recipients.Append(recipient).Where(n => n.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).OrderByDescending(n => n.Length)];
        return Regex.Replace(
            text, $@"(?<!\w)(?:{string.Join('|', names.Select(Regex.Escape))})(?!\w)",
            found => string.Equals(found.Value, recipient, StringComparison.OrdinalIgnoreCase) ? found.Value : Mask,
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    }
}
