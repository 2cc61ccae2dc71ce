using Npgsql;

namespace CrisisOps.Server.History;

/// <summary>Whose turn it is to chain and to sign: one at a time, over all nodes.</summary>
public sealed class HistoryTurn : IAsyncDisposable
{
    /// <summary>The lock that makes one the one; next to that of the surges.</summary>
    private const long Turn = 4715;

    private readonly NpgsqlConnection _connection;

    private HistoryTurn(NpgsqlConnection connection) => _connection = connection;

    /// <summary>The turn, if nobody else has it.</summary>
    public static async Task<HistoryTurn?> Try(NpgsqlDataSource database, CancellationToken cancellation)
    {
        var connection = await database.OpenConnectionAsync(cancellation);
        try
        {
            await using var command = new NpgsqlCommand($"select pg_try_advisory_lock({Turn})", connection);
            if (await command.ExecuteScalarAsync(cancellation) is true)
            {
                return new HistoryTurn(connection);
            }
        }
        catch
        {
            await Release(connection);
            throw;
        }

        await connection.DisposeAsync();
        return null;
    }

    /// <summary>The turn, after whoever has it. No transaction waits meanwhile: it is asked for again and again.</summary>
    public static async Task<HistoryTurn> Next(NpgsqlDataSource database, CancellationToken cancellation)
    {
        while (true)
        {
            if (await Try(database, cancellation) is { } turn)
            {
                return turn;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellation);
        }
    }

    public async ValueTask DisposeAsync() => await Release(_connection);

    /// <summary>Pooled connections keep their session, and with it the lock.</summary>
    private static async Task Release(NpgsqlConnection connection)
    {
        await using var owned = connection;
        if (connection.State == System.Data.ConnectionState.Open)
        {
            await using var command = new NpgsqlCommand($"select pg_advisory_unlock({Turn})", connection);
            await command.ExecuteScalarAsync(CancellationToken.None);
        }
    }
}
