using System.Text.Json;
using CrisisOps.Server.Scenarios;
using CrisisOps.Server.Tests.Harness;

namespace CrisisOps.Server.Tests.Scenarios;

/// <summary>Norland was played once; every test of the collection looks at what it left.</summary>
public sealed class NorlandStore(TestPostgres postgres) : TestServer(postgres), IAsyncLifetime
{
    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        await this.Play(await Story.Norland());
    }

    /// <summary>Somebody who may read everything: who commanded is named for what is RED.</summary>
    public Task<Api> Lead() => As("ic-01", roles: ["duty-lead"], clearance: "RED");

    public Task<long> Count(string stream, DateTimeOffset until) =>
        Database.Scalar<long>("select count(*) from crisis.mt_events where stream_id = $1 and timestamp <= $2", stream, until);
}

[CollectionDefinition(Name)]
public sealed class NorlandCollection : ICollectionFixture<NorlandStore>
{
    public const string Name = "Norland";
}

/// <summary>Playing a story, or the beginning of one.</summary>
internal static class Playing
{
    public static async Task Play(this TestServer server, Scenario scenario)
    {
        using var http = new HttpClient { BaseAddress = server.Node.Url };
        await new ScenarioPlayer(http).Play(scenario, TestContext.Current.CancellationToken);
        await server.Database.RulesHeard();
    }

    /// <summary>The steps up to an instant.</summary>
    public static Scenario Until(this Scenario scenario, string instant) =>
        scenario with { Steps = [.. scenario.Steps.Where(s => s.At <= At(instant))] };

    public static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture);

    public static JsonElement Clock(this JsonElement state, string id) => state.GetProperty("clocks").EnumerateArray().Single(c => c.GetProperty("clockId").GetString() == id);

    public static DateTimeOffset Instant(this JsonElement item, string member) => item.GetProperty(member).GetDateTimeOffset();
}
