using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Escalations;

/// <summary>A stream that the list of allowed commands can name as the target of a merge: a likely duplicate, or any open one.</summary>
public sealed class MergeTargets(NpgsqlDataSource database)
{
    public async Task<string?> For(string key, Caller caller, CancellationToken cancellation)
    {
        var arguments = new SqlArguments();
        var sight = Sight.Sql("e", caller, arguments);
        var own = arguments.Add(key);
        await using var command = database.Statement(
            $"""
            select e.key from crisis.escalations e, crisis.escalations me
             where me.key = {own} and e.key <> {own} and e.open and e.exercise = me.exercise and {sight.Visible}
             order by (e.content_ids && me.content_ids) desc, e.raised_at desc limit 1
            """,
            arguments.Values);
        return await command.ExecuteScalarAsync(cancellation) as string;
    }
}
