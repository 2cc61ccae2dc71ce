using CrisisOps.Server.Scenarios;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Npgsql;

namespace CrisisOps.Server.Hosting;

/// <summary>
/// Says that the server is ready, once it is: with <c>Play=&lt;file&gt;</c> after the scenario was played into an empty store.
/// A scenario that fails ends the server, because what is in the store then is half a story.
/// </summary>
public sealed class ServerReady(
    ServerStart start, IServer server, NpgsqlDataSource database, IConfiguration configuration, IHostEnvironment environment, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.Started(stoppingToken);
        var url = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost:5080";
        if (configuration["Play"] is { Length: > 0 } file && await Play(file, url, stoppingToken) is { } failure)
        {
            await Console.Error.WriteLineAsync(failure);
            Environment.ExitCode = 1;
            lifetime.StopApplication();
            return;
        }

        start.Announce(url);
    }

    /// <summary>Plays the scenario if the store is empty; the reason when it failed.</summary>
    private async Task<string?> Play(string file, string url, CancellationToken cancellation)
    {
        if (!environment.IsDevelopment())
        {
            return "A scenario can only be played in Development.";
        }

        await using var events = database.CreateCommand("select exists (select 1 from crisis.mt_events)");
        if (await events.ExecuteScalarAsync(cancellation) is true)
        {
            return null;
        }

        try
        {
            var scenario = await Scenario.Read(file, cancellation);
            using var http = new HttpClient { BaseAddress = Reachable(url), Timeout = TimeSpan.FromMinutes(2) };
            await new ScenarioPlayer(http).Play(scenario, cancellation);
            await Console.Out.WriteLineAsync($"Played {scenario.Title}: {scenario.Steps.Count} steps.");
            return null;
        }
        catch (Exception exception) when (exception is ScenarioFailedException or HttpRequestException)
        {
            return $"The scenario {file} failed. {exception.Message}";
        }
    }

    /// <summary>An address that listens everywhere is reached on this machine.</summary>
    private static Uri Reachable(string url)
    {
        var address = new UriBuilder(url.Replace("//*", "//localhost", StringComparison.Ordinal).Replace("//+", "//localhost", StringComparison.Ordinal));
        if (address.Host is "0.0.0.0" or "[::]")
        {
            address.Host = "localhost";
        }

        return address.Uri;
    }
}
