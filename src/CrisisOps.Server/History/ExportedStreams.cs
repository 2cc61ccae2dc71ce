using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.History;

/// <summary>The streams that a bundle holds: that of the crisis and those linked to it, as far as the reader is Core there. Others are left out whole.</summary>
public sealed class ExportedStreams(NpgsqlDataSource database)
{
    /// <summary>As whom the caller reads a stream; null when it does not exist for them.</summary>
    public async Task<Audience?> AudienceOf(StreamKind kind, string key, Caller caller, CancellationToken cancellation)
    {
        var arguments = new SqlArguments();
        var sight = Sight.Sql("e", kind.SightRows, caller, arguments);
        await using var command = database.Statement($"select {sight.Audience} from {kind.SightRows.Table} e where e.key = {arguments.Add(key)} and {sight.Visible}", arguments.Values);
        return await command.ExecuteScalarAsync(cancellation) is int audience ? (Audience)audience : null;
    }

    /// <summary>The crisis first, the others in the order of their keys.</summary>
    public async Task<IReadOnlyList<string>> Of(string crisis, Caller caller, CancellationToken cancellation)
    {
        var arguments = new SqlArguments();
        var sight = Sight.Sql("e", SightRows.All, caller, arguments);
        var key = arguments.Add(crisis);
        await using var command = database.Statement(
            $"""
            select s.stream from (select crisis.streams_on({key}) as stream union select {key}) s join crisis.sights e on e.key = s.stream
             where {sight.Visible} and {sight.Audience} = {(int)Audience.Core}
             order by s.stream <> {key}, s.stream
            """,
            arguments.Values);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<string> streams = [];
        while (await reader.ReadAsync(cancellation))
        {
            streams.Add(reader.GetString(0));
        }

        return streams;
    }
}
