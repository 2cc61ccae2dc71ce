using System.Security.Cryptography;
using System.Text;
using CrisisOps.Server.Deliveries;
using MimeKit;

namespace CrisisOps.Server.Channels.Email;

/// <summary>A message as mail, RFC 5322: what must not vary between attempts does not, and no text becomes a header.</summary>
internal static class EmailMessage
{
    public static MimeMessage Of(OutgoingMessage message, MailboxAddress to, EmailSettings settings)
    {
        if (!EmailAddress.TryRead(settings.From, out var from))
        {
            throw new InvalidOperationException("Email:From is no e-mail address.");
        }

        from.Name = Line(settings.FromName ?? "");
        var mail = new MimeMessage
        {
            MessageId = $"{Id(message.MessageId)}@{from.Domain}",
            Date = message.Now,
            Subject = Line(message.Subject),
            Body = Body(message),
        };
        mail.From.Add(from);
        mail.To.Add(to);

        if (message.InReplyTo is { } answered)
        {
            mail.InReplyTo = answered;
            mail.References.Add(answered);
        }

        // RFC 3834: whoever is out of the office does not answer us.
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        if ((message.Unsubscribe ?? settings.UnsubscribeUrl) is { } unsubscribe)
        {
            mail.Headers.Add(HeaderId.ListUnsubscribe, $"<{unsubscribe.AbsoluteUri}>");
        }

        // RFC 8058: the mail program may send the POST itself. Only our own links are known to take it.
        if (message.Unsubscribe is not null)
        {
            mail.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
        }

        return mail;
    }

    /// <summary>Base64, because it alone leaves every byte as it was hashed: no line ending is made another on the way.</summary>
    private static MimePart Body(OutgoingMessage message)
    {
        var type = ContentType.TryParse(message.ContentType, out var named) ? named : new ContentType("text", "plain");
        if (type.IsMimeType("text", "*"))
        {
            type.Charset = "utf-8";
        }

        return new MimePart(type)
        {
            Content = new MimeContent(new MemoryStream(message.Body.ToArray(), writable: false)),
            ContentTransferEncoding = ContentEncoding.Base64,
        };
    }

    /// <summary>The id itself where it can stand left of the @ of a Message-ID, otherwise its hash.</summary>
    private static string Id(string id) => id.Length is > 0 and <= 64 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
        ? id
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 16));

    private static string Line(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
