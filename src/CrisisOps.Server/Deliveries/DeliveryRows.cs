using System.Security.Cryptography;
using System.Text;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Deliveries;

/// <summary>Writes what was planned, all recipients in one statement.</summary>
public sealed class DeliveryRows(NpgsqlDataSource database, WakeUps wakeUps, TimeProvider clock)
{
    /// <summary>Who waits for deliveries asks for this.</summary>
    public const string Signal = "deliveries";

    private const string Insert = """
        insert into crisis.deliveries (id, incident, kind, about, recipient, endpoint, target, channel, tlp, ordered, subject, content_type, body, body_hash, told, state, reason, created_at, next_at, settled_at,
               audience, template, covers, due_by, subscription, reply_code, in_reply_to)
        select u.id, u.incident, u.kind, u.about, u.recipient, u.endpoint, u.recipient || '/' || u.endpoint, u.channel, u.tlp, u.ordered, u.subject, u.content_type, u.body, u.body_hash, u.told,
               case when u.reason is null then 'Queued' else 'Suppressed' end, u.reason, $15, coalesce(u.not_before, $15), case when u.reason is not null then $15 end,
               u.audience, u.template, string_to_array(u.covers, ' '), u.due_by, u.subscription, u.reply_code, u.in_reply_to
          from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::smallint[], $9::boolean[], $10::text[], $11::text[], $12::bytea[], $13::text[], $14::text[], $16::text[],
                      $17::smallint[], $18::text[], $19::text[], $20::timestamptz[], $21::timestamptz[], $22::text[], $23::text[], $24::text[])
            with ordinality as u (id, incident, kind, about, recipient, endpoint, channel, tlp, ordered, subject, content_type, body, body_hash, reason, told, audience, template, covers, not_before, due_by, subscription, reply_code, in_reply_to, at)
         order by u.at
        on conflict (id) do nothing
        """;

    /// <summary>The id of a message: of the same thing to the same endpoint it is always the same, so nothing is planned twice.</summary>
    public static string IdOf(string cause, DeliveryKind kind, string recipient, string endpoint) =>
        $"msg_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{cause}|{kind}|{recipient}|{endpoint}")))[..32]}";

    public async Task Add(IReadOnlyCollection<PlannedDelivery> planned, CancellationToken cancellation)
    {
        if (planned.Count == 0)
        {
            return;
        }

        await using var command = database.Statement(Insert, Values(planned));
        await command.ExecuteNonQueryAsync(cancellation);
        wakeUps.Committed([Signal]);
    }

    /// <summary>The same in somebody's transaction, who says when it is committed that there is something to send.</summary>
    public void Add(NpgsqlBatch batch, IReadOnlyCollection<PlannedDelivery> planned) => batch.Append(Insert, Values(planned));

    private object?[] Values(IReadOnlyCollection<PlannedDelivery> planned) =>
    [
        planned.Select(p => p.Id).ToArray(), planned.Select(p => p.Incident).ToArray(), planned.Select(p => p.Kind.ToString()).ToArray(), planned.Select(p => p.About).ToArray(),
        planned.Select(p => p.Recipient).ToArray(), planned.Select(p => p.Endpoint).ToArray(), planned.Select(p => p.Channel.ToString()).ToArray(), planned.Select(p => (short)p.Tlp).ToArray(),
        planned.Select(p => p.Ordered).ToArray(), planned.Select(p => p.Message.Subject).ToArray(), planned.Select(p => p.Message.ContentType).ToArray(), planned.Select(p => p.Message.Body).ToArray(),
        planned.Select(p => HashOf(p.Message.Body)).ToArray(), planned.Select(p => p.Suppressed).ToArray(), clock.GetUtcNow(), planned.Select(p => p.Message.Told).ToArray(),
        planned.Select(p => (short?)p.Audience).ToArray(), planned.Select(p => p.Template).ToArray(), planned.Select(p => p.Covers.IsEmpty ? null : string.Join(' ', p.Covers)).ToArray(),
        planned.Select(p => p.NotBefore).ToArray(), planned.Select(p => p.DueBy).ToArray(), planned.Select(p => p.Subscription).ToArray(),
        planned.Select(p => p.ReplyCode).ToArray(), planned.Select(p => p.InReplyTo).ToArray(),
    ];

    /// <summary>As an attempt records it: SHA-256, hexadecimal.</summary>
    public static string HashOf(byte[] body) => Convert.ToHexStringLower(SHA256.HashData(body));
}
