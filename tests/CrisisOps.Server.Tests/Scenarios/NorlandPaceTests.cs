using System.Text.Json;
using CrisisOps.Server.Tests.Timelines;
using Shouldly;
using static CrisisOps.Server.Tests.Scenarios.NorlandRows;

namespace CrisisOps.Server.Tests.Scenarios;

/// <summary>The weekend again, at six hundred times its pace and with the war-room board.</summary>
[Collection(NorlandCollection.Name)]
public sealed class NorlandPaceTests(NorlandStory story)
{
    private const string Weekend = "from=2027-05-15T13:50:00Z&to=2027-05-17T14:05:00Z";

    [Fact]
    public async Task Replay_at_600_has_the_right_gaps_and_twice_the_same_bytes()
    {
        var commander = await story.Person("ic-01");
        var told = await NorlandStory.Timeline(commander, CR7, $"&order=recorded&{Weekend}");
        var at = told.Select(e => e.Instant("recordedAt")).Prepend(At("05-15 13:50:00")).ToArray();
        story.Reader.Waits();

        var once = (await commander.GetReplay(CR7, $"speed=600&{Weekend}")).ShouldBe(200).Text;
        var waits = story.Reader.Waits();
        var twice = (await commander.GetReplay(CR7, $"speed=600&{Weekend}")).ShouldBe(200).Text;

        twice.ShouldBe(once);
        var replay = ReplayCalls.Read(once);
        replay.Entries().Ids().ShouldBe(told.Ids());
        told.Length.ShouldBeGreaterThan(60);
        // A wait over fifteen seconds is made of parts, with a comment between them.
        var planned = replay.Where(e => e.Name == "progress").Select(e => System.Xml.XmlConvert.ToTimeSpan(e.Data.Text("nextIn"))).ToArray();
        planned.ShouldBe(at.Skip(1).Zip(at, (next, before) => next - before).Where(gap => gap > TimeSpan.Zero).Select(gap => TimeSpan.FromTicks((long)(gap.Ticks / 600m))));
        waits.Aggregate((one, other) => one + other).ShouldBe((at[^1] - at[0]) / 600, TimeSpan.FromMilliseconds(2));
        // From the proposal to the declaration 3 min 59 s pass: 0.398 s.
        var (proposal, declaration) = (told.Single(e => e.Text("entryId") == Entry(15)), told.Single(e => e.Text("entryId") == Entry(18)));
        ((declaration.Instant("recordedAt") - proposal.Instant("recordedAt")) / 600).ShouldBe(TimeSpan.FromMilliseconds(398), TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public async Task The_board_goes_along_as_it_stood_after_each_entry()
    {
        var commander = await story.Person("ic-01");

        var replay = await commander.Replayed(CR7, $"speed=max&frames=board&{Weekend}");

        JsonElement After(int row) => replay[replay.FindIndex(e => e.Name == "entry" && Tells(e.Data, row)) + 1] is { Name: "board" } frame ? frame.Data : throw new InvalidOperationException($"no board after {row}");
        After(16).Text("state").ShouldBe("Proposed");
        After(16).TryGetProperty("level", out _).ShouldBeFalse();
        (After(18).Text("state"), After(18).Text("level")).ShouldBe(("Active", "Level1"));
        After(18).TryGetProperty("commander", out _).ShouldBeFalse();
        After(19).Text("commander").ShouldBe("ic-01");
        After(58).Text("commander").ShouldBe("ic-05");
        After(29).GetProperty("levers").GetArrayLength().ShouldBe(1);
        After(66).GetProperty("levers").GetArrayLength().ShouldBe(0);
        After(30).GetProperty("partnerAcks").GetProperty("asked").GetInt32().ShouldBe(3);
        After(30).GetProperty("partnerAcks").GetProperty("received").GetInt32().ShouldBe(0);
        After(64).Text("state").ShouldBe("Stabilizing");
        After(70).Text("state").ShouldBe("StoodDown");
        (After(25).GetProperty("openEscalations").GetProperty("sev1").GetInt32(), After(47).GetProperty("openEscalations").GetProperty("sev1").GetInt32()).ShouldBe((1, 0));
        After(37).GetProperty("elections")[0].Text("phase").ShouldBe("SilencePeriod");
        After(65).GetProperty("elections")[0].Text("phase").ShouldBe("Voting");
    }

    /// <summary>The entry is the one of this row.</summary>
    private static bool Tells(JsonElement entry, int row) =>
        entry.Text("stream") == Listed[row - 1].Stream && entry.Instant("recordedAt") - Listed[row - 1].At is { Ticks: >= 0 } late && late < TimeSpan.FromSeconds(9);

    [Theory]
    [InlineData(19)]
    [InlineData(34)]
    [InlineData(64)]
    public async Task A_frame_is_the_board_that_is_asked_as_of_its_instant(int row)
    {
        var commander = await story.Person("ic-01");
        var replay = await commander.Replayed(CR7, $"speed=max&frames=board&{Weekend}");
        var entry = replay.FindIndex(e => e.Name == "entry" && Tells(e.Data, row));
        var at = TimelineCalls.Instant(replay[entry].Data.Instant("recordedAt"));

        var board = (await commander.Get($"/v1/crises/{CR7}/board?asOf={at}")).ShouldBe(200).Json;

        board.GetRawText().ShouldBe(replay[entry + 1].Data.GetRawText());
        (await commander.Get($"/v1/board?asOf={at}")).ShouldBe(200).Json.GetProperty("items").EnumerateArray().Single(b => b.Text("key") == CR7).GetRawText().ShouldBe(board.GetRawText());
    }

    [Fact]
    public async Task Before_the_proposal_and_after_the_stand_down_the_crisis_is_not_on_the_board()
    {
        var commander = await story.Person("ic-01");

        (await commander.Get($"/v1/crises/{CR7}/board?asOf=2027-05-15T14:00:00Z")).ShouldBe(404);
        foreach (var quiet in (string[])["2027-05-15T14:00:00Z", "2027-05-17T14:01:00Z"])
        {
            (await commander.Get($"/v1/board?asOf={quiet}")).ShouldBe(200).Json.GetProperty("items").EnumerateArray().ShouldNotContain(b => b.Text("key") == CR7);
        }
    }
}
