using CrisisOps.Domain.Shared;
using CrisisOps.Server.Reactions;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Timelines;

/// <summary>Writes the rows of a batch, in the transaction of their events.</summary>
public static class TimelineRows
{
    private const string NewRows = """
        insert into crisis.timeline (stream, version, recorded_at, occurred_at, kind, event_type, author, tlp, core, cross_functional, executive, partner, public, supersedes, heard)
        select * from unnest($1::text[], $2::bigint[], $3::timestamptz[], $4::timestamptz[], $5::text[], $6::text[], $7::text[], $8::smallint[],
                             $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::bigint[], $15::boolean[])
        """;

    // Which audiences had read the superseded row, as bits: only they are told that it is hidden now.
    private const string Hides = """
        update crisis.timeline n set hides = (case when o.cross_functional is not null then 2 else 0 end) + (case when o.executive is not null then 4 else 0 end)
               + (case when o.partner is not null then 8 else 0 end) + (case when o.public is not null then 16 else 0 end)
          from crisis.timeline o where n.stream = $1 and n.version = $2 and o.stream = $1 and o.version = $3
        """;

    // The superseded row keeps its core text; the consulted functions get the new text or see it no more, nobody else does.
    private const string Superseded = """
        update crisis.timeline t set amended_at = $3, amended_by = $4,
               cross_functional = case when t.cross_functional is not null then $5::text end, executive = null, partner = null, public = null
         where t.stream = $1 and t.version = $2
        """;

    public static void Add(NpgsqlBatch statements, IReadOnlyCollection<PendingEvent> events)
    {
        var told = events.Where(e => e.Entry is not null).ToArray();
        if (told.Length == 0)
        {
            return;
        }

        statements.Append(
            NewRows,
            told.Select(e => e.Key).ToArray(),
            told.Select(e => e.Stamp.Version).ToArray(),
            told.Select(e => e.Stamp.RecordedAt).ToArray(),
            told.Select(e => e.Stamp.OccurredAt).ToArray(),
            told.Select(e => e.Entry!.Kind.ToString()).ToArray(),
            told.Select(e => e.Data.GetType().Name).ToArray(),
            told.Select(e => e.Stamp.Actor).ToArray(),
            told.Select(e => (short)e.Tlp).ToArray(),
            Texts(told, Audience.Core),
            Texts(told, Audience.CrossFunctional),
            Texts(told, Audience.Executive),
            Texts(told, Audience.Partner),
            Texts(told, Audience.Public),
            told.Select(e => e.Entry!.Supersedes).ToArray(),
            told.Select(e => HappenedTypes.Heard(e.Data.GetType())).ToArray());

        foreach (var correction in told.Where(e => e.Entry!.Supersedes is not null))
        {
            var replacement = correction.Entry!.ReplacementText is null ? null : EntryText.Replacement(correction);
            statements.Append(Hides, correction.Key, correction.Stamp.Version, correction.Entry.Supersedes);
            statements.Append(Superseded, correction.Key, correction.Entry.Supersedes, correction.Stamp.RecordedAt, correction.Stamp.Version, replacement);
        }
    }

    private static string?[] Texts(PendingEvent[] events, Audience audience) => Array.ConvertAll(events, e => EntryText.For(audience, e));
}
