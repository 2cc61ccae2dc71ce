using System.Text.Json;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Intake;
using Shouldly;

namespace CrisisOps.Server.Tests.Risks;

/// <summary>Floods of reports, and what came of them.</summary>
internal static class SurgeCalls
{
    /// <summary>So many alerts of one source about one thing: one case, and so many reports.</summary>
    public static async Task Floods(this Feed feed, int alerts, bool exercise = false)
    {
        var lines = Enumerable.Range(0, alerts).Select(_ => AlertCalls.Alert(dedupKey: $"flood of {feed.Source}").With("exercise", exercise).Line());
        (await feed.Bulk(lines)).ShouldAllBe(answer => answer.GetProperty("receipt").GetString() != null);
    }

    /// <summary>Moves the clock into the next minutes: what was reported is judged.</summary>
    public static Task Judged(this Api api) => api.Pass(TimeSpan.FromMinutes(2));

    /// <summary>The signals of a region.</summary>
    public static async Task<JsonElement[]> Signals(this Api caller, string region) =>
        [.. (await caller.Get($"/v1/risks?region={region}")).ShouldBe(200).Json.GetProperty("items").EnumerateArray()];

    /// <summary>What stands on a signal, in order.</summary>
    public static Task<List<string>> Story(this TestServer server, string key) =>
        server.Database.Column<string>("select type from crisis.mt_events where stream_id = $1 order by version", key);

    /// <summary>How many reports of a region were counted.</summary>
    public static Task<long> Counted(this TestServer server, string region) =>
        server.Database.Scalar<long>("select coalesce(sum(n), 0)::bigint from crisis.intake_volume where region = $1", region);

    public static string Key(this JsonElement signal) => signal.GetProperty("key").GetString()!;
}
