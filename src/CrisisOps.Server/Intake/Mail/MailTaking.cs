using System.Security.Cryptography;
using System.Text;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Intake;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Intake.Mail;

/// <summary>
/// Takes a mail to the end, by the way of every alert; what it adds is who wrote, to which thread it belongs, and that a case that was there already
/// reads what was written. Every step can be done twice: a mail that is read again is known.
/// </summary>
public sealed class MailTaking(NpgsqlDataSource database, AlertAdmission admission, MailSenders senders, MailThreads threads, CommandLanes lanes, TimeProvider clock)
{
    private const string Fate = """
        select a.escalation, a.reason, k.before from crisis.alerts a left join crisis.alert_keys k on k.key = $2 and k.escalation = a.escalation where a.id = $1
        """;

    /// <summary>Null when it is stored durably and its mail may be marked; otherwise when to come again.</summary>
    public async Task<TimeSpan?> Take(KnownSource sender, IncomingMail mail, CancellationToken cancellation)
    {
        var alert = mail.Alert.Alert!;
        var receipt = ReceivedAlert.IdOf(sender.Source, alert.ExternalRef);
        alert = alert with { DedupKey = await threads.Of(sender.Source, mail, cancellation) };
        if (await FateOf(receipt, sender.Source, alert, cancellation) is null)
        {
            // A partner is answered where it said; anybody else where they wrote from.
            alert = mail.Sender is { } address && sender.Source.PartnerId is null
                ? alert with { ContactRef = await senders.RefOf(address, receipt, alert.Languages is [var first, ..] ? first : null, cancellation) }
                : alert;
            if ((await admission.Admit(sender, [mail.Alert with { Alert = alert }], AlertAdmission.Now(clock))).Later is { } later)
            {
                return later.After;
            }
        }

        if (await FateOf(receipt, sender.Source, alert, cancellation) is ({ } escalation, { } note))
        {
            await Note(escalation, note, receipt, cancellation);
        }

        return null;
    }

    /// <summary>Null while it is not stored. The case it belongs to, if any, and what that is to be told.</summary>
    private async Task<(string? Escalation, string? Note)?> FateOf(Guid receipt, AlertSource source, IncomingAlert alert, CancellationToken cancellation)
    {
        await using var command = database.Statement(Fate, receipt, ReceivedAlert.ByDedupKey(source, alert.Exercise, alert.DedupKey!));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation))
        {
            return null;
        }

        if (await reader.IsDBNullAsync(0, cancellation))
        {
            return (null, null);
        }

        var raised = reader.GetString(1) == AlertRows.Raised;
        var before = await reader.IsDBNullAsync(2, cancellation) ? null : reader.GetString(2);
        return (reader.GetString(0), raised ? before is null ? null : $"A reply in the thread of {before}, which was over when it came." : Words(source, alert));
    }

    private static string Words(AlertSource source, IncomingAlert alert)
    {
        string?[] parts =
        [
            $"A further mail, by {source.Name} ({source.Key}){(alert.ContactRef is { } who ? $", of {who}" : "")}: {alert.Title}", alert.Text,
            alert.EvidenceRefs.Count == 0 ? null : $"Attached: {string.Join("; ", alert.EvidenceRefs)}",
        ];
        return string.Join("\n\n", parts.OfType<string>());
    }

    /// <summary>For Core alone, and once: whoever reads the mail again gets the answer of the first time. A case that has closed meanwhile takes none; the mail stands among its alerts.</summary>
    private async Task Note(string escalation, string note, Guid receipt, CancellationToken cancellation)
    {
        var terms = new OrderTerms(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"mail-note|{receipt}")).AsSpan(0, 16)), Correlation: receipt.ToString());
        if (await lanes.Execute<Escalation, PostNote>(new Order<PostNote>(escalation, new PostNote(note, CoreOnly: true), Caller.System, terms), cancellation) is Reply.Busy or Reply.Gone)
        {
            throw new AlertsBusyException();
        }
    }
}
