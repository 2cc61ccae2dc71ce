using System.Globalization;
using System.Text.Json;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Escalations;

/// <summary>What the list of allowed commands proposes where a person or an entry has to be chosen, however many would not do.</summary>
public sealed class OfferedCandidatesTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task The_only_colleague_who_would_do_is_found_among_many_who_would_not()
    {
        var owner = await server.As("spec-04", clearance: "RED");
        var key = await owner.Raised();
        (await owner.Post(key, "take", new { })).ShouldBeDone();
        for (var i = 0; i < Candidates.Most + 5; i++)
        {
            await Directory($"a-colleague-{i:D2}", "GREEN", onShiftUntil: "2090-01-01T00:00:00Z");
        }

        (await Sample(owner, key, "reassign")).ShouldBeNull();
        (await owner.Post(key, "reassign", new { to = "a-colleague-01", reason = "x" })).ShouldBeProblem(422, "guard-failed", guard: "assignee-cleared");
        (await Sample(owner, key, "name-reader")).ShouldBeNull();

        await Directory("z-colleague", "RED");

        (await Sample(owner, key, "reassign"))!.Value.GetProperty("to").GetString().ShouldBe("z-colleague");
        (await Sample(owner, key, "name-reader"))!.Value.GetProperty("person").GetString().ShouldBe("z-colleague");
        (await owner.Post(key, "name-reader", (await Sample(owner, key, "name-reader"))!.Value.GetRawText())).ShouldBeDone();
        (await Sample(owner, key, "name-reader")).ShouldBeNull();
        await Directory("z-colleague", "CLEAR");
    }

    [Fact]
    public async Task Whoever_is_on_shift_longest_is_proposed_first()
    {
        var owner = await server.As("spec-04", clearance: "RED");
        var key = await owner.Raised();
        (await owner.Post(key, "take", new { })).ShouldBeDone();
        for (var i = 0; i < Candidates.Most + 5; i++)
        {
            await Directory($"b-colleague-{i:D2}", "AMBER", onShiftUntil: i % 2 == 0 ? "2020-01-01T00:00:00Z" : null);
        }

        await Directory("y-colleague", "AMBER", onShiftUntil: "2090-01-01T00:00:00Z");

        (await Sample(owner, key, "reassign"))!.Value.GetProperty("to").GetString().ShouldBe("y-colleague");
        for (var i = 0; i < Candidates.Most + 5; i++)
        {
            await Directory($"b-colleague-{i:D2}", "CLEAR");
        }

        await Directory("y-colleague", "CLEAR");
    }

    [Fact]
    public async Task One_s_own_note_is_found_below_many_entries_of_others()
    {
        var author = await server.As("spec-04");
        var other = await server.As("spec-09");
        var key = await author.Raised();
        var note = (await author.Note(key, "11 injured")).ShouldBeDone().Version;
        for (var i = 0; i < Candidates.Most + 5; i++)
        {
            (await other.Note(key, $"Update {i}")).ShouldBeDone();
        }

        (await Sample(author, key, "correct-note"))!.Value.GetProperty("entry").GetInt64().ShouldBe(note);
        (await Sample(author, key, "redact-entry"))!.Value.GetProperty("entry").GetInt64().ShouldBe(note);
        (await author.Post(key, "redact-entry", new { entry = note, reason = "names a victim" })).ShouldBeDone();
        (await Sample(author, key, "correct-note")).ShouldBeNull();
        (await Sample(author, key, "redact-entry")).ShouldBeNull();
    }

    [Fact]
    public async Task A_duty_lead_is_not_offered_a_RED_note_of_others_before_being_named()
    {
        var author = await server.As("spec-04", clearance: "RED");
        var lead = await server.As("lead-01", roles: ["duty-lead"], clearance: "RED");
        var key = await author.Raised();
        var note = (await author.Post(key, "post-note", new { text = "The source is inside", tlp = "RED" })).ShouldBeDone().Version;

        (await Sample(lead, key, "correct-note")).ShouldBeNull();
        (await lead.Post(key, "correct-note", new { entry = note, text = "x", reason = "x" })).ShouldBeProblem(422, "guard-failed", guard: "note-exists");
        (await lead.Post(key, "redact-entry", new { entry = note, reason = "x" })).ShouldBeProblem(422, "guard-failed", guard: "entry-exists");

        (await lead.Post(key, "break-glass-read", new { reason = "the author can not be reached" })).ShouldBeDone();
        (await Sample(lead, key, "correct-note"))!.Value.GetProperty("entry").GetInt64().ShouldBe(note);
        (await lead.Post(key, "redact-entry", new { entry = note, reason = "names a source" })).ShouldBeDone();
    }

    private async Task Directory(string person, string clearance, string? onShiftUntil = null)
    {
        var admin = await server.As("admin-01", roles: ["admin"]);
        (await admin.Put($"/v1/directory/people/{person}", new { roles = new[] { "specialist" }, regions = new[] { "*" }, clearance, onShiftUntil })).ShouldBeDone();
    }

    /// <summary>The body shown with a command; null when the command is not listed.</summary>
    private static async Task<JsonElement?> Sample(Api who, string key, string command) =>
        (await who.Get(string.Create(CultureInfo.InvariantCulture, $"/v1/escalations/{key}"))).ShouldBeDone().Json.GetProperty("commands").EnumerateArray()
            .Where(c => c.GetProperty("name").GetString() == command).Select(c => (JsonElement?)c.GetProperty("sample")).SingleOrDefault();
}
