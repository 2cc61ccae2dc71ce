using CrisisOps.Server.Tests.Harness;

namespace CrisisOps.Server.Tests.Deliveries;

/// <summary>Contacts, and what has come to them, as the rows say it.</summary>
internal static class ToldRows
{
    private static int _contacts = 500;

    /// <summary>A contact that stands for somebody.</summary>
    public static async Task<string> ContactOf(this TestServer server, string reference, string kind = "Person")
    {
        var key = $"CNT-{Interlocked.Increment(ref _contacts):D6}";
        await server.Database.Execute(
            """
            insert into crisis.cards (key, kind, state, open, exercise, opened_at, words, core, cross_functional, executive, specialists, tlp, regions, regions_up, owners, named, glass, consulted, involved)
            values ($1, 'CNT', 'Active', true, false, now(), '', json_build_object('key', $1, 'kind', $2)::text, '{}', '{}', 1, 2, '{}', '{}', '{}', '{}', '{}', '{}', '{}')
            """,
            key, kind);
        await server.Database.Execute("insert into crisis.claims (kind, id, stream, alone) values ('contact-ref', $1, $2, true)", reference.ToLowerInvariant(), key);
        return key;
    }

    /// <summary>A message that has arrived.</summary>
    /// <param name="audience">As whom its receiver read it: 0 Core to 4 Public.</param>
    public static async Task<string> Told(
        this TestServer server, string recipient, string incident, string text, string channel = "Inbox", string kind = "Alert", int tlp = 1, int audience = 1, string? covers = null,
        DateTimeOffset? at = null, string state = "Delivered")
    {
        var id = $"msg_{Guid.NewGuid():N}";
        var when = at ?? DateTimeOffset.UtcNow;
        await server.Database.Execute(
            """
            insert into crisis.deliveries (id, incident, kind, about, recipient, endpoint, target, channel, tlp, ordered, subject, content_type, body, body_hash, told, state, created_at, next_at, settled_at, audience, covers)
            values ($1, $2, $3, 'UPD-1', $4, '', $4 || '/', $5, $6, false, 'Subject of ' || $7, 'text/plain', convert_to($7, 'UTF8'), '', $7, $8, $9, $9, $9, $10, string_to_array($11, ' '))
            """,
            id, incident, kind, recipient, channel, tlp, text, state, when, audience, covers ?? (object)DBNull.Value);
        if (state == "Delivered")
        {
            await server.Database.Execute(
                "insert into crisis.delivery_attempts (delivery, n, at, latency_ms, result, status, size, body_hash) values ($1, 1, $2, 1, 'Delivered', 'inbox', 0, '')", id, when);
        }

        return id;
    }
}
