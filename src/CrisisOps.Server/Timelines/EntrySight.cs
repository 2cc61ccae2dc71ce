using CrisisOps.Domain.Shared;
using CrisisOps.Server.Access;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Timelines;

/// <summary>Which of some entries a reader reads: the same rule by which timelines hand them out.</summary>
public sealed class EntrySight(NpgsqlDataSource database)
{
    /// <summary>Those of the entries that the caller reads, each with its secrecy. An event of which no timeline tells is for Core, and as secret as its stream.</summary>
    /// <param name="made">The audience for which they make something; null for themselves.</param>
    public async Task<Dictionary<(string Stream, long Version), Tlp>> Read(IReadOnlyCollection<(string Stream, long Version)> entries, Caller caller, Audience? made, CancellationToken cancellation)
    {
        var arguments = new SqlArguments();
        var (streams, versions) = (arguments.Add(entries.Select(e => e.Stream).ToArray()), arguments.Add(entries.Select(e => e.Version).ToArray()));
        var sight = Sight.Sql("e", SightRows.All, caller, arguments).For(made);
        await using var command = database.Statement(
            $"""
            select w.stream, w.version, coalesce(t.tlp, r.secrecy) from unnest({streams}::text[], {versions}::bigint[]) as w (stream, version)
             cross join lateral (select {TimelineSql.Reader(sight)}, e.tlp as secrecy from crisis.sights e where e.key = w.stream and {sight.Visible} offset 0) r
              left join crisis.timeline t on t.stream = w.stream and t.version = w.version
             where case when t.stream is null then r.audience = {(int)Audience.Core} else {TimelineSql.Seen} is not null end
            """,
            arguments.Values);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        Dictionary<(string, long), Tlp> read = [];
        while (await reader.ReadAsync(cancellation))
        {
            read[(reader.GetString(0), reader.GetInt64(1))] = (Tlp)reader.GetInt16(2);
        }

        return read;
    }
}
