using MimeKit;

namespace CrisisOps.Server.Tests.Intake.Mail;

/// <summary>Mails as people write them.</summary>
internal static class Mails
{
    private static int _writers;

    /// <summary>An address that nobody else in this run writes from.</summary>
    public static string NewWriter() => $"writer-{Interlocked.Increment(ref _writers)}@daily.example";

    public static MimeMessage From(string writer, string subject = "Is it true?", string text = "Please answer by noon.", Action<MimeMessage>? change = null)
    {
        var mail = new MimeMessage
        {
            Subject = subject,
            Body = new TextPart("plain") { Text = text },
            MessageId = $"{Guid.NewGuid():n}@mail.daily.example",
            Date = DateTimeOffset.UtcNow.AddMinutes(-3),
        };
        mail.From.Add(new MailboxAddress("A. Writer", writer));
        mail.To.Add(new MailboxAddress("", "press@agora.example"));
        change?.Invoke(mail);
        return mail;
    }

    /// <summary>The writer answers to a mail, as a mail program makes it.</summary>
    public static MimeMessage Answering(this MimeMessage mail, string writer, string text) => From(writer, $"Re: {mail.Subject}", text, reply =>
    {
        reply.InReplyTo = mail.MessageId;
        reply.References.AddRange(mail.References);
        reply.References.Add(mail.MessageId!);
    });
}
