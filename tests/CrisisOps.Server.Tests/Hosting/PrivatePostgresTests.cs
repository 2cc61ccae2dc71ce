using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CrisisOps.Server.Hosting;
using Npgsql;
using Shouldly;

namespace CrisisOps.Server.Tests.Hosting;

/// <summary>Every test has a data folder and a PostgreSQL of its own.</summary>
public sealed class PrivatePostgresTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crisisops-postgres-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_database_survives_a_restart_with_its_data_and_its_port()
    {
        string first;
        await using (var postgres = await PrivatePostgres.StartAsync(_folder, Cancellation))
        {
            first = postgres.ConnectionString;
            await ExecuteAsync(first, "create table kept (word text); insert into kept values ('still here')");
        }

        await using var again = await PrivatePostgres.StartAsync(_folder, Cancellation);

        again.ConnectionString.ShouldBe(first);
        (await ScalarAsync(again.ConnectionString, "select word from kept")).ShouldBe("still here");
    }

    [Fact]
    public async Task It_is_durable_speaks_utf8_and_listens_on_loopback_only()
    {
        await using var postgres = await PrivatePostgres.StartAsync(_folder, Cancellation);

        (await ScalarAsync(postgres.ConnectionString, """
            select string_agg(name || '=' || setting, ' ' order by name) from pg_settings
            where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'listen_addresses', 'unix_socket_directories', 'max_connections', 'server_encoding')
            """)).ShouldBe("fsync=on full_page_writes=on listen_addresses=127.0.0.1 max_connections=200 server_encoding=UTF8 synchronous_commit=on unix_socket_directories=");
    }

    [Fact]
    public async Task It_compares_texts_byte_by_byte_and_knows_letters_beyond_ascii()
    {
        await using var postgres = await PrivatePostgres.StartAsync(_folder, Cancellation);

        (await ScalarAsync(postgres.ConnectionString, "select datcollate || ' ' || lower('ÄÓ') from pg_database where datname = current_database()")).ShouldBe("C äó");
    }

    [Fact]
    public async Task All_pieces_of_its_log_of_writes_are_made_before_a_commit_needs_them()
    {
        await using var postgres = await PrivatePostgres.StartAsync(_folder, Cancellation);

        await postgres.PrepareLogAsync(Cancellation);

        (await ScalarAsync(postgres.ConnectionString, "select (count(*) >= 64)::text || ' ' || (select count(*) from pg_replication_slots) from pg_ls_waldir()")).ShouldBe("true 0");
    }

    [Fact]
    public async Task Nobody_gets_in_without_the_password_and_only_the_owner_can_read_it()
    {
        await using var postgres = await PrivatePostgres.StartAsync(_folder, Cancellation);

        var guess = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Password = "guess", Pooling = false };
        (await Should.ThrowAsync<PostgresException>(() => ScalarAsync(guess.ConnectionString, "select 1"))).SqlState.ShouldBe("28P01");
        var password = Path.Combine(_folder, "postgres", "password");
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(password).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task It_stops_in_under_three_seconds_while_clients_are_connected()
    {
        var postgres = await PrivatePostgres.StartAsync(_folder, Cancellation);
        await using var busy = new NpgsqlConnection(postgres.ConnectionString);
        await busy.OpenAsync(Cancellation);
        await using var transaction = await busy.BeginTransactionAsync(Cancellation);
        var port = busy.Port;

        var watch = Stopwatch.StartNew();
        await postgres.DisposeAsync();

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(3));
        LoopbackPort.IsFree(port).ShouldBeTrue();
    }

    [Fact]
    public async Task A_second_start_says_that_a_server_is_running_and_where()
    {
        await using var postgres = await PrivatePostgres.StartAsync(_folder, Cancellation);
        postgres.Announce("http://localhost:5080");

        var refusal = await Should.ThrowAsync<AlreadyRunningException>(() => PrivatePostgres.StartAsync(_folder, Cancellation));

        refusal.Message.ShouldBe($"CrisisOps is already running on http://localhost:5080 (data folder {_folder})");
    }

    [Fact]
    public async Task The_orphan_of_a_killed_server_is_adopted()
    {
        var orphan = await LeaveAnOrphanAsync();

        await using (var postgres = await PrivatePostgres.StartAsync(_folder, Cancellation))
            (await PostmasterFile.ReadAsync(ClusterFolder, Cancellation)).ShouldBe(orphan);

        LoopbackPort.IsFree(orphan.Port).ShouldBeTrue();
    }

    [Fact]
    public async Task A_process_number_that_now_belongs_to_another_program_is_not_adopted()
    {
        await (await PrivatePostgres.StartAsync(_folder, Cancellation)).DisposeAsync();
        await WritePostmasterFileAsync(Environment.ProcessId, port: 1);

        await using var postgres = await PrivatePostgres.StartAsync(_folder, Cancellation);

        (await ScalarAsync(postgres.ConnectionString, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task A_copied_folder_does_not_adopt_the_postgres_of_the_original()
    {
        await (await PrivatePostgres.StartAsync(_folder, Cancellation)).DisposeAsync();
        var copy = _folder + "-copy";
        try
        {
            (await ChildProcess.RunAsync(["cp", "-a", _folder, copy], Cancellation)).Succeeded.ShouldBeTrue();
            await using var original = await PrivatePostgres.StartAsync(_folder, Cancellation);
            Assert.SkipWhen(original.Notice is not null, "The postgres user's cluster lies outside the folder, so a copy of the folder does not copy it.");
            File.Copy(Path.Combine(ClusterFolder, "postmaster.pid"), Path.Combine(copy, "postgres", "data", "postmaster.pid"));

            await using var copied = await PrivatePostgres.StartAsync(copy, Cancellation);

            copied.ConnectionString.ShouldNotBe(original.ConnectionString);
            (await ScalarAsync(original.ConnectionString, "select 1")).ShouldBe(1);
        }
        finally
        {
            PostgresHome.Wipe(copy);
        }
    }

    [Fact]
    public async Task A_port_that_somebody_else_took_is_replaced()
    {
        int port;
        await using (var postgres = await PrivatePostgres.StartAsync(_folder, Cancellation))
            port = new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Port;
        using var somebodyElse = new TcpListener(IPAddress.Loopback, port);
        somebodyElse.Start();

        await using var again = await PrivatePostgres.StartAsync(_folder, Cancellation);

        new NpgsqlConnectionStringBuilder(again.ConnectionString).Port.ShouldNotBe(port);
        (await ScalarAsync(again.ConnectionString, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task A_cluster_whose_making_was_cut_short_is_made_again()
    {
        await (await PrivatePostgres.StartAsync(_folder, Cancellation)).DisposeAsync();
        Directory.Move(ClusterFolder, ClusterFolder + ".new");

        await using var postgres = await PrivatePostgres.StartAsync(_folder, Cancellation);

        (await ScalarAsync(postgres.ConnectionString, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task Data_of_a_version_that_is_not_installed_names_the_package_to_install()
    {
        await (await PrivatePostgres.StartAsync(_folder, Cancellation)).DisposeAsync();
        await File.WriteAllTextAsync(Path.Combine(ClusterFolder, "PG_VERSION"), "9\n", Cancellation);

        var refusal = await Should.ThrowAsync<PostgresUnavailableException>(() => PrivatePostgres.StartAsync(_folder, Cancellation));

        refusal.Message.ShouldStartWith("The data was written by PostgreSQL 9, which is not installed. Install it with: ");
    }

    [Fact]
    public async Task Its_log_of_writes_is_made_beforehand_and_once()
    {
        const string pieces = "select count(*)::int from pg_ls_waldir()";
        await using (var postgres = await PrivatePostgres.StartAsync(_folder, Cancellation))
        {
            await postgres.PrepareLogAsync(Cancellation);
            (await ScalarAsync(postgres.ConnectionString, pieces)).ShouldBeOfType<int>().ShouldBeGreaterThanOrEqualTo(64);
        }

        await using var again = await PrivatePostgres.StartAsync(_folder, Cancellation);
        var before = await ScalarAsync(again.ConnectionString, "select max(name) from pg_ls_waldir()");
        await again.PrepareLogAsync(Cancellation);

        (await ScalarAsync(again.ConnectionString, pieces)).ShouldBeOfType<int>().ShouldBeGreaterThanOrEqualTo(64);
        (await ScalarAsync(again.ConnectionString, "select max(name) from pg_ls_waldir()")).ShouldBe(before);
    }

    [Fact]
    public async Task What_people_wrote_stays_out_of_the_log()
    {
        await using var postgres = await PrivatePostgres.StartAsync(_folder, Cancellation);

        await Should.ThrowAsync<PostgresException>(() => ExecuteAsync(postgres.ConnectionString,
            "create table guarded (word text check (length(word) < 3)); insert into guarded values ('a secret')"));

        var log = await File.ReadAllTextAsync(postgres.Log, Cancellation);
        log.ShouldContain("violates check constraint");
        log.ShouldNotContain("a secret");
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        PostgresHome.Wipe(_folder);
        return ValueTask.CompletedTask;
    }

    private string ClusterFolder => Path.Combine(_folder, "postgres", "data");

    /// <summary>A cluster started without the lock that a live server holds: what kill -9 of the server leaves behind.</summary>
    private async Task<PostmasterFile> LeaveAnOrphanAsync()
    {
        await (await PostgresCluster.OpenAsync(_folder, Cancellation)).StartAsync(Cancellation);
        return (await PostmasterFile.ReadAsync(ClusterFolder, Cancellation)).ShouldNotBeNull();
    }

    private Task WritePostmasterFileAsync(int process, int port) =>
        File.WriteAllLinesAsync(Path.Combine(ClusterFolder, "postmaster.pid"), [$"{process}", ClusterFolder, "1", $"{port}", "", "127.0.0.1"], Cancellation);

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private static async Task<object?> ScalarAsync(string connectionString, string sql)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var command = database.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Cancellation);
    }
}
