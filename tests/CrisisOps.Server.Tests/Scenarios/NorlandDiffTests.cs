using System.Text.Json;
using CrisisOps.Server.Tests.Harness;
using Shouldly;
using static CrisisOps.Server.Tests.Scenarios.NorlandRows;

namespace CrisisOps.Server.Tests.Scenarios;

/// <summary>What changed between two instants of the Norland crisis, in fields and in sentences.</summary>
[Collection(NorlandCollection.Name)]
public sealed class NorlandDiffTests(NorlandStory story)
{
    [Fact]
    public async Task From_the_proposal_to_the_decision_the_crisis_was_declared_and_three_cases_were_linked()
    {
        var diff = await Diff(await story.Person("ic-01"), CR7, "2027-05-15T14:04:00Z", "2027-05-15T14:10:00Z");

        var streams = diff.GetProperty("streams").EnumerateArray().ToArray();
        streams.Select(s => $"{s.Text("stream")} {s.Text("change")}").ShouldBe([$"{CR7} Changed", $"{E101} Appeared", $"{E102} Appeared", $"{E103} Appeared"]);
        var crisis = streams[0];
        Field(crisis, "state").ShouldBe(("Proposed", "Active"));
        Field(crisis, "level").ShouldBe((null, "Level1"));
        Field(crisis, "codename").ShouldBe((null, "HARBOUR"));
        Field(crisis, "commander").ShouldBe((null, "ic-01"));
        Sentences(crisis)[..2].ShouldBe(["State: Proposed → Active", "3 escalations linked"]);
        Told(crisis).ShouldBe([16, 18, 19, 20, 24], ignoreOrder: false);
        Field(streams[1], "state").ShouldBe(("Investigating", "DecisionProposed"));
        Field(streams[1], "crisisKey").ShouldBe((null, CR7));
        Told(streams[1]).ShouldBe([21, 25]);
        Sentences(streams[1])[0].ShouldBe("State: Investigating → DecisionProposed");
        Told(streams[2]).ShouldBe([17, 22]);
    }

    [Fact]
    public async Task Nothing_but_what_happened_between_the_two_is_said()
    {
        var core = await story.Person("ic-01");

        var diff = await Diff(core, CR7, "2027-05-15T14:12:10Z", "2027-05-15T14:12:50Z");
        var lever = diff.GetProperty("streams").EnumerateArray().ShouldHaveSingleItem();
        lever.GetProperty("fields").EnumerateArray().Select(f => f.Text("path")).ShouldBe(["levers[LEV-1]"]);
        Told(lever).ShouldBe([29]);
        (await Diff(core, CR7, "2027-05-15T14:12:50Z", "2027-05-15T14:12:50Z")).GetProperty("streams").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task From_before_everything_all_of_it_appears()
    {
        var diff = await Diff(await story.Person("ic-01"), CR7, "2020-01-01T00:00:00Z", "2027-05-15T16:15:00Z");

        var streams = diff.GetProperty("streams").EnumerateArray().ToArray();
        streams.ShouldAllBe(s => s.Text("change") == "Appeared");
        streams.Select(s => s.Text("stream")).ShouldBe([CR7, EL1, E101, E102, E103]);
        Sentences(streams[0])[..3].ShouldBe(["State: Active", "1 election linked", "3 escalations linked"]);
        streams[0].GetProperty("fields").EnumerateArray().SelectMany(f => f.EnumerateObject()).ShouldAllBe(m => m.Name != "before");
    }

    [Fact]
    public async Task Of_a_case_or_an_election_it_says_the_same()
    {
        var core = await story.As("duty-lead-01", roles: ["duty-lead"], regions: ["*"], clearance: "RED");

        var @case = (await Diff(core, E101, "2027-05-15T14:10:00Z", "2027-05-15T14:11:30Z")).GetProperty("streams").EnumerateArray().ShouldHaveSingleItem();
        Field(@case, "state").ShouldBe(("DecisionProposed", "Decided"));
        Told(@case).ShouldBe([27]);
        var election = (await Diff(core, EL1, "2027-05-15T16:00:00Z", "2027-05-15T16:15:00Z")).GetProperty("streams").EnumerateArray().ToArray();
        election.Select(s => $"{s.Text("stream")} {s.Text("change")}").ShouldBe([$"{EL1} Changed", $"{E105} Appeared"]);
        Sentences(election[0])[0].ShouldBe("1 escalation linked");
    }

    [Fact]
    public async Task By_the_clock_of_occurrence_a_case_is_there_from_when_it_happened()
    {
        var core = await story.As("duty-lead-01", roles: ["duty-lead"], regions: ["*"], clearance: "RED");

        (await core.Get($"/v1/escalations/{E101}/diff?from=2027-05-15T13:50:00Z&to=2027-05-15T13:53:00Z")).ShouldBeProblem(404, "not-found");
        var diff = (await core.Get($"/v1/escalations/{E101}/diff?from=2027-05-15T13:50:00Z&to=2027-05-15T13:53:00Z&clock=occurred")).ShouldBe(200).Json;
        var @case = diff.GetProperty("streams").EnumerateArray().ShouldHaveSingleItem();
        Sentences(@case)[0].ShouldBe("State: Received");
        Told(@case).ShouldBe([8]);
        diff.Text("clock").ShouldBe("occurred");
    }

    [Fact]
    public async Task An_executive_reads_the_condition_and_a_partner_its_receipt()
    {
        var executive = await story.As("exec-07", roles: ["executive"], regions: ["*"], clearance: "AMBER");
        var crisis = (await Diff(executive, CR7, "2027-05-15T14:04:00Z", "2027-05-15T14:20:00Z")).GetProperty("streams")[0];
        crisis.GetProperty("fields").EnumerateArray().Select(f => f.Text("path")).ShouldNotContain(path => path.StartsWith("levers", StringComparison.Ordinal) || path.StartsWith("alerts", StringComparison.Ordinal));
        Field(crisis, "level").ShouldBe((null, "Level1"));

        var partner = await story.Person("norland-civic-watch");
        var receipt = (await Diff(partner, E101, "2027-05-15T13:50:00Z", "2027-05-15T15:30:00Z")).GetProperty("streams").EnumerateArray().ShouldHaveSingleItem();
        receipt.GetProperty("fields").EnumerateArray().Select(f => f.Text("path")).ShouldBe(["key", "state", "raisedAt", "externalRef"], ignoreOrder: true);
        Sentences(receipt).ShouldAllBe(s => !s.StartsWith("State", StringComparison.Ordinal));
        (await partner.Get($"/v1/crises/{CR7}/diff?from=2027-05-15T13:50:00Z&to=2027-05-15T15:30:00Z")).ShouldBeProblem(404, "not-found");
    }

    private static async Task<JsonElement> Diff(Api reader, string key, string from, string to) => (await reader.Get($"{StreamCalls.Path(key)}/diff?from={from}&to={to}")).ShouldBe(200).Json;

    private static (string? Before, string? After) Field(JsonElement stream, string path) =>
        stream.GetProperty("fields").EnumerateArray().Single(f => f.Text("path") == path) is var field
            ? (field.TryGetProperty("before", out var before) ? before.GetString() : null, field.TryGetProperty("after", out var after) ? after.GetString() : null)
            : default;

    private static string[] Sentences(JsonElement stream) => [.. stream.GetProperty("sentences").EnumerateArray().Select(s => s.Text("text"))];

    /// <summary>The rows of the story whose entries are told, in that order.</summary>
    private static int[] Told(JsonElement stream) =>
        [.. stream.GetProperty("sentences").EnumerateArray().Where(s => s.TryGetProperty("entryId", out _)).Select(s => Listed.Single(row => Entry(row.Number) == s.Text("entryId")).Number)];
}
