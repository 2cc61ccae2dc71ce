using CrisisOps.Domain.Shared;
using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Timelines;

/// <summary>What a guard may ask of a timeline entry.</summary>
public sealed class TimelineFacts(NpgsqlDataSource database)
{
    public async Task<EntryFacts?> Find(string stream, long version, CancellationToken cancellation)
    {
        await using var command = database.Statement(
            "select event_type, author, tlp, amended_at is not null from crisis.timeline where stream = $1 and version = $2", stream, version);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new EntryFacts(version, reader.GetString(0), reader.GetString(1), (Tlp)reader.GetInt16(2), reader.GetBoolean(3))
            : null;
    }

    /// <summary>The newest entry like the one sought.</summary>
    public async Task<EntryFacts?> Newest(string stream, string author, Candidates.NewestEntry sought, CancellationToken cancellation)
    {
        await using var command = database.Statement(
            """
            select version, event_type, author, tlp from crisis.timeline
             where stream = $1 and version > 1 and amended_at is null and (author = $2 or tlp <= $3)
               and (cardinality($4) = 0 or event_type = any ($4)) and event_type <> all ($5)
             order by version desc limit 1
            """,
            stream, author, sought.OfOthers is { } tlp ? (short)tlp : (short)-1, sought.Kinds.ToArray(), sought.Except.ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new EntryFacts(reader.GetInt64(0), reader.GetString(1), reader.GetString(2), (Tlp)reader.GetInt16(3), false)
            : null;
    }
}
