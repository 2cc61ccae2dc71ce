using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Deliveries;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Telling;

/// <summary>Somebody who was told, or may have been: an attempt that failed may have been read all the same.</summary>
public sealed record Told(string Recipient, string Endpoint, Channel Channel, Audience? Audience);

/// <summary>How much a recipient got of an incident lately.</summary>
public sealed record Recent(int Count, DateTimeOffset First);

/// <summary>Who was told what of an incident, from the deliveries.</summary>
public sealed class ToldBefore(NpgsqlDataSource database)
{
    // News is what tells an entry of the timeline; what names one person only is theirs and needs no end.
    private const string News = "d.incident = $1 and d.covers is not null and d.kind <> all ('{RoleAssigned,Page,Consult}') and d.state <> 'Suppressed'";

    private const string MayHaveArrived = "(d.state in ('Delivered', 'Acknowledged') or d.attempts > 0 or d.leased_until is not null)";

    // A text that was corrected twice is wrong in both its earlier forms.
    private const string Wrong = """
        with recursive wrong (version) as (
            select $2::bigint union select t.supersedes from wrong w join crisis.timeline t on t.stream = $1 and t.version = w.version where t.supersedes is not null)
        """;

    private const string OfWrong = "d.covers && (select array_agg(version::text) from wrong)";

    // Who reads public statements was never told that there is an incident, and is not told that one is over.
    private static readonly string _toldThatItIsOn = $"d.audience is distinct from {(int)Audience.Public}";

    // What was said over since it last began counts no more.
    private const string StillOpen = """
        not exists (select 1 from crisis.deliveries o where o.incident = $1 and o.recipient = d.recipient and o.kind in ('AllClear', 'DeclaredInError') and o.state <> 'Suppressed' and o.position > d.position)
        """;

    /// <summary>Who has a text that this entry replaces or takes back, or was told that what it ends is on; each recipient once, where they were told last.</summary>
    public async Task<IReadOnlyList<Told>> Of(NewsEntry entry, CancellationToken cancellation)
    {
        const string columns = "select distinct on (d.recipient) d.recipient, d.endpoint, d.channel, d.audience from crisis.deliveries d where";
        await using var command = entry.News.Corrects is { } wrong
            ? database.Statement($"{Wrong} {columns} {News} and {MayHaveArrived} and {OfWrong} order by d.recipient, d.position desc", entry.Stream, wrong)
            : database.Statement($"{columns} {News} and {MayHaveArrived} and {_toldThatItIsOn} and {StillOpen} order by d.recipient, d.position desc", entry.Stream);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<Told> told = [];
        while (await reader.ReadAsync(cancellation))
        {
            told.Add(new Told(reader.GetString(0), reader.GetString(1), Enum.Parse<Channel>(reader.GetString(2)), reader.IsDBNull(3) ? null : (Audience)reader.GetInt16(3)));
        }

        return told;
    }

    /// <summary>What each recipient got, or will get, of an incident since an instant, digests aside.</summary>
    public async Task<Dictionary<string, Recent>> Recently(string incident, DateTimeOffset since, CancellationToken cancellation)
    {
        await using var command = database.Statement(
            $"select d.recipient, count(*), min(d.created_at) from crisis.deliveries d where {News} and d.kind <> 'Digest' and d.created_at > $2 group by d.recipient", incident, since);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        Dictionary<string, Recent> recent = new(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
        {
            recent[reader.GetString(0)] = new Recent((int)reader.GetInt64(1), reader.GetFieldValue<DateTimeOffset>(2));
        }

        return recent;
    }

    /// <summary>
    /// What still waits of a text that is wrong, or of an incident that is over, does not go out. What is on its way keeps its place; if it does not
    /// arrive now, it is not sent again.
    /// </summary>
    public async Task Withdraw(NewsEntry entry, DateTimeOffset now, CancellationToken cancellation)
    {
        const string set = """
            update crisis.deliveries d set reason = $3, state = case when d.state = 'Queued' and d.leased_until > clock_timestamp() then 'Queued' else 'Cancelled' end,
                   settled_at = case when d.state = 'Queued' and d.leased_until > clock_timestamp() then null else $4 end
             where
            """;
        const string waits = $"{News} and d.state in ('Queued', 'Exhausted')";

        // What else a digest held is written anew.
        const string again = """
            update crisis.digests g set held = true, due_at = $4, upto = least(g.upto, (select min(c::bigint) - 1 from unnest(o.covers) c))
              from gone o where o.kind = 'Digest' and o.state = 'Cancelled' and g.recipient = o.recipient and g.incident = o.incident
            """;
        await using var command = entry.News.Corrects is { } wrong
            ? database.Statement($"{Wrong}, gone as ({set} {waits} and {OfWrong} returning d.kind, d.state, d.recipient, d.incident, d.covers) {again}", entry.Stream, wrong, "corrected", now)
            : database.Statement($"{set} {waits} and d.kind <> all ($2)", entry.Stream, new[] { nameof(DeliveryKind.AllClear), nameof(DeliveryKind.DeclaredInError) }, "over", now);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
