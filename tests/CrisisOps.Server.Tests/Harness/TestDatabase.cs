using CrisisOps.Server.Streams;
using Npgsql;

namespace CrisisOps.Server.Tests.Harness;

/// <summary>A database of a test, as somebody with psql sees it.</summary>
public sealed class TestDatabase(string connectionString, Func<Task>? drop = null) : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 5 });

    public string ConnectionString => connectionString;

    /// <summary>Events of a stream, or of all streams.</summary>
    public Task<long> Events(string? key = null) => Count("crisis.mt_events", "stream_id", key);

    /// <summary>Timeline rows of a stream, or of all streams.</summary>
    public Task<long> TimelineRows(string? key = null) => Count("crisis.timeline", "stream", key);

    /// <summary>Rows of everything a command could write: compare before and after to see that nothing was written.</summary>
    public async Task<long> Everything()
    {
        await RulesHeard();
        return await Scalar<long>(EveryRow);
    }

    /// <summary>Waits until the rules have heard of everything that was committed, and whatever they gave is committed too.</summary>
    public Task RulesHeard() => Eventually.Is(
        async () => await Scalar<bool>("select not exists (select 1 from crisis.timeline t, crisis.subscriptions s where s.name = 'reactions' and t.xid >= s.position)"), "the rules have heard of everything");

    private const string EveryRow = """
        select (select count(*) from crisis.mt_events) + (select count(*) from crisis.mt_streams) + (select count(*) from crisis.timeline)
             + (select count(*) from crisis.idempotency) + (select count(*) from crisis.escalations) + (select count(*) from crisis.deadlines) + (select count(*) from crisis.clocks)
             + (select count(*) from crisis.cards) + (select count(*) from crisis.claims) + (select count(*) from crisis.places)
             + (select count(*) from crisis.contact_addresses)
        """;

    /// <summary>The versions of a stream's events in order.</summary>
    public Task<long[]> Versions(string key) => Scalar<long[]>("select coalesce(array_agg(version order by version), '{}') from crisis.mt_events where stream_id = $1", key);

    public async Task<T> Scalar<T>(string sql, params object?[] parameters)
    {
        await using var command = _source.Statement(sql, parameters);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>The first column of every row.</summary>
    public async Task<List<T>> Column<T>(string sql, params object?[] parameters)
    {
        await using var command = _source.Statement(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync();
        List<T> values = [];
        while (await reader.ReadAsync())
        {
            values.Add(reader.GetFieldValue<T>(0));
        }

        return values;
    }

    public async Task<int> Execute(string sql, params object?[] parameters)
    {
        await using var command = _source.Statement(sql, parameters);
        return await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        if (drop is not null)
        {
            await drop();
        }
    }

    private Task<long> Count(string table, string column, string? key) => key is null
        ? Scalar<long>($"select count(*) from {table}")
        : Scalar<long>($"select count(*) from {table} where {column} = $1", key);
}
