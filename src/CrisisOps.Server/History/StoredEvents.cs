using CrisisOps.Proof;
using Npgsql;

namespace CrisisOps.Server.History;

/// <summary>An event as the history takes it: what its leaf says, and its content in the bytes that are committed to.</summary>
public sealed record StoredEvent(string Stream, long Version, string Type, string Id, string RecordedAt, byte[] Envelope, byte[] Data)
{
    /// <summary>
    /// The columns of an event <c>e</c>, for whoever commits to it and for whoever hands it out: both must get the same bytes. PostgreSQL writes
    /// jsonb in one way only.
    /// </summary>
    public const string Columns = """
        e.stream_id, e.version, e.type, e.id::text, to_char(e.timestamp at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        jsonb_build_object('actor', e.user_name, 'causation', e.causation_id, 'correlation', e.correlation_id, 'headers', e.headers)::text, e.data::text
        """;

    public const int Width = 7;

    public EventLeaf Leaf(Digest commitment) => new(Stream, Version, Type, Id, RecordedAt, commitment);

    /// <param name="first">Where its columns begin.</param>
    public static StoredEvent Read(NpgsqlDataReader reader, int first) => new(
        reader.GetString(first), reader.GetInt64(first + 1), reader.GetString(first + 2), reader.GetString(first + 3), reader.GetString(first + 4), reader.GetFieldValue<byte[]>(first + 5),
        reader.GetFieldValue<byte[]>(first + 6));
}
