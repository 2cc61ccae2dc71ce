using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Escalations;

/// <summary>
/// Streams that the list of allowed commands can name as the target of a merge: a likely duplicate, or any open one; and one that
/// carries the mark of a threat to life, because only such a case takes another threat in.
/// </summary>
public sealed class MergeTargets(NpgsqlDataSource database)
{
    public async Task<IReadOnlyList<string>> For(string key, Caller caller, CancellationToken cancellation)
    {
        var arguments = new SqlArguments();
        var sight = Sight.Sql("e", caller, arguments);
        var own = arguments.Add(key);
        await using var command = database.Statement(
            $$"""
            with open as (
                select e.key, e.content_ids && me.content_ids as alike, e.raised_at, e.flags @> '{ThreatToLife}' as carries
                  from crisis.escalations e, crisis.escalations me
                 where me.key = {{own}} and e.key <> {{own}} and e.open and e.exercise = me.exercise and {{sight.Visible}})
            (select key from open order by alike desc, raised_at desc limit 1)
            union
            (select key from open where carries order by alike desc, raised_at desc limit 1)
            """,
            arguments.Values);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<string> targets = [];
        while (await reader.ReadAsync(cancellation))
        {
            targets.Add(reader.GetString(0));
        }

        return targets;
    }
}
