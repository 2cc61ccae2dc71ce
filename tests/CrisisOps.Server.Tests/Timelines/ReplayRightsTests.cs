using System.Net.Http.Headers;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Timelines;

/// <summary>What changes while a replay runs: the next entry already obeys.</summary>
public sealed class ReplayRightsTests(ReplayServer server) : IClassFixture<ReplayServer>
{
    [Fact]
    public async Task A_case_that_becomes_too_secret_in_the_middle_is_taken_away()
    {
        var (lead, key) = await Case();
        var reader = await server.As("spec-77", regions: ["XN"], clearance: "AMBER");
        server.Reader.Meanwhile = async wait =>
        {
            server.Reader.Meanwhile = null;
            (await lead.Give(key, "raise-tlp", new { to = "AMBER+STRICT", reason = "names of victims" })).ShouldBe(200);
        };

        var replay = await reader.Replayed(key, "speed=60");

        replay.Entries().Select(e => e.Headline()).ShouldNotContain("the last");
        (replay[^1].Name, replay[^1].Data.GetProperty("timeline").GetString()).ShouldBe(("hidden", key));
    }

    [Fact]
    public async Task What_is_redacted_while_the_replay_waits_for_it_does_not_come()
    {
        var (lead, key) = await Case();
        var last = (await lead.Timeline(key))[^1].GetProperty("version").GetInt64();
        var function = await server.As("legal-04", roles: ["legal-counsel"], regions: ["XN"], functions: ["Legal"], clearance: "AMBER");
        await lead.Gives(key, "request-input", new { function = "Legal", question = "May we?", dueAt = (await lead.Now()).AddHours(1) });
        (await function.Replayed(key, "speed=60")).Entries().Select(e => e.Headline()).ShouldContain("the last");
        server.Reader.Meanwhile = async wait =>
        {
            server.Reader.Meanwhile = null;
            (await lead.Give(key, "redact-entry", new { entry = last, reason = "names a victim" })).ShouldBe(200);
        };

        var replay = await function.Replayed(key, "speed=60");

        replay.Entries().Select(e => e.Headline()).ShouldNotContain("the last");
        replay[^1].Name.ShouldBe("end");
    }

    /// <summary>Sixteen megabytes that nobody reads: were they read ahead, the redacted one would be among them.</summary>
    [Fact]
    public async Task Whoever_reads_slowly_holds_the_replay_up_and_nothing_is_read_ahead_for_them()
    {
        var lead = await server.As("duty-lead-07", roles: ["duty-lead"], regions: ["XN"], clearance: "RED");
        var key = await lead.Raised(new { region = new[] { "XN" } });
        var text = new string('x', 8_000);
        for (var page = 0; page < 20; page++)
        {
            await Task.WhenAll(Enumerable.Range(0, 150).Select(async n => (await lead.Note(key, $"{page}-{n} {text}")).ShouldBeDone()));
        }

        (await lead.Note(key, "the very last")).ShouldBeDone();
        var last = (await lead.Read(key)).GetProperty("version").GetInt64();
        using var http = new HttpClient { BaseAddress = server.Node.Url };
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/timelines/{key}/replay?speed=max");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", lead.Token);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await body.ReadExactlyAsync(new byte[1], TestContext.Current.CancellationToken);

        var redacted = (await lead.Give(key, "redact-entry", new { entry = last, reason = "names a victim" })).ShouldBe(200);

        using var reader = new StreamReader(body);
        var rest = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        var replay = ReplayCalls.Read("\n\n" + rest[rest.IndexOf("event: entry", StringComparison.Ordinal)..]);
        var mark = replay.Single(e => e.Name == "entry" && e.Data.Headline() == "the very last").Data;
        mark.GetProperty("amendedBy").GetString().ShouldBe($"{key}@{redacted.Version}");
        replay[^1].Name.ShouldBe("end");
    }

    private async Task<(Api Lead, string Key)> Case()
    {
        var lead = await server.As("duty-lead-07", roles: ["duty-lead"], regions: ["XN"], clearance: "RED");
        var key = await lead.Raised(new { region = new[] { "XN" } });
        await server.Database.RulesHeard();
        await lead.Pass(TimeSpan.FromMinutes(1));
        (await lead.Note(key, "the last")).ShouldBeDone();
        return (lead, key);
    }
}
