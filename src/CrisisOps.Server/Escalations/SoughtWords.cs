using CrisisOps.Domain.Escalations;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Escalations;

/// <summary>
/// Keeps the words by which <c>GET /v1/escalations?q=</c> finds a case: those of its raise, and after personal data were erased those that are left.
/// </summary>
public static class SoughtWords
{
    private const string Upsert = """
        insert into crisis.escalation_words (key, words)
        select u.key, to_tsvector('simple', u.words) from unnest($1::text[], $2::text[]) as u (key, words)
        on conflict (key) do update set words = excluded.words
        """;

    public static void Add(NpgsqlBatch batch, IReadOnlyList<StreamChange> changes)
    {
        List<string> keys = [];
        List<string> words = [];
        foreach (var change in changes)
        {
            var before = (Escalation)change.Before;
            var after = (Escalation)change.After;
            if (before.Version == 0 || (before.Title, before.Allegation, before.ExternalRef) != (after.Title, after.Allegation, after.ExternalRef))
            {
                keys.Add(after.Key);
                words.Add($"{after.Key} {after.Title} {after.Allegation} {after.ExternalRef}");
            }
        }

        if (keys.Count > 0)
        {
            batch.Append(Upsert, keys.ToArray(), words.ToArray());
        }
    }
}
