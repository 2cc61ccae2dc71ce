using Shouldly;
using static CrisisOps.Server.Tests.Scenarios.NorlandRows;

namespace CrisisOps.Server.Tests.Scenarios;

/// <summary>What the story leaves in the store, event by event (domain §7, assertion 1).</summary>
[Collection(NorlandCollection.Name)]
public sealed class NorlandReplayTests(NorlandStory story)
{
    [Theory]
    [InlineData(EL1, 13)]
    [InlineData(CR7, 47)]
    [InlineData(E101, 12)]
    [InlineData(E102, 6)]
    [InlineData(E103, 3)]
    [InlineData(E104, 10)]
    [InlineData(E105, 12)]
    public async Task Replay_all_legal(string stream, int events)
    {
        var told = All.Where(r => r.Stream == stream).ToArray();
        var recorded = story.Events.Where(e => e.Stream == stream).ToArray();

        recorded.Select(e => e.Type).ShouldBe(told.Select(r => r.Type));
        recorded.Select(e => e.Version).ShouldBe(Enumerable.Range(1, events).Select(v => (long)v));
        (await story.Database.TimelineRows(stream)).ShouldBe(events);
        foreach (var (row, @event) in told.Zip(recorded))
        {
            @event.At.ShouldBeSoonAfter(row.Earliest(), $"row {row.Number}, {row.Event}");
        }
    }

    [Fact]
    public void Replay_all_legal_in_the_order_of_the_story()
    {
        Listed.Count.ShouldBe(75);
        story.Events.Count(e => Seven.Contains(e.Stream)).ShouldBe(103);

        // What follows at once is looked at beside: the domain lists it later.
        static bool Waits(string stream, string type) => Listed.Any(r => r.After is not null && r.Stream == stream && r.Type == type);
        story.Events.Where(e => Seven.Contains(e.Stream) && !Waits(e.Stream, e.Type)).Select(e => $"{e.Stream} {e.Type}")
            .ShouldBe(All.Where(r => !Waits(r.Stream, r.Type)).Select(r => $"{r.Stream} {r.Type}"));
    }

    [Fact]
    public void Replay_leaves_a_review_and_three_recommendations_beside() =>
        story.Events.Where(e => !Seven.Contains(e.Stream)).Select(e => e.Stream).Distinct().Order().ShouldBe(["IMP-31", "IMP-32", "IMP-33", "PIR-2027-0007"]);

    [Fact]
    public async Task What_rules_and_timers_do_is_done_by_the_system()
    {
        var reader = await story.Person("ic-01");
        var entries = new Dictionary<string, string>();
        foreach (var stream in Seven)
        {
            foreach (var entry in await NorlandStory.Timeline(reader, stream))
            {
                entries[entry.Text("entryId")] = $"{entry.Text("actor")} {entry.Text("role")}";
            }
        }

        foreach (var stream in Seven)
        {
            foreach (var (row, @event) in All.Where(r => r.Stream == stream).Zip(story.Events.Where(e => e.Stream == stream)))
            {
                (@event.Actor == "system").ShouldBe(row.ByRule, $"row {row.Number}, {row.Event} by {@event.Actor}");
                entries[$"{stream}@{@event.Version}"].ShouldBe(row.ByRule ? "system system" : entries[$"{stream}@{@event.Version}"].Replace("system", "a person", StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void What_rules_and_timers_do_is_named_by_no_step()
    {
        var said = story.Scenario.Steps.SelectMany(s => s.Expect?.Events ?? []).ToHashSet();

        foreach (var row in All.Where(r => r.ByRule && r.Event != "PostureChanged"))
        {
            said.ShouldNotContain(row.Event);
        }

        // A person changes the posture once; that it ends is the timer's doing.
        story.Scenario.Steps.Count(s => s.Expect?.Events is ["PostureChanged"]).ShouldBe(1);
        string[] commands = ["link-to-crisis", "acknowledge-receipt", "enter-phase", "activate-measure", "lift-measure", "open-review", "deactivate-lever"];
        story.Scenario.Steps.ShouldAllBe(s => !commands.Contains(s.Path.Split('/', StringSplitOptions.None).Last()) && s.Path != "/v1/crises");
        story.Scenario.Steps.ShouldAllBe(s => !(s.Path.StartsWith("/v1/escalations/") && s.Path.EndsWith("/close")));
    }

    [Fact]
    public async Task No_rule_failed_and_none_gave_up() =>
        (await story.Database.Scalar<long>("select count(*) from crisis.failed_reactions")).ShouldBe(0);
}
