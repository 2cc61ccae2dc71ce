using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Timelines;

/// <summary>Whoever watches a crisis is told what to take off the screen.</summary>
public sealed class HiddenLiveTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task An_unlink_hides_the_stream_and_a_second_link_brings_it_back_after_that()
    {
        var (crisis, escalation) = await Linked();
        await using var watch = await Watching(crisis, crisis.Lead, escalation);

        await crisis.Lead.Gives(escalation, "unlink", new { key = crisis.Key, reason = "another story" });
        await watch.Until(w => w.Hid("stream", escalation));
        await server.Database.RulesHeard();
        await server.Link(crisis.Lead, escalation, crisis.Key);

        await watch.Until(w => w.VersionsOf(escalation).Count(v => v == 1) == 2);
        watch.Reader.Events.FindIndex(e => e.Name == "hidden").ShouldBeLessThan(watch.Reader.Events.FindLastIndex(e => e.Name == "entry" && e.Data.Id() == $"{escalation}@1"));
        watch.Reader.Events.Count(e => e.Name == "hidden").ShouldBe(1);
    }

    [Fact]
    public async Task A_raised_secrecy_of_the_escalation_hides_it_and_leaves_the_crisis()
    {
        var (crisis, escalation) = await Linked();
        var reader = await server.As("spec-81", regions: [crisis.Region], clearance: "AMBER");
        await using var watch = await Watching(crisis, reader, escalation);

        (await crisis.Lead.Post(escalation, "raise-tlp", new { to = "AMBER+STRICT", reason = "names a victim" })).ShouldBeDone();

        await watch.Until(w => w.Hid("stream", escalation));
        await crisis.Commander.Gives(crisis.Key, "post-note", new { text = "goes on" });
        await watch.Until(w => w.Saw("goes on"));
        (await reader.Timeline(crisis.Key)).ShouldAllBe(e => e.GetProperty("stream").GetString() == crisis.Key);
    }

    [Fact]
    public async Task A_raised_secrecy_of_the_crisis_ends_the_stream()
    {
        var (crisis, escalation) = await Linked();
        var reader = await server.As("spec-82", regions: [crisis.Region], clearance: "AMBER");
        await using var watch = await Watching(crisis, reader, escalation);

        await crisis.Lead.Gives(crisis.Key, "raise-tlp", new { to = "AMBER+STRICT", reason = "names a victim" });

        await watch.Until(w => w.Hid("timeline", crisis.Key));
        (await reader.Get($"/v1/timelines/{crisis.Key}")).ShouldBeProblem(404, "not-found");
    }

    [Fact]
    public async Task A_redacted_entry_of_a_linked_stream_is_hidden_from_whoever_read_it_outside_Core()
    {
        var (crisis, escalation) = await Linked();
        var legal = await server.As("legal-01", roles: ["legal-counsel"], functions: ["Legal"]);
        (await crisis.Lead.Post(escalation, "request-input", new { question = "May this stay up?", function = "Legal", dueAt = "2090-01-01T00:00:00Z" })).ShouldBeDone();
        var note = (await crisis.Lead.Note(escalation, "the victim is called Maria")).ShouldBeDone().Version;
        await using var watch = await Watching(crisis, legal, escalation);
        await watch.Until(w => w.Saw("the victim is called Maria"));

        (await crisis.Lead.Post(escalation, "redact-entry", new { entry = note, reason = "names a victim" })).ShouldBeDone();

        await watch.Until(w => w.Hid("entryId", $"{escalation}@{note}"));
        (await legal.Get($"/v1/timelines/{crisis.Key}?limit=500")).ShouldBe(200).Text.ShouldNotContain("Maria");
        (await crisis.Lead.Get($"/v1/timelines/{crisis.Key}?limit=500")).ShouldBe(200).Text.ShouldContain("Maria");
    }

    [Fact]
    public async Task Whoever_comes_back_is_told_what_was_hidden_meanwhile()
    {
        var (crisis, escalation) = await Linked();
        var gone = await Watching(crisis, crisis.Lead, escalation);
        await gone.DisposeAsync();

        await crisis.Lead.Gives(escalation, "unlink", new { key = crisis.Key, reason = "another story" });
        await server.Database.RulesHeard();

        var count = gone.Reader.Events.Count;
        await using var back = new LiveWatch(server.Node, crisis.Lead, gone.Reader);
        await back.Until(w => w.Hid("stream", escalation));
        back.Reader.Events.Skip(count).ShouldNotContain(e => e.Name == "entry" && e.Data.GetProperty("stream").GetString() == escalation);
    }

    private async Task<LiveWatch> Watching(CrisisStories.Crisis crisis, Api reader, string escalation)
    {
        var watch = new LiveWatch(server.Node, reader, new LiveReader(crisis.Key));
        await watch.Until(w => w.VersionsOf(escalation).Length > 0);
        return watch;
    }

    private async Task<(CrisisStories.Crisis Crisis, string Escalation)> Linked()
    {
        var crisis = await server.StandUp();
        var escalation = await crisis.Lead.Raised(new { region = new[] { crisis.Region } });
        await server.Link(crisis.Lead, escalation, crisis.Key);
        return (crisis, escalation);
    }
}
