using System.Net.Sockets;
using Npgsql;

namespace CrisisOps.Server.Hosting;

/// <summary>What must be there before the host: settings that it can run with, and the database. A configured one, or the private one in the data folder.</summary>
public sealed class ServerStart : IAsyncDisposable
{
    private readonly PrivatePostgres? _private;

    private ServerStart(string connectionString, PrivatePostgres? own, string? refusal) =>
        (ConnectionString, _private, Refusal) = (connectionString, own, refusal);

    public string ConnectionString { get; }

    /// <summary>Why the server can not start, for a person, in one line for each reason; null when it can.</summary>
    public string? Refusal { get; }

    /// <summary>Reads <c>ConnectionStrings:CrisisOps</c>, or starts a private PostgreSQL under <c>DataFolder</c>.</summary>
    /// <param name="development">Keys may come from the store.</param>
    /// <param name="commandLine">Only a command is run; no database is touched.</param>
    /// <param name="beside">Beside a server that runs on the same data folder, if one does.</param>
    public static async Task<ServerStart> Begin(IConfiguration configuration, bool development, bool commandLine, bool beside)
    {
        if (!commandLine && await SettingFaults.Of(configuration, development, CancellationToken.None) is { Count: > 0 } faults)
        {
            return new ServerStart("", null, string.Join('\n', faults));
        }

        if (commandLine)
        {
            return new ServerStart("Host=localhost;Database=none", null, null);
        }

        if (configuration.GetConnectionString("CrisisOps") is { Length: > 0 } configured)
        {
            return await Unreachable(configured, CancellationToken.None) is { } why ? new ServerStart("", null, why) : new ServerStart(configured, null, null);
        }

        try
        {
            var own = await PrivatePostgres.StartAsync(DataFolder(configuration), CancellationToken.None);
            await own.PrepareLogAsync(CancellationToken.None);
            return new ServerStart(own.ConnectionString, own, null);
        }
        catch (AlreadyRunningException) when (beside)
        {
            return new ServerStart(await PrivatePostgres.ConnectionStringOfRunning(DataFolder(configuration), CancellationToken.None), null, null);
        }
        catch (Exception exception) when (exception is AlreadyRunningException or PostgresUnavailableException)
        {
            return new ServerStart("", null, exception.Message);
        }
    }

    /// <summary>Says where the server answers.</summary>
    public void Announce(string url)
    {
        _private?.Announce(url);
        if (_private?.Notice is { } notice)
        {
            Console.WriteLine(notice);
        }

        Console.WriteLine($"CrisisOps is ready on {url}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_private is not null)
        {
            await _private.DisposeAsync();
        }
    }

    /// <summary>Why nothing can be done with a configured database, without its password; null when it answers.</summary>
    private static async Task<string?> Unreachable(string connectionString, CancellationToken cancellation)
    {
        try
        {
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Multiplexing = false }.ConnectionString);
            await connection.OpenAsync(cancellation);
            return null;
        }
        catch (ArgumentException)
        {
            return "ConnectionStrings:CrisisOps can not be read: Host=…;Port=…;Username=…;Password=…;Database=… is expected.";
        }
        catch (Exception exception) when (exception is NpgsqlException or SocketException or TimeoutException or NotSupportedException)
        {
            return $"The database of ConnectionStrings:CrisisOps does not let us in: {exception.Message.ReplaceLineEndings(" ")}";
        }
    }

    private static string DataFolder(IConfiguration configuration) =>
        configuration["DataFolder"] is { Length: > 0 } folder
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "crisisops");
}
