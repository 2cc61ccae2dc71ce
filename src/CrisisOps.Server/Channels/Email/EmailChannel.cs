using CrisisOps.Domain.Crises;
using CrisisOps.Server.Deliveries;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace CrisisOps.Server.Channels.Email;

/// <summary>
/// Mail over SMTP (RFC 5321) to the one server that takes ours. Each attempt is a connection of its own. An outcome has a code or a word,
/// and a log the kind of a failure: what the server writes can quote addresses and mail.
/// </summary>
public sealed class EmailChannel(EmailSettings settings, ILogger<EmailChannel> logger) : IChannel
{
    private const string NotConfigured = "not-configured";

    public Channel Kind => Channel.Email;

    /// <inheritdoc/>
    public IReadOnlyList<string> OwnFaults { get; } = [NotConfigured, .. SmtpOutcome.OfTheServer];

    public async Task<AttemptOutcome> Send(OutgoingMessage message, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!settings.Configured)
        {
            return new AttemptOutcome(AttemptResult.Failed, NotConfigured);
        }

        if (!EmailAddress.TryRead(message.Address, out var to))
        {
            return new AttemptOutcome(AttemptResult.Gone, "no-address");
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(settings.Timeout);
        var step = SmtpStep.Connect;
        try
        {
            using var client = new SmtpClient { Timeout = (int)settings.Timeout.TotalMilliseconds };
            await client.ConnectAsync(settings.Host, settings.PortInUse, Options(), limit.Token);
            if (settings is { User: { } user, Password: { } password })
            {
                step = SmtpStep.Authenticate;
                await client.AuthenticateAsync(user, password, limit.Token);
            }

            step = SmtpStep.Send;
            using var mail = EmailMessage.Of(message, to, settings);
            await client.SendAsync(mail, limit.Token);
            await Leave(client, limit.Token);
            return new AttemptOutcome(AttemptResult.Delivered, "SMTP 250");
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (Exception exception)
        {
            var outcome = SmtpOutcome.Of(exception, step);
            logger.LogInformation("Mail was not taken at {Step}: {Status} ({Exception})", step, outcome.Status, exception.GetType().Name);
            return outcome;
        }
    }

    private SecureSocketOptions Options() => settings.Security switch
    {
        EmailSecurity.None => SecureSocketOptions.None,
        EmailSecurity.SslOnConnect => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.StartTls,
    };

    /// <summary>The mail is taken whatever becomes of the farewell: to fail here would send it twice.</summary>
    private static async Task Leave(SmtpClient client, CancellationToken cancellation)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancellation);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or TimeoutException or MailKit.ProtocolException or MailKit.CommandException or System.Net.Sockets.SocketException)
        {
            // Closed by the disposal.
        }
    }
}
