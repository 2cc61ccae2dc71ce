using CrisisOps.Domain.Shared;
using Npgsql;

namespace CrisisOps.Server.Streams;

/// <summary>An event as it stands in the store, read as bytes: a long stream has a hundred thousand of these.</summary>
public readonly record struct EventRow(string Stream, object Data, Stamp Stamp)
{
    /// <summary>What to select of <c>mt_events e</c>.</summary>
    public const string Columns = "e.stream_id, e.version, e.type, e.data::text, e.timestamp, e.user_name, e.headers::text";

    public static EventRow Read(NpgsqlDataReader reader, EventTypes types) => new(
        reader.GetString(0),
        types.Read(reader.GetString(2), reader.GetFieldValue<byte[]>(3)),
        EventHeaders.Read(
            reader.IsDBNull(6) ? default : reader.GetFieldValue<byte[]>(6), reader.GetInt64(1), reader.GetFieldValue<DateTimeOffset>(4), reader.IsDBNull(5) ? null : reader.GetString(5)));
}
