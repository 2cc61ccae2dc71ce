using System.Globalization;
using System.Text.Json;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Timelines;

/// <summary>Nothing is edited: Core keeps the old text with the mark of its correction, nobody else reads it again.</summary>
public sealed class CorrectionTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Wrong = "11 injured";
    private const string Right = "number of injured not confirmed";

    [Fact]
    public async Task Core_reads_the_old_text_with_who_corrected_it_when_and_the_consulted_function_the_new_one()
    {
        var (owner, legal, key) = await Consulted();
        var note = (await owner.Note(key, Wrong)).ShouldBeDone().Version;
        (await legal.Get($"/v1/timelines/{key}")).Text.ShouldContain(Wrong);

        var correction = (await owner.Post(key, "correct-note", new { entry = note, text = Right, reason = "one source only" })).ShouldBeDone().Version;

        var old = await Entry(owner, key, note);
        old.GetProperty("headline").GetString().ShouldBe(Wrong);
        old.GetProperty("amendedBy").GetString().ShouldBe(string.Create(CultureInfo.InvariantCulture, $"{key}@{correction}"));
        var mark = await Entry(owner, key, correction);
        old.GetProperty("amendedAt").GetDateTimeOffset().ShouldBe(mark.GetProperty("recordedAt").GetDateTimeOffset());
        mark.GetProperty("supersedes").GetString().ShouldBe(string.Create(CultureInfo.InvariantCulture, $"{key}@{note}"));
        var seen = (await legal.Get($"/v1/timelines/{key}")).ShouldBe(200).Text;
        seen.ShouldContain(Right);
        seen.ShouldContain("corrected at");
        seen.ShouldNotContain(Wrong);
    }

    [Fact]
    public async Task As_of_before_the_correction_only_core_reads_the_old_text_and_sees_no_mark_yet()
    {
        var (owner, legal, key) = await Consulted();
        var note = (await owner.Note(key, Wrong)).ShouldBeDone().Version;
        var then = (await Entry(owner, key, note)).GetProperty("recordedAt").GetString();
        (await owner.Post(key, "correct-note", new { entry = note, text = Right, reason = "one source only" })).ShouldBeDone();

        var core = (await owner.Get($"/v1/timelines/{key}?asOf={then}")).ShouldBe(200).Text;
        var consulted = (await legal.Get($"/v1/timelines/{key}?asOf={then}")).ShouldBe(200).Text;

        core.ShouldContain(Wrong);
        core.ShouldNotContain("amendedAt");
        core.ShouldNotContain(Right);
        consulted.ShouldNotContain(Wrong);
    }

    [Fact]
    public async Task A_redacted_entry_is_gone_for_everybody_but_core()
    {
        var (owner, legal, key) = await Consulted();
        var note = (await owner.Note(key, "the victim is called Maria")).ShouldBeDone().Version;
        var then = (await Entry(owner, key, note)).GetProperty("recordedAt").GetString();

        (await owner.Post(key, "redact-entry", new { entry = note, reason = "names a victim" })).ShouldBeDone();

        (await Entry(owner, key, note)).TryGetProperty("amendedAt", out _).ShouldBeTrue();
        (await owner.Get($"/v1/timelines/{key}")).Text.ShouldContain("Maria");
        foreach (var query in (string[])["", "?order=recorded", $"?asOf={then}"])
        {
            (await legal.Get($"/v1/timelines/{key}{query}")).ShouldBe(200).Text.ShouldNotContain("Maria");
        }
    }

    [Fact]
    public async Task Only_the_newest_text_is_corrected_and_only_by_its_author_or_a_duty_lead()
    {
        var (owner, _, key) = await Consulted();
        var colleague = await server.As("spec-09");
        var note = (await owner.Note(key, Wrong)).ShouldBeDone().Version;

        (await colleague.Post(key, "correct-note", new { entry = note, text = Right, reason = "no" })).ShouldBeProblem(422, "guard-failed", guard: "own-note");
        (await owner.Post(key, "correct-note", new { entry = 1, text = Right, reason = "no" })).ShouldBeProblem(422, "guard-failed", guard: "entry-is-a-note");
        (await owner.Post(key, "correct-note", new { entry = 999, text = Right, reason = "no" })).ShouldBeProblem(422, "guard-failed", guard: "note-exists");
        var second = (await owner.Post(key, "correct-note", new { entry = note, text = Right, reason = "one source" })).ShouldBeDone().Version;
        (await owner.Post(key, "correct-note", new { entry = note, text = "12", reason = "no" })).ShouldBeProblem(422, "guard-failed", guard: "note-current");
        var lead = await server.As("lead-01", roles: ["duty-lead"]);
        (await lead.Post(key, "correct-note", new { entry = second, text = "9 injured, confirmed", reason = "the hospital says so" })).ShouldBeDone();
    }

    private async Task<(Api Owner, Api Legal, string Key)> Consulted()
    {
        var owner = await server.As("spec-04");
        var legal = await server.As("legal-01", roles: ["legal-counsel"], functions: ["Legal"]);
        var key = await owner.Raised();
        (await owner.Post(key, "request-input", new { question = "May this stay up?", function = "Legal", dueAt = "2090-01-01T00:00:00Z" })).ShouldBeDone();
        return (owner, legal, key);
    }

    private static async Task<JsonElement> Entry(Api caller, string key, long version) =>
        (await caller.Get($"/v1/timelines/{key}")).ShouldBe(200).Json.GetProperty("items").EnumerateArray().Single(e => e.GetProperty("version").GetInt64() == version);
}
