using System.Text.Json;
using CrisisOps.Server.Scenarios;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Scenarios;

/// <summary>Norland was played once; every test looks at what it left.</summary>
public sealed class NorlandStore(TestPostgres postgres) : TestServer(postgres), IAsyncLifetime
{
    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        using var http = new HttpClient { BaseAddress = Node.Url };
        await new ScenarioPlayer(http).Play(await Story.Norland(), TestContext.Current.CancellationToken);
    }
}

public sealed class NorlandTests(NorlandStore store) : IClassFixture<NorlandStore>
{
    private const string Key = "ESC-2027-000101";

    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(5);

    // Rows 8–12, 25, 27, 28, 31 and 47 of the story; 21 is a link and comes with crises. Until then two clocks run out that the crisis
    // takes over: it refers the threat to life (row 26), and its cadence replaces the update clock.
    private static readonly (string Type, string At)[] _steps =
    [
        ("escalation_raised", "13:55:10"), ("receipt_acknowledged", "13:56:00"), ("escalation_triaged", "13:57:20"), ("escalation_assigned", "13:58:00"),
        ("investigation_started", "14:00:30"), ("decision_proposed", "14:09:00"), ("decision_approved", "14:11:00"), ("enforcement_executed", "14:12:00"),
        ("sla_breached", "14:12:20"), ("requester_responded", "14:16:00"), ("update_overdue", "14:46:00"), ("escalation_resolved", "15:10:00"),
    ];

    [Fact]
    public async Task The_stream_holds_the_events_of_the_story_at_their_instants()
    {
        var types = await store.Database.Column<string>("select type from crisis.mt_events where stream_id = $1 order by version", Key);
        var times = await store.Database.Column<DateTime>("select timestamp from crisis.mt_events where stream_id = $1 order by version", Key);

        types.ShouldBe(_steps.Select(s => s.Type));
        (await store.Database.Versions(Key)).ShouldBe(Enumerable.Range(1, _steps.Length).Select(n => (long)n));
        for (var n = 0; n < _steps.Length; n++)
        {
            (times[n] - At(_steps[n].At).UtcDateTime).ShouldBeInRange(TimeSpan.Zero, _soon, _steps[n].Type);
        }

        (await store.Database.Events()).ShouldBe(_steps.Length);
        (await store.Database.TimelineRows(Key)).ShouldBe(_steps.Length);
    }

    [Fact]
    public async Task Its_clocks_ran_and_were_met_as_the_story_says()
    {
        var reader = await store.As("spec-04", regions: ["XN"], clearance: "AMBER+STRICT");
        var state = (await reader.Get($"/v1/escalations/{Key}")).ShouldBeDone().Json;

        var referral = Clock(state, "LE_REFERRAL");
        Instant(referral, "dueAt").ShouldBeInRange(At("14:12:20"), At("14:12:20") + _soon);
        var answer = Clock(state, "FIRST_RESPONSE");
        Instant(answer, "dueAt").ShouldBeInRange(At("14:25:10"), At("14:25:10") + _soon);
        Instant(answer, "metAt").ShouldBeInRange(At("14:16:00"), At("14:16:00") + _soon);
        Instant(Clock(state, "ACK"), "metAt").ShouldBeInRange(At("13:56:00"), At("13:56:00") + _soon);
        state.GetProperty("state").GetString().ShouldBe("Resolved");
        state.GetProperty("outcome").GetString().ShouldBe("ViolationActioned");
        state.GetProperty("severity").GetString().ShouldBe("SEV1");
        state.GetProperty("owner").GetString().ShouldBe("spec-04");
    }

    [Fact]
    public async Task The_timeline_knows_when_it_happened_and_when_we_learned_of_it()
    {
        var reader = await store.As("spec-04", regions: ["XN"], clearance: "AMBER+STRICT");
        var raised = (await reader.Get($"/v1/timelines/{Key}")).ShouldBeDone().Json.GetProperty("items")[0];

        Instant(raised, "occurredAt").ShouldBe(At("13:52:00"));
        Instant(raised, "recordedAt").ShouldBeGreaterThanOrEqualTo(At("13:55:10"));
    }

    [Fact]
    public async Task The_partner_reads_its_own_receipt_and_nothing_of_the_case()
    {
        var partner = await store.As("norland-civic-watch", roles: ["partner"], partner: "PRT-norland-civic-watch");
        var other = await store.As("videohub", roles: ["partner"], partner: "PRT-videohub");

        (await partner.Get($"/v1/timelines/{Key}")).ShouldBeDone().Text.ShouldNotContain("spec-04");
        (await other.Get($"/v1/timelines/{Key}")).ShouldBe(404);
    }

    private static JsonElement Clock(JsonElement state, string id) =>
        state.GetProperty("clocks").EnumerateArray().Single(c => c.GetProperty("clockId").GetString() == id);

    private static DateTimeOffset Instant(JsonElement item, string member) => item.GetProperty(member).GetDateTimeOffset();

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse($"2027-05-15T{time}Z", System.Globalization.CultureInfo.InvariantCulture);
}
