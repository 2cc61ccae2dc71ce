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

    /// <summary>The newest note that this person could correct, or failing that the newest entry they could redact: what the list of allowed commands offers.</summary>
    public async Task<EntryFacts?> NewestCorrectable(string stream, Caller caller, CancellationToken cancellation)
    {
        const string mine = "select version, event_type, author, tlp from crisis.timeline where stream = $1 and version > 1 and ($3::boolean or author = $2) and tlp <= $4 and amended_at is null and event_type <> 'EntryRedacted'";
        await using var command = database.Statement(
            $"""
            (select *, 0 as rank from ({mine} and event_type in ('EscalationNotePosted', 'NoteCorrected')) note order by version desc limit 1)
            union all
            (select *, 1 as rank from ({mine}) entry order by version desc limit 1)
            order by rank limit 1
            """,
            stream, caller.Id, caller.Is(Role.DutyLead), (short)caller.Clearance);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new EntryFacts(reader.GetInt64(0), reader.GetString(1), reader.GetString(2), (Tlp)reader.GetInt16(3), false)
            : null;
    }
}
