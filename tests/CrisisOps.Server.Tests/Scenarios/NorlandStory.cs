using System.Diagnostics;
using System.Text.Json;
using CrisisOps.Server.Access;
using CrisisOps.Server.Scenarios;
using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Timelines;
using Shouldly;

namespace CrisisOps.Server.Tests.Scenarios;

[CollectionDefinition(Name)]
public sealed class NorlandCollection : ICollectionFixture<NorlandStory>
{
    public const string Name = "Norland";
}

/// <summary>Norland was played once, with what a guard has to refuse tried on the way; every test of the collection looks at what it left.</summary>
public sealed class NorlandStory(TestPostgres postgres) : ReplayServer(postgres), IAsyncLifetime
{
    private readonly Dictionary<string, Answer> _tried = new(StringComparer.Ordinal);

    internal Scenario Scenario { get; private set; } = null!;

    internal IReadOnlyList<RecordedEvent> Events { get; private set; } = [];

    public TimeSpan Playing { get; private set; }

    /// <summary>What the server answered to what was tried.</summary>
    public Answer Tried(string what) => _tried[what];

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        Scenario = await Story.Norland();
        var last = Scenario.Steps[^1];
        using var http = new HttpClient(new Intermissions(new Dictionary<int, Func<Task>>
        {
            [Before($"{NorlandRows.E104}/propose-decision")] = () => Try("legal-ops-01",
                ("merge", $"/v1/escalations/{NorlandRows.E104}/merge", new { into = NorlandRows.E101 }),
                ("snooze", $"/v1/escalations/{NorlandRows.E104}/snooze", new { reason = "lunch", until = "2027-05-15T15:30:00Z" }),
                ("ask", $"/v1/escalations/{NorlandRows.E104}/request-input?dryRun=true", new { question = "Which address is the fourth?", dueAt = "2027-05-15T15:00:00Z", fromRequester = true })),
            [Before($"{NorlandRows.E105}/triage")] = () => Try("spec-04",
                ("triage", $"/v1/escalations/{NorlandRows.E105}/triage", new { severity = "SEV3", policyArea = "VoterInterference", region = new[] { "XN" }, duplicateSearchDone = true })),
            [Before("/cancel-alert")] = () => Try("ic-05", ("stand-down", $"/v1/crises/{NorlandRows.CR7}/stand-down", new { reason = "early" })),
            [Before("PIR-2027-0007/approve")] = () => Try("duty-lead-01", ("close before the review", last.Path, last.Body!)),
            [Before("IMP-33/accept")] = () => Try("duty-lead-01", ("close before the last owner", last.Path, last.Body!)),
        }))
        { BaseAddress = Node.Url };
        var watch = Stopwatch.StartNew();
        await new ScenarioPlayer(http).Play(Scenario, TestContext.Current.CancellationToken);
        Playing = watch.Elapsed;
        Events = await RecordedEvent.All(Database);
    }

    /// <summary>Somebody of the story.</summary>
    public Task<Api> Person(string subject)
    {
        var caller = Scenario.Callers[subject];
        return As(subject, [.. caller.Roles.Select(RoleNames.Of)], [.. caller.Regions ?? ["*"]], caller.Clearance is { } tlp ? Domain.Shared.TlpNames.Of(tlp) : null,
            caller.Functions?.Select(f => f.ToString()).ToArray(), caller.Partner);
    }

    /// <summary>The entries of a timeline as a reader sees them.</summary>
    internal static async Task<JsonElement[]> Timeline(Api reader, string key, string query = "") =>
        [.. (await reader.Get($"/v1/timelines/{key}?limit=500{query}")).ShouldBeDone().Json.GetProperty("items").EnumerateArray()];

    /// <summary>The clock of a case.</summary>
    internal static async Task<JsonElement> Clock(Api reader, string key, string id) =>
        (await reader.Read(key)).GetProperty("clocks").EnumerateArray().Single(c => c.GetProperty("clockId").GetString() == id);

    private int Before(string path) => Scenario.Number(path);

    private async Task Try(string subject, params (string What, string Path, object Body)[] tries)
    {
        var api = await Person(subject);
        foreach (var (what, path, body) in tries)
        {
            _tried[what] = await api.Send(HttpMethod.Post, path, body);
        }
    }
}

internal static class Instants
{
    /// <summary>A step takes its time, and the clock runs on meanwhile.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    public static DateTimeOffset Instant(this JsonElement item, string member) => item.GetProperty(member).GetDateTimeOffset();

    public static string Text(this JsonElement item, string member) => item.GetProperty(member).GetString()!;

    /// <summary>At the instant, or a few seconds later.</summary>
    public static void ShouldBeSoonAfter(this DateTimeOffset at, DateTimeOffset expected, string? what = null) => at.ShouldBeInRange(expected, expected + Soon, what);
}
