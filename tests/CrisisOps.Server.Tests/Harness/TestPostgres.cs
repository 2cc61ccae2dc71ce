using System.Globalization;
using CrisisOps.Server.Hosting;
using CrisisOps.Server.Tests.Harness;
using Npgsql;

[assembly: AssemblyFixture(typeof(TestPostgres))]

namespace CrisisOps.Server.Tests.Harness;

/// <summary>
/// One PostgreSQL for the whole run, started when the first test asks for a database. Each test class gets a database of its
/// own, cloned from a template on which the server has already made its schema.
/// </summary>
public sealed class TestPostgres : IAsyncDisposable
{
    private const string FolderPrefix = "crisisops-test-";
    private const string Template = "template_crisis";

    private static readonly TimeSpan _surelyOver = TimeSpan.FromMinutes(30);

    private readonly Lazy<Task<PrivatePostgres>> _started;
    private readonly SemaphoreSlim _cloning = new(1, 1);
    private string? _folder;
    private int _databases;

    public TestPostgres() => _started = new Lazy<Task<PrivatePostgres>>(Start);

    /// <summary>A database with the schema and no rows but the development key.</summary>
    public async Task<TestDatabase> CreateDatabase()
    {
        var postgres = await _started.Value;
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        await _cloning.WaitAsync();
        try
        {
            // PostgreSQL copies a template only while nobody is connected to it, so one clone at a time.
            await Execute(postgres, $"create database {name} template {Template}");
        }
        finally
        {
            _cloning.Release();
        }

        return new TestDatabase(ConnectionStringTo(postgres, name), () => Execute(postgres, $"drop database if exists {name} with (force)"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_started.IsValueCreated)
        {
            NpgsqlConnection.ClearAllPools();
            await (await _started.Value).DisposeAsync();
            PostgresHome.Wipe(_folder!);
        }

        _cloning.Dispose();
    }

    private async Task<PrivatePostgres> Start()
    {
        await ClearAwayKilledRuns();
        _folder = Directory.CreateTempSubdirectory(FolderPrefix).FullName;
        var postgres = await PrivatePostgres.StartAsync(_folder, CancellationToken.None);
        await Execute(postgres, $"create database {Template}");
        await using (await TestNode.Start(ConnectionStringTo(postgres, Template)))
        {
            // Starting the server is what makes the schema.
        }

        return postgres;
    }

    /// <summary>A run that was killed leaves its PostgreSQL running; nobody else would ever stop it.</summary>
    private static async Task ClearAwayKilledRuns()
    {
        foreach (var folder in Directory.GetDirectories(Path.GetTempPath(), FolderPrefix + "*").Where(f => DateTime.UtcNow - Directory.GetCreationTimeUtc(f) > _surelyOver))
        {
            try
            {
                await (await PrivatePostgres.StartAsync(folder, CancellationToken.None)).DisposeAsync();
                PostgresHome.Wipe(folder);
            }
            catch (Exception exception) when (exception is AlreadyRunningException or PostgresUnavailableException or IOException or UnauthorizedAccessException)
            {
                // It belongs to a run that is still going, or to somebody else.
            }
        }
    }

    private static string ConnectionStringTo(PrivatePostgres postgres, string database) =>
        new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Database = database }.ConnectionString;

    private static async Task Execute(PrivatePostgres postgres, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
