using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CrisisOps.Domain.Intake;
using CrisisOps.Server.Channels.Email;
using CrisisOps.Server.Intake.Formats;
using MimeKit;

namespace CrisisOps.Server.Intake.Mail;

/// <summary>A mail as an alert. Nothing that somebody can send makes the reading of it fail.</summary>
/// <param name="Alert">Without a contact; its dedup key is the root of the thread as far as the mail itself tells it.</param>
/// <param name="Sender">The address of whoever wrote, which stands nowhere in <paramref name="Alert"/>; null when it names none, or a machine wrote.</param>
/// <param name="Parents">The Message-IDs of the mails it answers to, the nearest first.</param>
public sealed partial record IncomingMail(ReadAlert Alert, string? Sender, IReadOnlyList<string> Parents)
{
    /// <summary>Bytes up to which a mail is read whole. Of a longer one the beginning is read.</summary>
    public const int Longest = 10 * 1024 * 1024;

    /// <summary>Bytes that are read of a mail that is too long: its headers, and its text as a rule.</summary>
    public const int Beginning = 256 * 1024;

    private const int MostParents = 50;

    private static readonly ParserOptions _options = new() { MaxMimeDepth = 20 };

    /// <param name="raw">The mail as it came, or its beginning.</param>
    /// <param name="whole">All of it.</param>
    /// <param name="own">The address from which our own mail comes; null when we send none.</param>
    public static IncomingMail Read(byte[] raw, bool whole, string? own)
    {
        try
        {
            using var stream = new MemoryStream(raw, writable: false);
            using var message = MimeMessage.Load(_options, stream);
            return Of(message, raw, whole, own);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whoever wrote it is owed that somebody looks: it lies in the mailbox.
            var draft = new AlertDraft { ExternalRef = Hash(raw), DedupKey = Hash(raw), Title = "A mail that can not be read" };
            draft.Mark("mail: it can not be read; look at it in its mailbox.");
            return new IncomingMail(draft.Read(AlertFormat.Mail, 1, raw), null, []);
        }
    }

    /// <summary>Under what name a mail is kept if its Message-ID is this: by the id, or by its hash where it is none of a name or would tell an address.</summary>
    public static string HashOf(string messageId) => Hash(Encoding.UTF8.GetBytes(messageId));

    private static IncomingMail Of(MimeMessage message, byte[] raw, bool whole, string? own)
    {
        var from = message.From.Mailboxes.FirstOrDefault()?.Address;
        var sender = EmailAddress.TryRead(from, out var read) ? read.Address : null;
        string[] parents = [.. message.References.Reverse().Prepend(message.InReplyTo ?? "").Where(id => id.Length > 0).Distinct(StringComparer.Ordinal).Take(MostParents)];
        var name = message.MessageId is not { Length: > 0 } id ? Hash(raw)
            : id.Length > 200 || (sender is not null && id.Contains(sender, StringComparison.OrdinalIgnoreCase)) ? HashOf(id)
            : id;
        var automatic = IsAutomatic(message, own);
        var draft = new AlertDraft
        {
            ExternalRef = name,
            DedupKey = HashOf(message.References.FirstOrDefault() ?? message.InReplyTo ?? message.MessageId ?? name),
            Title = MailText.Subject(message) is { Length: > 0 } subject ? subject : "(no subject)",
            Text = automatic ? null : MailText.Of(message, reply: parents.Length > 0),
            OccurredAt = message.Date == DateTimeOffset.MinValue ? null : message.Date.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
        };
        draft.Languages.AddRange(Languages(message));
        if (!automatic)
        {
            AddAttachments(draft, message, whole);
        }

        if (!whole)
        {
            draft.Mark("mail: longer than 10 MB; only its beginning was read.");
        }

        // A title of nothing but what can not be shown is none.
        var alert = draft.Read(AlertFormat.Mail, 1, raw);
        if (alert.Alert is null)
        {
            draft.Title = "(no subject)";
            alert = draft.Read(AlertFormat.Mail, 1, raw);
        }

        return new IncomingMail(alert with { Alert = alert.Alert! with { Automatic = automatic } }, automatic ? null : sender, parents);
    }

    private static void AddAttachments(AlertDraft draft, MimeMessage message, bool whole)
    {
        var mail = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(draft.ExternalRef!)).AsSpan(0, 8));
        string[] attachments = [.. MailAttachments.Of(message, mail, whole).Take(MailAttachments.Most + 1)];
        draft.Evidence.AddRange(attachments.Take(MailAttachments.Most));
        if (attachments.Length > MailAttachments.Most)
        {
            draft.Mark($"attachments: only the first {MailAttachments.Most} are named.");
        }
    }

    /// <summary>A machine answers (RFC 3834), a mail could not be delivered (RFC 3464), or it is a mail of ours. Nobody would read what is answered to these.</summary>
    private static bool IsAutomatic(MimeMessage message, string? own) =>
        (message.Headers["Auto-Submitted"] is { } submitted && !submitted.Trim().StartsWith("no", StringComparison.OrdinalIgnoreCase))
        || message.Headers[HeaderId.Precedence]?.Trim().ToLowerInvariant() is "bulk" or "junk" or "list" or "auto_reply"
        || message.Headers.Contains("X-Autoreply") || message.Headers.Contains("X-Autorespond")
        || message.Headers[HeaderId.ReturnPath]?.Trim() == "<>"
        || message.Body?.ContentType.IsMimeType("multipart", "report") == true
        || message.From.Mailboxes.Any(m => m.Address.StartsWith("mailer-daemon@", StringComparison.OrdinalIgnoreCase) || m.Address.Equals(own, StringComparison.OrdinalIgnoreCase))
        || (message.MessageId is { } id && Ours().IsMatch(id));

    /// <summary>The delivery that a Message-ID of ours names; null for the ids of others.</summary>
    public static string? DeliveryOf(string messageId) => Ours().Match(messageId) is { Success: true } ours ? ours.Groups[1].Value : null;

    /// <summary>In what somebody writes; or else in what their mail program says that they read.</summary>
    private static IEnumerable<string> Languages(MimeMessage message) =>
        (message.Body?.Headers["Content-Language"] ?? message.Headers["Accept-Language"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(l => l.Split(';', 2)[0].Trim()).Take(5);

    private static string Hash(byte[] of) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(of))}";

    [GeneratedRegex(@"^(msg_[0-9a-f]{32})@", RegexOptions.CultureInvariant)]
    private static partial Regex Ours();
}
