using System.Globalization;
using MimeKit;

namespace CrisisOps.Server.Intake.Mail;

/// <summary>What hangs on a mail, by reference only: it is neither decoded nor opened nor stored, and its name stands nowhere. It lies in the mailbox.</summary>
internal static class MailAttachments
{
    /// <summary>How many are named.</summary>
    public const int Most = 20;

    /// <summary>For example <c>mail:1f0c2ab9d3e4f507/2 image/png 120 kB</c>: the mail, the number of the attachment in it, what it says it is and about how long it is.</summary>
    /// <param name="mail">Names the mail.</param>
    /// <param name="whole">False when only the beginning of the mail is here, and nothing says how long its last part is.</param>
    public static IEnumerable<string> Of(MimeMessage message, string mail, bool whole) => message.BodyParts
        .Where(part => part is not TextPart { IsAttachment: false })
        .Select((part, at) => string.Create(CultureInfo.InvariantCulture, $"mail:{mail}/{at + 1} {TypeOf(part)}{(whole && LengthOf(part) is { } bytes ? $" {(bytes + 1023) / 1024} kB" : "")}"));

    private static string TypeOf(MimeEntity part) =>
        part.ContentType.MimeType is { Length: <= 100 } type && type.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '+' or '-') ? type.ToLowerInvariant() : "application/octet-stream";

    /// <summary>From the length of what was sent.</summary>
    private static long? LengthOf(MimeEntity part) => part is MimePart { Content.Stream: { CanSeek: true } sent } leaf ? leaf.ContentTransferEncoding == ContentEncoding.Base64 ? sent.Length * 3 / 4 : sent.Length : null;
}
