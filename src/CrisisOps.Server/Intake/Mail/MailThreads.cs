using CrisisOps.Domain.Intake;
using CrisisOps.Server.Streams;
using MimeKit.Utils;
using Npgsql;

namespace CrisisOps.Server.Intake.Mail;

/// <summary>Which mails belong together: those that came, and those that we sent.</summary>
public sealed class MailThreads(NpgsqlDataSource database, TimeProvider clock)
{
    private const string Known = """
        select a.dedup_key from unnest($1::uuid[]) with ordinality as u (id, n) join crisis.alerts a on a.id = u.id
         where a.dedup_key is not null order by u.n limit 1
        """;

    // The thread of what was raised by mail is that mail's; what was raised otherwise has one by its own key.
    private const string Sent = """
        select d.incident, (select a.dedup_key from crisis.alerts a where a.escalation = d.incident and a.source = $2 and a.format = 'Mail' and a.dedup_key is not null order by a.received_at limit 1)
          from unnest($1::text[]) with ordinality as u (id, n) join crisis.deliveries d on d.id = u.id join crisis.escalations e on e.key = d.incident
         where d.channel = 'Email' order by u.n limit 1
        """;

    private const string Lead = "insert into crisis.alert_keys (key, escalation, seen_at) values ($1, $2, $3) on conflict (key) do nothing";

    private const string Last = """
        select reference from crisis.alerts where escalation = $1 and format = 'Mail' and (owner = $2 or body::jsonb ->> 'contactRef' = $2) order by received_at desc limit 1
        """;

    /// <summary>The dedup key of the thread of a mail of this source. One that answers to a mail of ours leads to the case that was about.</summary>
    public async Task<string?> Of(AlertSource source, IncomingMail mail, CancellationToken cancellation)
    {
        if (mail.Parents.Count == 0)
        {
            return mail.Alert.Alert!.DedupKey;
        }

        // A mail is kept under its Message-ID, or under the hash of that.
        await using var known = database.Statement(Known, mail.Parents.SelectMany(p => new[] { p, IncomingMail.HashOf(p) }).Select(p => ReceivedAlert.IdOf(source, p)).ToArray());
        return await known.ExecuteScalarAsync(cancellation) as string ?? await OfSent(source, mail, cancellation) ?? mail.Alert.Alert!.DedupKey;
    }

    /// <summary>The Message-ID of the last mail of this requester in a case, so that they read the answer below what they wrote; null when there is none.</summary>
    public async Task<string?> LastOf(string escalation, string requester, CancellationToken cancellation)
    {
        await using var command = database.Statement(Last, escalation, requester);
        return await command.ExecuteScalarAsync(cancellation) is string id && id.Contains('@') && MimeUtils.ParseMessageId($"<{id}>") == id ? id : null;
    }

    private async Task<string?> OfSent(AlertSource source, IncomingMail mail, CancellationToken cancellation)
    {
        string[] deliveries = [.. mail.Parents.Select(IncomingMail.DeliveryOf).OfType<string>()];
        if (deliveries.Length == 0 || await About(deliveries, source.Key, cancellation) is not var (escalation, thread))
        {
            return null;
        }

        if (thread is null)
        {
            await using var lead = database.Statement(Lead, ReceivedAlert.ByDedupKey(source, mail.Alert.Alert!.Exercise, escalation), escalation, clock.GetUtcNow());
            await lead.ExecuteNonQueryAsync(cancellation);
        }

        return thread ?? escalation;
    }

    private async Task<(string Escalation, string? Thread)?> About(string[] deliveries, string source, CancellationToken cancellation)
    {
        await using var sent = database.Statement(Sent, deliveries, source);
        await using var reader = await sent.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? (reader.GetString(0), await reader.IsDBNullAsync(1, cancellation) ? null : reader.GetString(1)) : null;
    }
}
