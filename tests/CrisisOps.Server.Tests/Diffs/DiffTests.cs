using System.Text.Json;
using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Timelines;
using Shouldly;

namespace CrisisOps.Server.Tests.Diffs;

/// <summary>What changed between two instants, for whoever may see it now.</summary>
public sealed class DiffTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_case_that_was_taken_out_disappears_and_is_told_to_the_end()
    {
        var (crisis, escalation) = await Linked();
        var before = await crisis.Lead.Now();
        await crisis.Lead.Pass(TimeSpan.FromMinutes(1));
        (await crisis.Lead.Note(escalation, "It is another story.")).ShouldBeDone();
        await crisis.Lead.Gives(escalation, "unlink", new { key = crisis.Key, reason = "another story" });
        await server.Database.RulesHeard();

        var streams = await Streams(crisis.Lead, crisis.Key, before, await crisis.Lead.Now());

        streams.Select(s => Name(s)).ShouldBe([$"{crisis.Key} Changed", $"{escalation} Disappeared"]);
        Sentences(streams[0]).ShouldContain("1 escalation taken out");
        Sentences(streams[1]).ShouldContain("It is another story.");
        streams[1].GetProperty("fields").EnumerateArray().Single(f => f.GetProperty("path").GetString() == "crisisKey").EnumerateObject().Select(m => m.Name).ShouldBe(["path", "before"]);
    }

    [Fact]
    public async Task What_came_and_went_between_the_two_was_there_at_neither()
    {
        var crisis = await server.StandUp();
        var escalation = await crisis.Lead.Raised(new { region = new[] { crisis.Region } });
        var before = await crisis.Lead.Now();
        await crisis.Lead.Pass(TimeSpan.FromMinutes(1));
        await server.Link(crisis.Lead, escalation, crisis.Key);
        await crisis.Lead.Gives(escalation, "unlink", new { key = crisis.Key, reason = "another story" });
        await server.Database.RulesHeard();

        (await Streams(crisis.Lead, crisis.Key, before, await crisis.Lead.Now())).ShouldNotContain(s => s.GetProperty("stream").GetString() == escalation);
    }

    [Fact]
    public async Task What_the_reader_may_not_see_is_neither_named_nor_counted()
    {
        var crisis = await server.StandUp();
        var start = await crisis.Lead.Now();
        await crisis.Lead.Pass(TimeSpan.FromMinutes(1));
        var (seen, hidden) = (await crisis.Lead.Raised(new { region = new[] { crisis.Region } }), await crisis.Lead.Raised(new { region = new[] { crisis.Region }, tlp = "RED" }));
        foreach (var escalation in (string[])[seen, hidden])
        {
            await server.Link(crisis.Lead, escalation, crisis.Key);
        }

        var colleague = await server.As("spec-61", regions: [crisis.Region], clearance: "AMBER");
        var streams = await Streams(colleague, crisis.Key, start, await crisis.Lead.Now());

        streams.Select(s => Name(s)).ShouldBe([$"{crisis.Key} Changed", $"{seen} Appeared"]);
        Sentences(streams[0]).ShouldContain("1 escalation linked");
        (await colleague.Get($"/v1/escalations/{hidden}/diff?from={At(start)}&to={At(await crisis.Lead.Now())}")).ShouldBeProblem(404, "not-found");
        (await (await server.As("spec-62", regions: ["YY"])).Get($"/v1/crises/{crisis.Key}/diff?from={At(start)}&to={At(await crisis.Lead.Now())}")).ShouldBeProblem(404, "not-found");
    }

    [Fact]
    public async Task An_item_of_a_list_is_named_by_its_id()
    {
        var api = await server.As("spec-04");
        var key = await api.Raised();
        (await api.Post(key, "add-task", new { title = "Ask for the original", dueAt = (await api.Now()).AddHours(2) })).ShouldBeDone();
        var before = await api.Now();
        await api.Pass(TimeSpan.FromMinutes(1));
        (await api.Post(key, "assign-task", new { taskId = "TSK-1", owner = "spec-07" })).ShouldBeDone();

        var fields = (await Streams(api, key, before, await api.Now())).ShouldHaveSingleItem().GetProperty("fields");

        var field = fields.EnumerateArray().ShouldHaveSingleItem();
        (field.GetProperty("path").GetString(), field.GetProperty("after").GetString()).ShouldBe(("tasks[TSK-1].owner", "spec-07"));
    }

    [Theory]
    [InlineData("from=2027-05-15T14:00:00Z", "to")]
    [InlineData("to=2027-05-15T14:00:00Z", "from")]
    [InlineData("from=2027-05-15T14:00:01Z&to=2027-05-15T14:00:00Z", "from")]
    [InlineData("from=yesterday&to=2027-05-15T14:00:00Z", "from")]
    [InlineData("from=2027-05-15T14:00:00Z&to=2027-05-15T14:00:00Z&clock=wall", "clock")]
    [InlineData("from=2027-05-15T14:00:00Z&to=2027-05-15T14:00:00Z&asOf=2027-05-15T14:00:00Z", "asOf")]
    public async Task A_parameter_that_is_wrong_is_named(string query, string member)
    {
        var api = await server.As("spec-04");

        (await api.Get($"/v1/crises/CR-2027-0007/diff?{query}")).ShouldBeProblem(422, "validation", member: member);
    }

    [Theory]
    [InlineData("crises/CR-2027-9999")]
    [InlineData("crises/ESC-2027-000101")]
    [InlineData("crises/nonsense")]
    public async Task What_is_not_there_is_not_found(string path) =>
        (await (await server.As("spec-04")).Get($"/v1/{path}/diff?from=2027-05-15T14:00:00Z&to=2027-05-15T15:00:00Z")).ShouldBeProblem(404, "not-found");

    [Fact]
    public async Task Before_it_was_there_there_is_no_difference_and_what_lies_ahead_is_not_there_yet()
    {
        var api = await server.As("spec-04");
        var key = await api.Raised();

        (await api.Get($"/v1/escalations/{key}/diff?from=2001-01-01T00:00:00Z&to=2001-01-02T00:00:00Z")).ShouldBeProblem(404, "not-found");
        (await Streams(api, key, DateTimeOffset.UnixEpoch, (await api.Now()).AddYears(5))).ShouldHaveSingleItem().GetProperty("change").GetString().ShouldBe("Appeared");
        (await Streams(api, key, (await api.Now()).AddYears(4), (await api.Now()).AddYears(5))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_thousand_sentences_are_enough_for_one_answer()
    {
        var api = await server.As("spec-04");
        var key = await api.Raised();
        (await api.Note(key, "again")).ShouldBeDone();
        await server.Database.Execute(
            """
            insert into crisis.timeline (stream, version, recorded_at, occurred_at, kind, event_type, author, tlp, core)
            select stream, version + n, recorded_at + n * interval '1 microsecond', occurred_at, kind, event_type, author, tlp, core
              from crisis.timeline, generate_series(1, 1100) n where stream = $1 and kind = 'Note'
            """,
            key);

        var diff = (await api.Get($"/v1/escalations/{key}/diff?from=2001-01-01T00:00:00Z&to={At(await api.Now())}")).ShouldBe(200).Json;

        diff.GetProperty("more").GetBoolean().ShouldBeTrue();
        diff.GetProperty("streams")[0].GetProperty("sentences").EnumerateArray().Count(s => s.TryGetProperty("entryId", out _)).ShouldBe(1000);
    }

    private async Task<(CrisisStories.Crisis Crisis, string Escalation)> Linked()
    {
        var crisis = await server.StandUp();
        var escalation = await crisis.Lead.Raised(new { region = new[] { crisis.Region } });
        await server.Link(crisis.Lead, escalation, crisis.Key);
        return (crisis, escalation);
    }

    private static async Task<JsonElement[]> Streams(Api api, string key, DateTimeOffset from, DateTimeOffset to) =>
        [.. (await api.Get($"{StreamCalls.Path(key)}/diff?from={At(from)}&to={At(to)}")).ShouldBe(200).Json.GetProperty("streams").EnumerateArray()];

    private static string Name(JsonElement stream) => $"{stream.GetProperty("stream").GetString()} {stream.GetProperty("change").GetString()}";

    private static string[] Sentences(JsonElement stream) => [.. stream.GetProperty("sentences").EnumerateArray().Select(s => s.GetProperty("text").GetString()!)];

    private static string At(DateTimeOffset at) => TimelineCalls.Instant(at);
}
