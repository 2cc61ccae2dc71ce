using System.Globalization;
using System.Security.Cryptography;
using Npgsql;

namespace CrisisOps.Server.Hosting;

/// <summary>One PostgreSQL cluster in a folder of ours: made once, started or adopted, stopped.</summary>
public sealed class PostgresCluster
{
    private const string Superuser = "crisisops";

    // What its log of writes takes on the disk, from the first start on.
    private const long LogBytes = 1024L * 1024 * 1024;

    // On the command line, so that a look at "ps" tells how the database runs.
    private static readonly string[] Settings =
    [
        "listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200",
        "fsync=on", "synchronous_commit=on", "full_page_writes=on",
        "timezone=UTC", "log_timezone=UTC", "log_checkpoints=off",
        // Statements are planned once in a session: a store that has just grown from nothing is to be counted soon, and they are planned anew.
        "autovacuum_naptime=10s",
        // Of the machine's memory only what is used; a flood of alerts writes more than the 128 MB of a fresh cluster hold.
        "shared_buffers=512MB",
        // Pieces of the log are used again and never made anew while somebody waits: PrepareLogAsync.
        "max_wal_size=1GB", "min_wal_size=1GB", "checkpoint_timeout=15min",
        // What a flood drives out of the buffers goes to the disk bit by bit, and not all at once at the end of a checkpoint, for which commits wait.
        "backend_flush_after=512kB",
        // What people wrote stays out of the log: no statements, no "failing row contains".
        "log_min_error_statement=panic", "log_error_verbosity=terse",
    ];

    private readonly PostgresHome _home;
    private readonly PostgresBinaries _binaries;
    private readonly string _password;
    private int _port;

    private PostgresCluster(PostgresHome home, PostgresBinaries binaries, string password) =>
        (_home, _binaries, _password) = (home, binaries, password);

    /// <summary>Opens the cluster of a data folder, and makes it if there is none. Starts nothing.</summary>
    public static async Task<PostgresCluster> OpenAsync(string dataFolder, CancellationToken cancellation)
    {
        var home = await PostgresHome.OpenAsync(dataFolder, cancellation);
        var version = Path.Combine(home.Cluster, "PG_VERSION");
        int? major = File.Exists(version)
            ? int.Parse(await File.ReadAllTextAsync(version, cancellation), CultureInfo.InvariantCulture)
            : null;
        var binaries = await PostgresBinaries.FindAsync(major, cancellation);
        if (major is null)
            await CreateAsync(home, binaries, cancellation);
        return new PostgresCluster(home, binaries, await File.ReadAllTextAsync(home.PasswordFile, cancellation));
    }

    /// <summary>Where the cluster's log is.</summary>
    public string Log => _home.Log;

    /// <summary>Whether PostgreSQL runs as the system's postgres user, with its files outside the data folder.</summary>
    public bool RunsAsSystemUser => _home.Account.IsSystemUser;

    /// <summary>How to reach a database of the running cluster.</summary>
    public string ConnectionStringTo(string database) => ConnectionString(database, _port).ConnectionString;

    /// <summary>Adopts the PostgreSQL that a killed server left behind, or starts one.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        if (await PostgresOrphan.FindAsync(_home, ConnectionStringWithoutPool, cancellation) is { } orphan)
        {
            _port = orphan.Port;
            return;
        }

        if (!File.Exists(_home.Log))
            await _home.WritePrivateAsync(_home.Log, "", cancellation);

        const int attempts = 3; // somebody can take a port between our look and PostgreSQL's start
        for (var attempt = 1; ; attempt++)
        {
            _port = await LoopbackPort.PickAsync(_home.PortFile, cancellation);
            var options = string.Join(' ', Settings.Prepend($"port={_port}").Select(setting => $"-c {setting}"));
            // pg_ctl gives PostgreSQL a session of its own: Ctrl-C in the terminal reaches only the server, which
            // finishes its work first. Recovery after a crash may take a while, hence the long wait.
            var start = await _home.Account.RunAsync(_binaries["pg_ctl"],
                ["start", "-D", _home.Cluster, "-l", _home.Log, "-w", "-t", "300", "-s", "-o", options], cancellation);
            if (start.Succeeded)
                return;
            if (attempt == attempts || LoopbackPort.IsFree(_port))
                throw new PostgresUnavailableException($"PostgreSQL did not start: {start.Output} (see {_home.Log})");
        }
    }

    /// <summary>Makes the database if it is missing.</summary>
    public async Task EnsureDatabaseAsync(string name, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(ConnectionStringWithoutPool(_port));
        await connection.OpenAsync(cancellation);
        await using var look = new NpgsqlCommand("select 1 from pg_database where datname = $1", connection) { Parameters = { new() { Value = name } } };
        if (await look.ExecuteScalarAsync(cancellation) is not null)
            return;
        await using var create = new NpgsqlCommand($"create database \"{name}\"", connection);
        await create.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>
    /// Makes the pieces of the log of writes, 16 MB each, that a store in use has and uses again and again. PostgreSQL makes a missing one when a
    /// commit needs it, and all commits wait for that, some 40 ms each time, until a gigabyte was written. Nothing is made where the disk is nearly full.
    /// </summary>
    public async Task PrepareLogAsync(CancellationToken cancellation)
    {
        if (new DriveInfo(_home.Cluster).AvailableFreeSpace < 4 * LogBytes)
            return;
        await using var connection = new NpgsqlConnection(ConnectionStringWithoutPool(_port));
        await connection.OpenAsync(cancellation);
        await using var prepare = new NpgsqlCommand(
            $"""
            -- While somebody might still want to read them no checkpoint takes the first ones to be used again, and all are made.
            select pg_create_physical_replication_slot('crisisops_log', true, true);
            do $$
            begin
                for piece in (select count(*) from pg_ls_waldir()) + 1 .. {LogBytes / (16 * 1024 * 1024)} loop
                    perform pg_logical_emit_message(false, 'crisisops', 'next piece'), pg_switch_wal();
                end loop;
            end
            $$;
            select pg_drop_replication_slot('crisisops_log');
            """,
            connection)
        { CommandTimeout = 300 };
        await prepare.ExecuteNonQueryAsync(cancellation);
        // Only a checkpoint makes them free to be used again.
        await using var free = new NpgsqlCommand("checkpoint", connection) { CommandTimeout = 300 };
        await free.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Stops PostgreSQL if it runs: fast, and if its last checkpoint takes too long, at once; the log of writes holds everything.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        if (await PostmasterFile.ReadAsync(_home.Cluster, cancellation) is null)
            return;
        if (!await StopAsync("fast", seconds: "2", cancellation))
            await StopAsync("immediate", seconds: "1", cancellation);
    }

    private NpgsqlConnectionStringBuilder ConnectionString(string database, int port) => new()
    {
        Host = "127.0.0.1",
        Port = port,
        Username = Superuser,
        Password = _password,
        Database = database,
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
    };

    private string ConnectionStringWithoutPool(int port)
    {
        var settings = ConnectionString("postgres", port);
        settings.Pooling = false;
        return settings.ConnectionString;
    }

    private async Task<bool> StopAsync(string mode, string seconds, CancellationToken cancellation) =>
        (await _home.Account.RunAsync(_binaries["pg_ctl"], ["stop", "-D", _home.Cluster, "-m", mode, "-w", "-t", seconds, "-s"], cancellation)).Succeeded;

    private static async Task CreateAsync(PostgresHome home, PostgresBinaries binaries, CancellationToken cancellation)
    {
        await home.WritePrivateAsync(home.PasswordFile, RandomNumberGenerator.GetHexString(48, lowercase: true), cancellation);

        // Made under another name and then renamed: a start that was cut short leaves no half cluster behind.
        var draft = home.Cluster + ".new";
        if (Directory.Exists(draft))
            Directory.Delete(draft, recursive: true);
        Directory.CreateDirectory(draft);
        await home.Account.HandOverAsync(draft, cancellation);
        // Keys are compared byte by byte, which is the order of C.UTF-8 without asking the C library each time; letters are those of Unicode.
        var init = await home.Account.RunAsync(binaries["initdb"],
            ["-D", draft, "--encoding=UTF8", "--locale=C.UTF-8", "--lc-collate=C", "--auth=scram-sha-256", $"--username={Superuser}", $"--pwfile={home.PasswordFile}"], cancellation);
        if (!init.Succeeded)
            throw new PostgresUnavailableException($"PostgreSQL could not make a cluster in {home.Cluster}: {init.Output}");
        Directory.Move(draft, home.Cluster);
    }
}
