using System.Globalization;
using System.Net.Sockets;
using CrisisOps.Server.Deliveries;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace CrisisOps.Server.Channels.Email;

/// <summary>How far an attempt came.</summary>
internal enum SmtpStep { Connect, Authenticate, Send }

/// <summary>What a failure of SMTP means for the next attempt.</summary>
internal static class SmtpOutcome
{
    /// <summary>Statuses that say nothing of the address: our mail server is away, or takes none of ours.</summary>
    public static IReadOnlyList<string> OfTheServer { get; } = ["timeout", "tls", "authentication", "refused", "no-such-host", "unreachable", "dropped", "SMTP 421"];

    public static AttemptOutcome Of(Exception exception, SmtpStep step) => exception switch
    {
        SmtpCommandException refused => Of(refused),
        OperationCanceledException or TimeoutException or SocketException { SocketErrorCode: SocketError.TimedOut } => Failed("timeout"),
        SslHandshakeException or System.Security.Authentication.AuthenticationException => Failed("tls"),
        NotSupportedException when step == SmtpStep.Connect => Failed("tls"), // it knows no STARTTLS
        AuthenticationException => Failed("authentication"),
        NotSupportedException when step == SmtpStep.Authenticate => Failed("authentication"),
        NotSupportedException => Failed("smtputf8"), // the address has letters that the server can not carry
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => Failed("refused"),
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => Failed("no-such-host"),
        SocketException => Failed("unreachable"),
        MailKit.ProtocolException or MailKit.ServiceNotConnectedException or IOException => Failed("dropped"),
        _ => Failed("error"),
    };

    private static AttemptOutcome Of(SmtpCommandException refused)
    {
        var status = string.Create(CultureInfo.InvariantCulture, $"SMTP {(int)refused.StatusCode}");
        return refused switch
        {
            { StatusCode: SmtpStatusCode.ServiceNotAvailable } => new AttemptOutcome(AttemptResult.Throttled, status),
            { StatusCode: SmtpStatusCode.MailboxBusy } when OfPolicy(refused) => new AttemptOutcome(AttemptResult.Throttled, status),
            { ErrorCode: SmtpErrorCode.RecipientNotAccepted, StatusCode: SmtpStatusCode.MailboxUnavailable or SmtpStatusCode.UserNotLocalTryAlternatePath or SmtpStatusCode.MailboxNameNotAllowed }
                when !OfPolicy(refused) => new AttemptOutcome(AttemptResult.Gone, status),
            _ => Failed(status),
        };
    }

    /// <summary>RFC 3463, x.7.x: it is about who sends, or how much, and says nothing of the address.</summary>
    private static bool OfPolicy(SmtpCommandException refused) => refused.Message is [_, '.', '7', '.', ..];

    private static AttemptOutcome Failed(string status) => new(AttemptResult.Failed, status);
}
