using System.Globalization;
using Npgsql;

namespace CrisisOps.Benchmarks;

/// <summary>The server's PostgreSQL, seen from behind: rows are counted here, and the yardstick gets a database beside.</summary>
internal sealed class Store : IAsyncDisposable
{
    private const string YardstickDatabase = "yardstick";

    private readonly NpgsqlDataSource _server;
    private readonly NpgsqlDataSource _yardstick;

    private Store(string connectionString, int postmaster)
    {
        Postmaster = postmaster;
        ConnectionString = connectionString;
        _server = NpgsqlDataSource.Create(connectionString);
        YardstickConnectionString = new NpgsqlConnectionStringBuilder(connectionString) { Database = YardstickDatabase }.ConnectionString;
        _yardstick = NpgsqlDataSource.Create(YardstickConnectionString);
    }

    public string ConnectionString { get; }

    public string YardstickConnectionString { get; }

    /// <summary>PostgreSQL's first process.</summary>
    public int Postmaster { get; }

    /// <summary>Opens the cluster that the server of this data folder started.</summary>
    public static async Task<Store> OpenAsync(string dataFolder, CancellationToken cancellation)
    {
        // The server's private PostgreSQL leaves its port and its password here.
        var cluster = Path.Combine(dataFolder, "postgres");
        var postmaster = (await File.ReadAllLinesAsync(Path.Combine(cluster, "data", "postmaster.pid"), cancellation))[0];
        var store = new Store(new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = int.Parse(await File.ReadAllTextAsync(Path.Combine(cluster, "port"), cancellation), CultureInfo.InvariantCulture),
            Username = "crisisops",
            Password = (await File.ReadAllTextAsync(Path.Combine(cluster, "password"), cancellation)).Trim(),
            Database = "crisisops",
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
        }.ConnectionString, int.Parse(postmaster, CultureInfo.InvariantCulture));
        await using var create = store._server.CreateCommand($"create database {YardstickDatabase}");
        await create.ExecuteNonQueryAsync(cancellation);
        return store;
    }

    public async Task<long> YardstickRowsAsync(CancellationToken cancellation) =>
        await NumberAsync(_yardstick, "select count(*) from note", cancellation);

    /// <summary>The events that posting a note made so far.</summary>
    public async Task<long> NoteEventsAsync(CancellationToken cancellation) =>
        await NumberAsync(_server, $"select count(*) from {await TableAsync("mt_events", cancellation)} where type = 'escalation_note_posted'", cancellation);

    /// <summary>How often a task was marked overdue, and how many different ones.</summary>
    public async Task<(long Fired, long Tasks)> TasksOverdueAsync(CancellationToken cancellation)
    {
        const string of = "from crisis.mt_events where type = 'task_overdue'";
        return (await NumberAsync(_server, $"select count(*) {of}", cancellation), await NumberAsync(_server, $"select count(distinct (stream_id, data ->> 'taskId')) {of}", cancellation));
    }

    /// <summary>When each crisis was proposed, by region, in milliseconds since 1970.</summary>
    public async Task<Dictionary<string, double>> ProposalsAsync(CancellationToken cancellation)
    {
        await using var read = _server.CreateCommand("select data -> 'region' ->> 0, extract(epoch from timestamp)::float8 * 1000 from crisis.mt_events where type = 'crisis_proposed'");
        await using var reader = await read.ExecuteReaderAsync(cancellation);
        var proposals = new Dictionary<string, double>();
        while (await reader.ReadAsync(cancellation))
            proposals[reader.GetString(0)] = reader.GetDouble(1);
        return proposals;
    }

    /// <summary>Alerts that are stored, and escalations that were raised.</summary>
    public async Task<(long Rows, long Raised)> AlertsAsync(CancellationToken cancellation) =>
        (await NumberAsync(_server, "select count(*) from crisis.alerts", cancellation), await NumberAsync(_server, "select count(*) from crisis.escalations", cancellation));

    /// <summary>The case of each dedup key that begins so.</summary>
    public async Task<Dictionary<string, string>> CasesAsync(string prefix, CancellationToken cancellation)
    {
        await using var command = _server.CreateCommand("select dedup_key, min(escalation) from crisis.alerts where dedup_key like $1 || '-%' and escalation is not null group by dedup_key");
        command.Parameters.Add(new() { Value = prefix });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var cases = new Dictionary<string, string>();
        while (await reader.ReadAsync(cancellation))
            cases[reader.GetString(0)] = reader.GetString(1);
        return cases;
    }

    /// <summary>Messages that were planned.</summary>
    public async Task<long> DeliveriesAsync(CancellationToken cancellation) =>
        await NumberAsync(_server, $"select count(*) from {await TableAsync("deliveries", cancellation)} where state <> 'Suppressed'", cancellation);

    /// <summary>The rows of all timelines.</summary>
    public async Task<long> TimelineRowsAsync(CancellationToken cancellation) =>
        await NumberAsync(_server, $"select count(*) from {await TableAsync("timeline", cancellation)}", cancellation);

    /// <summary>Reads the events of a stream up to a version as plainly as it can be done, and gives the milliseconds.</summary>
    public async Task<double> ReadEventsAsync(string stream, long version, CancellationToken cancellation)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await using var read = _server.CreateCommand("select version, type, data::text, timestamp, user_name, headers::text from crisis.mt_events where stream_id = $1 and version <= $2 order by version");
        read.Parameters.Add(new() { Value = stream });
        read.Parameters.Add(new() { Value = version });
        await using var reader = await read.ExecuteReaderAsync(cancellation);
        var row = new object[6];
        while (await reader.ReadAsync(cancellation))
            reader.GetValues(row);
        return watch.Elapsed.TotalMilliseconds;
    }

    /// <summary>As if nobody had read the past of a stream yet.</summary>
    public async Task ForgetPastAsync(CancellationToken cancellation)
    {
        await using var forget = _server.CreateCommand("delete from crisis.history_snapshots");
        await forget.ExecuteNonQueryAsync(cancellation);
    }

    public async Task<long> VersionOfAsync(string stream, CancellationToken cancellation) => await NumberAsync(_server, $"select version from crisis.mt_streams where id = '{stream}'", cancellation);

    public async Task<long> EventsAsync(CancellationToken cancellation) => await NumberAsync(_server, "select count(*) from crisis.mt_events", cancellation);

    /// <summary>Entries of the timeline of a crisis.</summary>
    public async Task<long> PlacesAsync(string crisis, CancellationToken cancellation) => await NumberAsync(_server, $"select count(*) from crisis.places where timeline = '{crisis}'", cancellation);

    /// <summary>Gives a case the past of another one, from where its own ends: millions of posts would take an hour.</summary>
    public async Task CopyPastAsync(string from, string to, string crisis, CancellationToken cancellation)
    {
        await using var copy = _server.CreateCommand($"""
            insert into crisis.mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type, headers, user_name)
            select nextval('crisis.mt_events_sequence'), gen_random_uuid(), '{to}', version, data, type, timestamp, mt_dotnet_type, headers, user_name
              from crisis.mt_events where stream_id = '{from}' and version > (select version from crisis.mt_streams where id = '{to}') order by version;
            insert into crisis.timeline (stream, version, recorded_at, occurred_at, kind, event_type, author, tlp, core, cross_functional, executive, partner, public, heard)
            select '{to}', version, recorded_at, occurred_at, kind, event_type, author, tlp, replace(core, '{from}', '{to}'), cross_functional, executive, partner, public, false
              from crisis.timeline where stream = '{from}' and version > (select version from crisis.mt_streams where id = '{to}');
            insert into crisis.places (timeline, stream, version, recorded_at, occurred_at)
            select '{crisis}', stream, version, recorded_at, occurred_at from crisis.timeline where stream = '{to}' on conflict do nothing;
            update crisis.mt_streams set version = (select version from crisis.mt_streams where id = '{from}') where id = '{to}'
            """);
        copy.CommandTimeout = 600;
        await copy.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Waits until every event has its leaf in the tree.</summary>
    public async Task ChainedAsync(CancellationToken cancellation)
    {
        while (await NumberAsync(_server, "select (select count(*) from crisis.mt_events) - (select count(*) from crisis.history_leaves)", cancellation) > 0)
            await Task.Delay(500, cancellation);
    }

    /// <summary>What autovacuum does within minutes of a large load; a store that has stood for an hour looks like this.</summary>
    public async Task SettleAsync(CancellationToken cancellation)
    {
        await using var vacuum = _server.CreateCommand("vacuum analyze");
        vacuum.CommandTimeout = 600;
        await vacuum.ExecuteNonQueryAsync(cancellation);
        await using var checkpoint = _server.CreateCommand("checkpoint");
        await checkpoint.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Bytes written to the log of writes since the cluster was made.</summary>
    public async Task<long> WrittenAsync(CancellationToken cancellation) =>
        await NumberAsync(_server, "select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint", cancellation);

    public async Task<string> VersionAsync(CancellationToken cancellation)
    {
        await using var ask = _server.CreateCommand("select current_setting('server_version') || ', fsync ' || current_setting('fsync') || ', synchronous_commit ' || current_setting('synchronous_commit')");
        return (string)(await ask.ExecuteScalarAsync(cancellation))!;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _yardstick.DisposeAsync();
    }

    private async Task<string> TableAsync(string name, CancellationToken cancellation)
    {
        // Whatever schema the server has put it in.
        await using var look = _server.CreateCommand("select quote_ident(table_schema) || '.' || quote_ident(table_name) from information_schema.tables where table_name = $1");
        look.Parameters.AddWithValue(name);
        return (string?)await look.ExecuteScalarAsync(cancellation) ?? throw new BenchException($"The server's database has no table {name}.");
    }

    private static async Task<long> NumberAsync(NpgsqlDataSource database, string query, CancellationToken cancellation)
    {
        await using var count = database.CreateCommand(query);
        return (long)(await count.ExecuteScalarAsync(cancellation))!;
    }
}
