using System.Collections.Immutable;
using CrisisOps.Domain.Intake;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Access;

/// <summary>
/// Facts that guards ask for: of streams that come later (Statements of Reasons, staffed shifts), stored by hand until those exist, what open streams
/// hold for themselves, and when a source of alerts was last heard of.
/// </summary>
public sealed class FactStore(NpgsqlDataSource database)
{
    /// <summary>The facts by "kind/id"; a missing one is unknown.</summary>
    public async Task<ImmutableDictionary<string, string>> Find(IReadOnlyCollection<(string Kind, string Id)> asked, CancellationToken cancellation)
    {
        if (asked.Count == 0)
        {
            return ImmutableDictionary<string, string>.Empty;
        }

        await using var command = database.Statement(
            $"""
            select a.kind || '/' || a.id, f.value from unnest($1::text[], $2::text[]) as a (kind, id) cross join lateral (
                select value from crisis.facts where kind = a.kind and id = a.id
                union all
                (select stream from crisis.claims where kind = a.kind and id = a.id order by stream)
                union all
                select to_char(last_heard at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') from crisis.source_uses where a.kind = '{SourceDeadlines.HeardFact}' and source = a.id
                limit 1) f
            """,
            asked.Select(a => a.Kind).ToArray(), asked.Select(a => a.Id).ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var facts = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
        {
            facts[reader.GetString(0)] = reader.GetString(1);
        }

        return facts.ToImmutable();
    }

    public async Task Put(string kind, string id, string value, CancellationToken cancellation)
    {
        await using var command = database.Statement(
            "insert into crisis.facts (kind, id, value) values ($1, $2, $3) on conflict (kind, id) do update set value = excluded.value", kind, id, value);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
