using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CrisisOps.Domain.Intake;
using CrisisOps.Server.Channels.Email;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Intake.Mail;

/// <summary>
/// Reads one mailbox, on one node at a time. It stays connected and is told of what comes; when the connection is lost, or the database is, it begins
/// anew. A mail is marked when it is stored durably, and not before: what was stored and not marked is read again, and known. So nothing rests
/// on the lock that makes one node the one; it only spares the others the work.
/// </summary>
public sealed partial class MailboxReader(
    MailboxSettings settings, EmailSettings email, SourceBook sources, MailTaking taking, NpgsqlDataSource database, IHostApplicationLifetime lifetime, ILogger<MailboxReader> log) : BackgroundService
{
    /// <summary>The first half of the locks of mailboxes.</summary>
    private const int Turns = 4716;

    private static readonly TimeSpan _first = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(1);

    /// <summary>How long it is told of new mails before it looks by itself.</summary>
    private static readonly TimeSpan _listen = TimeSpan.FromMinutes(5);

    /// <summary>When it looks again for a source that is not taken from now.</summary>
    private static readonly TimeSpan _barred = TimeSpan.FromSeconds(5);

    private TimeSpan _backoff = _first;
    private bool _saidBarred;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.Started(stoppingToken); // commands can be given once the whole host is up
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Turn(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (DatabaseErrors.IsOutage(exception) || exception is AlertsBusyException)
            {
                LogWaits(log, settings.Source, exception.GetType().Name);
            }
            catch (Exception exception)
            {
                // By its kind alone: what a mail server says can quote addresses and mail.
                LogLost(log, settings.Source, exception.GetType().Name);
            }

            await Task.Delay(_backoff, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _backoff = 2 * _backoff < _longest ? 2 * _backoff : _longest;
        }
    }

    /// <summary>Reads until something fails; or leaves it to the node that does.</summary>
    private async Task Turn(CancellationToken cancellation)
    {
        await using var turn = await database.OpenConnectionAsync(cancellation);
        if (!await Scalar(turn, "select pg_try_advisory_lock($1, $2)", cancellation, Turns, Number))
        {
            _backoff = _first;
            return;
        }

        try
        {
            await Read(turn, cancellation);
        }
        finally
        {
            // Pooled connections keep their session, and with it the lock. One that is broken has lost both.
            if (turn.FullState == System.Data.ConnectionState.Open)
            {
                await Scalar(turn, "select pg_advisory_unlock($1, $2)", CancellationToken.None, Turns, Number);
            }
        }
    }

    private async Task Read(NpgsqlConnection turn, CancellationToken cancellation)
    {
        await using var mailbox = await Mailbox.Open(settings, cancellation);
        while (true)
        {
            var wait = await TakeAll(mailbox, cancellation);
            _backoff = _first;
            await mailbox.Wait(wait ?? _listen, cancellation);
            if (!await Scalar(turn, "select true", cancellation))
            {
                return;
            }
        }
    }

    /// <summary>Null when all there was is stored; otherwise when to come again.</summary>
    private async Task<TimeSpan?> TakeAll(Mailbox mailbox, CancellationToken cancellation)
    {
        TimeSpan? again = null;
        foreach (var (id, whole) in await mailbox.Waiting(cancellation))
        {
            if (await sources.Find(settings.Source, cancellation) is not { Standing: SourceStanding.Good } sender || !sender.Source.Sends(AlertFormat.Mail))
            {
                if (!_saidBarred)
                {
                    LogBarred(log, settings.Source);
                }

                _saidBarred = true;
                return _barred;
            }

            _saidBarred = false;

            if (await mailbox.Fetch(id, whole, cancellation) is not { } raw)
            {
                continue; // somebody took it away meanwhile
            }

            try
            {
                if (await taking.Take(sender, IncomingMail.Read(raw, whole, email.From), cancellation) is { } wait)
                {
                    return wait;
                }
            }
            catch (Exception exception) when (exception is not (OperationCanceledException or AlertsBusyException) && !DatabaseErrors.IsOutage(exception))
            {
                // One that can not be taken holds up no other; it is tried again, and somebody has to look.
                LogFailed(log, settings.Source, id.Id, exception.GetType().Name);
                again = _longest;
                continue;
            }

            await mailbox.Mark(id, cancellation);
        }

        return again;
    }

    /// <summary>The same number on every node.</summary>
    private int Number => BinaryPrimitives.ReadInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{settings.Host}|{settings.PortInUse}|{settings.User}|{settings.Folder}")));

    private static async Task<bool> Scalar(NpgsqlConnection connection, string sql, CancellationToken cancellation, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail of {Source} waits in its mailbox: it can not be stored now ({Why})")]
    private static partial void LogWaits(ILogger logger, string source, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The mailbox of {Source} is not read: {Why}; it is tried again")]
    private static partial void LogLost(ILogger logger, string source, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Mail {Uid} of {Source} could not be taken ({Why}); it is tried again")]
    private static partial void LogFailed(ILogger logger, string source, uint uid, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail of {Source} waits in its mailbox: there is no such source, it is suspended or retired, or it may not send mail")]
    private static partial void LogBarred(ILogger logger, string source);
}
