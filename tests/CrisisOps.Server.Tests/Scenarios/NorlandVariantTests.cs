using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CrisisOps.Server.Scenarios;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using Shouldly;
using static CrisisOps.Server.Tests.Scenarios.NorlandRows;
using static CrisisOps.Server.Tests.Scenarios.Playing;

namespace CrisisOps.Server.Tests.Scenarios;

/// <summary>A server whose cluster rule asks for four reports.</summary>
public sealed class FourReports(TestPostgres postgres) : TestServer(postgres)
{
    protected override NodeOptions Options => new() { Settings = new Dictionary<string, string> { ["Rules:Cluster:Count"] = "4" } };
}

/// <summary>The same weekend 37 minutes later, in another zone, with a rule that asks for one report more: nothing hangs on the figures of the story.</summary>
public sealed partial class NorlandVariantTests(FourReports server) : IClassFixture<FourReports>
{
    private const string Zone = "Asia/Kolkata";
    private const string Fourth = "ESC-2027-000900";

    private static readonly TimeSpan _later = TimeSpan.FromMinutes(37);
    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Shifted_by_37_minutes_in_another_zone_with_another_trigger_count_it_comes_out_right_too()
    {
        await server.Play(await Variant());

        var counts = new Dictionary<string, int> { [EL1] = 13, [CR7] = 47, [E101] = 12, [E102] = 6, [E103] = 3, [E104] = 10, [E105] = 12, [Fourth] = 3 };
        foreach (var (stream, count) in counts)
        {
            (await server.Database.Events(stream)).ShouldBe(count, stream);
        }

        (await server.Database.Scalar<string>("select data ->> 'refs' from crisis.mt_events where type = 'crisis_proposed'")).ShouldBe($"[\"{E101}\", \"{E102}\", \"{E103}\", \"{Fourth}\"]");
        (await server.Database.Column<string>("select stream_id from crisis.mt_events where type in ('sla_breached', 'update_overdue', 'legal_deadline_missed', 'sit_rep_overdue')")).ShouldBe([E102]);
        foreach (var row in All.Where(r => r.Type is "election_phase_entered" or "lever_expired" or "partner_ack_overdue" or "crisis_stood_down" or "election_measure_lifted" or "crisis_closed"))
        {
            var times = await server.Database.Recorded(row.Stream, row.Type);
            times.ShouldContain(at => at >= (row.Instant + _later).UtcDateTime && at <= (row.Instant + _later + _soon).UtcDateTime, $"row {row.Number}: {string.Join(", ", times)}");
        }
    }

    private static async Task<Scenario> Variant()
    {
        var text = await File.ReadAllTextAsync(Story.NorlandFile);
        text = Instants().Replace(text, m => (At(m.Value) + _later).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        var zone = TimeZoneInfo.FindSystemTimeZoneById(Zone);
        text = Locals().Replace(text, m => Local(m.Groups[1].Value, zone)).Replace("Europe/Vienna", Zone, StringComparison.Ordinal);
        var scenario = JsonSerializer.Deserialize<Scenario>(text, Server.Hosting.Json.Strict)!;
        var third = scenario.Steps.ToList().FindIndex(s => s.Expect?.Key == E103);
        var merge = scenario.Steps.ToList().FindIndex(s => s.Path.EndsWith($"{E103}/merge", StringComparison.Ordinal));
        ScenarioStep Step(int seconds, string path, object body) => new(scenario.Steps[third].At.AddSeconds(seconds), "intake-01", path, JsonSerializer.SerializeToElement(body));
        return scenario with
        {
            Steps =
            [
                .. scenario.Steps.Take(third + 1),
                Step(10, "/dev/keys", new { prefix = "ESC-2027", next = 900 }),
                Step(20, "/v1/escalations", new { title = "A fourth report", source = "UserReport", surface = "Feed", region = new[] { "XN" }, proposedSeverity = "SEV3" }),
                Step(30, "/dev/keys", new { prefix = "ESC-2027", next = 104 }),
                .. scenario.Steps.Skip(third + 1).Take(merge - third),
                scenario.Steps[merge] with { Path = $"/v1/escalations/{Fourth}/merge" },
                .. scenario.Steps.Skip(merge + 1),
            ],
        };
    }

    /// <summary>The local time of the story in Vienna, which is two hours ahead of UTC then, said in the other zone.</summary>
    private static string Local(string local, TimeZoneInfo zone)
    {
        var instant = new DateTimeOffset(DateTime.Parse(local, CultureInfo.InvariantCulture), TimeSpan.FromHours(2)) + _later;
        return $"\"{TimeZoneInfo.ConvertTime(instant, zone).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture)}\"";
    }

    [GeneratedRegex(@"2027-\d\d-\d\dT\d\d:\d\d:\d\dZ")]
    private static partial Regex Instants();

    [GeneratedRegex("\"(2027-\\d\\d-\\d\\dT\\d\\d:\\d\\d)\"")]
    private static partial Regex Locals();
}
