using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Escalations;

/// <summary>The cases that were there at an instant and have moved since: what a list of then can not take from their rows.</summary>
public sealed class MovedCases(NpgsqlDataSource database)
{
    /// <summary>Looked at in one go.</summary>
    private const int Step = 500;

    /// <summary>The next of them after this key that the caller may see now, each with the audience as which; none at the end.</summary>
    /// <param name="at">The instant as of which the list stands.</param>
    /// <param name="least">The audience that reads the least of those for which the list is.</param>
    public async Task<Dictionary<string, Audience>> After(string key, Past past, DateTimeOffset at, Audience least, Caller caller, CancellationToken cancellation)
    {
        var arguments = new SqlArguments();
        var sight = Sight.Sql("e", caller, arguments);
        await using var command = database.Statement(
            $"""
            select e.key, {sight.Audience} from crisis.escalations e join crisis.mt_streams s on s.id = e.key
             where e.key > {arguments.Add(key)} and {sight.Visible} and {sight.Audience} <= {(int)least}
               and {past.Began("e.key", "e.raised_at", arguments)} and s.timestamp > {arguments.Add(at)}
             order by e.key limit {Step}
            """,
            arguments.Values);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        Dictionary<string, Audience> streams = new(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
        {
            streams[reader.GetString(0)] = (Audience)reader.GetInt32(1);
        }

        return streams;
    }
}
