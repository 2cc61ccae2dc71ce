using System.Text.RegularExpressions;
using CrisisOps.Server.Channels.Email;
using MimeKit;

namespace CrisisOps.Server.Intake.Mail;

/// <summary>What somebody wrote in a mail: without what they answer to, as far as that can be told, and without anybody's address.</summary>
internal static partial class MailText
{
    private const string LeftOut = "[address left out]";

    /// <summary>The words of a mail as plain text; empty when it has none.</summary>
    public static string Of(MimeMessage mail, bool reply)
    {
        var plain = mail.TextBody;
        var text = string.IsNullOrWhiteSpace(plain) && mail.HtmlBody is { } html ? HtmlText.Of(html) : plain ?? "";
        return WithoutAddresses(reply ? OwnWords(text) : text, AddressesOf(mail));
    }

    /// <summary>The subject on one line.</summary>
    public static string Subject(MimeMessage mail) => WithoutAddresses(mail.Subject ?? "", AddressesOf(mail)).Trim();

    /// <summary>
    /// A reply without what it answers to: what follows the line that names who wrote what is quoted, and lines that begin with <c>&gt;</c>. A
    /// reply of which nothing would be left is kept whole.
    /// </summary>
    public static string OwnWords(string text)
    {
        List<string> own = [];
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length && !Ends(lines, i); i++)
        {
            if (!lines[i].StartsWith('>'))
            {
                own.Add(lines[i].TrimEnd());
            }
        }

        var words = string.Join('\n', own).Trim();
        return words.Length > 0 ? words : text;
    }

    private static bool Ends(string[] lines, int at) =>
        Separator().IsMatch(lines[at])
        || (Ruled().IsMatch(lines[at]) && Follows(lines, at) is { } next && Headed().IsMatch(next))
        || (lines[at].TrimEnd().EndsWith(':') && Follows(lines, at) is { } quoted && quoted.StartsWith('>'));

    /// <summary>The next line on which something stands.</summary>
    private static string? Follows(string[] lines, int at) => lines.Skip(at + 1).FirstOrDefault(l => !string.IsNullOrWhiteSpace(l));

    private static IEnumerable<string> AddressesOf(MimeMessage mail) =>
        mail.From.Mailboxes.Concat(mail.ReplyTo.Mailboxes).Append(mail.Sender).Where(m => EmailAddress.TryRead(m?.Address, out _)).Select(m => m!.Address);

    /// <summary>Events are kept for good and an address must be erasable: whoever wrote is in the vault, and the mail itself in its mailbox.</summary>
    private static string WithoutAddresses(string text, IEnumerable<string> known) =>
        Address().Replace(known.Aggregate(text, (masked, address) => masked.Replace(address, LeftOut, StringComparison.OrdinalIgnoreCase)), LeftOut);

    [GeneratedRegex(@"[\p{L}\p{N}._%+'=&/-]+@(?:[\p{L}\p{N}-]+\.)+[\p{L}\p{N}-]{2,}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Address();

    [GeneratedRegex(@"^\s*-{2,}\s*(Original Message|Ursprüngliche Nachricht|Original-Nachricht|Message d'origine|Mensaje original)\s*-{2,}\s*$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Separator();

    [GeneratedRegex(@"^\s*_{8,}\s*$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Ruled();

    [GeneratedRegex(@"^\W*(From|Von|De)\W*:", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Headed();
}
