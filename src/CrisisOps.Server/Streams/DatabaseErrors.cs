using Npgsql;

namespace CrisisOps.Server.Streams;

/// <summary>What an error of PostgreSQL means for a batch. In every case all of it was rolled back.</summary>
public static class DatabaseErrors
{
    /// <summary>Somebody else was faster: version moved (ours), unique key, deadlock, serialisation.</summary>
    public static bool IsConflict(PostgresException error) => error.SqlState is "CRV01" or "23505" or "40P01" or "40001";

    /// <summary>The database is going, coming or full: classes 08, 53, 57 and 58 of the SQL states. The caller tries again.</summary>
    public static bool IsOutage(PostgresException error) => error.SqlState[..2] is "08" or "53" or "57" or "58";

    /// <summary>The database does not answer, as against: it answered that something is wrong.</summary>
    public static bool IsOutage(Exception exception) => exception switch
    {
        PostgresException error => IsOutage(error),
        NpgsqlException or TimeoutException or IOException => true,
        _ => false,
    };
}
