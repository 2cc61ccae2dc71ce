using Npgsql;

namespace CrisisOps.Server.Hosting;

/// <summary>Whose turn it is to do what one does at a time, over all nodes. It ends with the session, so a node that is killed holds nobody up.</summary>
public sealed class ClusterTurn : IAsyncDisposable
{
    /// <summary>Says which messages are delayed.</summary>
    public const long Delays = 4713;

    /// <summary>Looks for surges.</summary>
    public const long Surges = 4714;

    /// <summary>Chains the history and signs heads.</summary>
    public const long History = 4715;

    /// <summary>Builds the read models anew.</summary>
    public const long Rebuild = 4716;

    private readonly NpgsqlConnection _connection;
    private readonly long _of;

    private ClusterTurn(NpgsqlConnection connection, long of) => (_connection, _of) = (connection, of);

    /// <summary>The turn, if nobody else has it.</summary>
    public static async Task<ClusterTurn?> Try(NpgsqlDataSource database, long of, CancellationToken cancellation)
    {
        var connection = await database.OpenConnectionAsync(cancellation);
        try
        {
            await using var command = new NpgsqlCommand($"select pg_try_advisory_lock({of})", connection);
            if (await command.ExecuteScalarAsync(cancellation) is true)
            {
                return new ClusterTurn(connection, of);
            }
        }
        catch
        {
            await Release(connection, of);
            throw;
        }

        await connection.DisposeAsync();
        return null;
    }

    /// <summary>The turn, after whoever has it. No transaction waits meanwhile: it is asked for again and again.</summary>
    public static async Task<ClusterTurn> Next(NpgsqlDataSource database, long of, CancellationToken cancellation)
    {
        while (true)
        {
            if (await Try(database, of, cancellation) is { } turn)
            {
                return turn;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellation);
        }
    }

    public async ValueTask DisposeAsync() => await Release(_connection, _of);

    /// <summary>Pooled connections keep their session, and with it the lock.</summary>
    private static async Task Release(NpgsqlConnection connection, long of)
    {
        await using var owned = connection;
        if (connection.State == System.Data.ConnectionState.Open)
        {
            await using var command = new NpgsqlCommand($"select pg_advisory_unlock({of})", connection);
            await command.ExecuteScalarAsync(CancellationToken.None);
        }
    }
}
