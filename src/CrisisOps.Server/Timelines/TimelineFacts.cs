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

    /// <summary>The newest entry that this person could correct: what the list of allowed commands offers.</summary>
    public async Task<EntryFacts?> NewestNote(string stream, string author, bool anybodys, CancellationToken cancellation)
    {
        await using var command = database.Statement(
            """
            select version, event_type, author, tlp from crisis.timeline
             where stream = $1 and version > 1 and ($3::boolean or author = $2) and amended_at is null and kind in ('Note', 'Correction')
             order by version desc limit 1
            """,
            stream, author, anybodys);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new EntryFacts(reader.GetInt64(0), reader.GetString(1), reader.GetString(2), (Tlp)reader.GetInt16(3), false)
            : null;
    }
}
