using System.Data;
using Npgsql;

namespace CrisisOps.Server.Streams;

/// <summary>
/// The connection on which a lane writes, kept: the pool gives out the one that rested longest, so each batch would wake another process
/// of PostgreSQL, whose caches are cold. One that broke is replaced.
/// </summary>
public sealed class LaneConnection(NpgsqlDataSource database) : IAsyncDisposable
{
    private NpgsqlConnection? _kept;

    public async ValueTask<NpgsqlConnection> Open()
    {
        if (_kept is { State: ConnectionState.Open } open)
        {
            return open;
        }

        await DisposeAsync();
        return _kept = await database.OpenConnectionAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (_kept is { } kept)
        {
            _kept = null;
            await kept.DisposeAsync();
        }
    }
}
