using System.Globalization;
using System.Text.RegularExpressions;
using CrisisOps.Server.Scenarios;
using CrisisOps.Server.Tests.Harness;
using Shouldly;
using static CrisisOps.Server.Tests.Scenarios.NorlandRows;

namespace CrisisOps.Server.Tests.Scenarios;

/// <summary>The same story elsewhere: 37 minutes later, in another time zone, on a server whose cluster rule asks for four reports.</summary>
public sealed class VariantStory(TestPostgres postgres) : TestServer(postgres), IAsyncLifetime
{
    internal IReadOnlyList<RecordedEvent> Events { get; private set; } = [];

    protected override NodeOptions Options => new() { Settings = new Dictionary<string, string> { ["Rules:Crises:Cluster:Count"] = "4" } };

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        await Story.Play(Node.Url, Variant.Of(await Story.Norland()));
        Events = await RecordedEvent.All(Database);
    }
}

internal static partial class Variant
{
    public const string Fourth = E104;

    /// <summary>India Standard Time has no summer, and its offset is no whole hour.</summary>
    public const string Zone = "Asia/Kolkata";

    public static readonly TimeSpan Later = TimeSpan.FromMinutes(37);

    public static Scenario Of(Scenario story)
    {
        // The fourth report takes a number, so the later cases have the next ones.
        var renamed = story.Rewritten(text => Instant().Replace(text, m => Shifted(m.Value))
            .Replace("2027-000105", "2027-000106", StringComparison.Ordinal).Replace("2027-000104", "2027-000105", StringComparison.Ordinal)
            .Replace("Europe/Vienna", Zone, StringComparison.Ordinal));
        renamed = renamed.Rewritten(text => Local().Replace(text, m => LocalTime(m.Value)));
        var third = renamed.Steps.First(s => s.Expect?.Key == E103);
        var merged = renamed.Step($"{E103}/merge");
        ScenarioStep[] more =
        [
            third with
            {
                At = third.At.AddSeconds(60),
                Body = third.With(("title", "40 user reports of a second copy"), ("externalRef", "UR-CLUSTER-882"), ("reportCount", 40)).Body,
                Expect = third.Expect! with { Key = Fourth },
            },
            merged with { At = merged.At.AddSeconds(30), Path = $"/v1/escalations/{Fourth}/merge" },
        ];
        return renamed with { Title = "Norland, 37 minutes later", Steps = [.. renamed.Steps.Concat(more).OrderBy(s => s.At)] };
    }

    /// <summary>The row as this story has it.</summary>
    public static NorlandRow Of(NorlandRow row) => row with { At = row.At + Later, Stream = row.Stream switch { E104 => E105, E105 => "ESC-2027-000106", var same => same } };

    private static string Shifted(string instant) => (DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture) + Later).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static string LocalTime(string local)
    {
        var there = DateTime.ParseExact(local.Trim('"'), "yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);
        var instant = TimeZoneInfo.ConvertTimeToUtc(there, TimeZoneInfo.FindSystemTimeZoneById("Europe/Vienna")) + Later;
        return TimeZoneInfo.ConvertTimeFromUtc(instant, TimeZoneInfo.FindSystemTimeZoneById(Zone)).ToString("'\"'yyyy-MM-ddTHH:mm'\"'", CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("2027-[0-9]{2}-[0-9]{2}T[0-9:]{5,8}(Z|\\+00:00)")]
    private static partial Regex Instant();

    [GeneratedRegex("\"2027-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}\"")]
    private static partial Regex Local();
}

/// <inheritdoc cref="VariantStory"/>
public sealed class NorlandVariantTests(VariantStory story) : IClassFixture<VariantStory>
{
    [Theory]
    [InlineData(EL1, 13)]
    [InlineData(CR7, 47)]
    [InlineData(E101, 12)]
    [InlineData(E102, 6)]
    [InlineData(E103, 3)]
    [InlineData(E105, 10)]
    [InlineData("ESC-2027-000106", 12)]
    public void Everything_happens_37_minutes_later(string stream, int events)
    {
        var told = All.Select(Variant.Of).Where(r => r.Stream == stream).ToArray();
        var recorded = story.Events.Where(e => e.Stream == stream).ToArray();

        recorded.Length.ShouldBe(events);
        recorded.Select(e => e.Type).ShouldBe(told.Select(r => r.Type));
        foreach (var (row, @event) in told.Zip(recorded))
        {
            // The proposal waits for the fourth report.
            var earliest = row.Event == "CrisisProposed" ? row.At.AddSeconds(59) : row.Earliest() + (row.After is null ? TimeSpan.Zero : Variant.Later);
            @event.At.ShouldBeSoonAfter(earliest, $"row {row.Number}, {row.Event}");
        }
    }

    [Fact]
    public void The_fourth_report_adds_three_events()
    {
        story.Events.Where(e => e.Stream == Variant.Fourth).Select(e => e.Type).ShouldBe(["escalation_raised", "escalation_linked_to_crisis", "escalation_merged"]);
        story.Events.Count(e => !e.Stream.StartsWith("PIR-", StringComparison.Ordinal) && !e.Stream.StartsWith("IMP-", StringComparison.Ordinal)).ShouldBe(103 + 3);
    }

    [Fact]
    public async Task One_crisis_is_proposed_with_four_reports()
    {
        var lead = await story.As("duty-lead-01", roles: ["duty-lead"], regions: ["*"], clearance: "RED");

        var proposed = story.Events.Where(e => e.Type == "crisis_proposed").ShouldHaveSingleItem();
        proposed.Data.GetProperty("refs").EnumerateArray().Select(r => r.GetString()).ShouldBe([E101, E102, E103, Variant.Fourth]);
        (await lead.Listed("/v1/crises?limit=500")).ShouldBe([CR7]);
        (await lead.Read(CR7)).Text("state").ShouldBe("Closed");
    }

    [Fact]
    public async Task The_phases_begin_by_the_clocks_of_the_other_zone()
    {
        var lead = await story.As("el-lead-01", roles: ["election-lead"], regions: ["*"], clearance: "AMBER+STRICT");
        var silence = (await lead.Read(EL1)).GetProperty("schedule").EnumerateArray().Single(p => p.Text("phase") == "SilencePeriod").Instant("startsAt");

        (await lead.Read(EL1)).Text("tz").ShouldBe(Variant.Zone);
        silence.ShouldBe(At("05-14 22:37:00"));
        TimeZoneInfo.ConvertTime(silence, TimeZoneInfo.FindSystemTimeZoneById(Variant.Zone)).ToString("HH:mm", CultureInfo.InvariantCulture).ShouldBe("04:07");
    }

    [Fact]
    public void One_clock_runs_out() => story.Events.Where(e => e.Type == "sla_breached").ShouldHaveSingleItem().Stream.ShouldBe(E102);
}
