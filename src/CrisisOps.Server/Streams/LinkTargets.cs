using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using Npgsql;

namespace CrisisOps.Server.Streams;

/// <summary>Streams that the list of allowed commands can name where one stream is linked to another: the newest that its guard takes and the caller may see.</summary>
public sealed class LinkTargets(NpgsqlDataSource database)
{
    public async Task<IReadOnlyList<string>> For(Candidates.Linkable sought, Caller caller, CancellationToken cancellation)
    {
        var arguments = new SqlArguments();
        var escalations = sought.Kind == "ESC";
        var sight = Sight.Sql("e", escalations ? SightRows.Escalations : SightRows.Cards, caller, arguments);
        List<string> where =
        [
            sight.Visible, $"e.exercise = {arguments.Add(sought.Exercise)}", $"e.key <> all ({arguments.Add(sought.Except.ToArray())})", $"e.state <> all ({arguments.Add(sought.States.ToArray())})",
        ];
        if (!escalations)
        {
            where.Add($"e.kind = {arguments.Add(sought.Kind)}");
        }

        if (sought.ReviewKey is { } review)
        {
            where.Add($"e.core::jsonb->>'reviewKey' = {arguments.Add(review)}");
        }

        await using var command = database.Statement(
            $"select e.key from {(escalations ? "crisis.escalations" : "crisis.cards")} e where {string.Join(" and ", where)} order by {(escalations ? "e.raised_at" : "e.opened_at")} desc limit 1",
            arguments.Values);
        return await command.ExecuteScalarAsync(cancellation) is string key ? [key] : [];
    }
}
