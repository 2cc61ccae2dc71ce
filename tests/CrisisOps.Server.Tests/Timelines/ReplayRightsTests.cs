using System.Net.Http.Headers;
using CrisisOps.Server.Tests.Crises;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Elections;
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

    [Theory]
    [InlineData("spec-78")]
    [InlineData("desk-78")]
    public async Task What_a_reader_does_not_see_being_corrected_changes_nothing_of_their_replay(string subject)
    {
        var lead = await server.As("duty-lead-07", roles: ["duty-lead"], regions: ["XN"], clearance: "RED");
        var partner = await server.As("desk-78", roles: ["partner"], partner: "PRT-078", clearance: "AMBER");
        var key = await partner.Raised(new { region = new[] { "XN" }, source = "TrustedPartner" });
        await lead.Gives(key, "take", new { reason = "mine" });
        var secret = await lead.Gives(key, "post-note", new { text = "Their names", tlp = "RED" });
        await server.Database.RulesHeard();
        var reader = subject == "desk-78" ? partner : await server.As(subject, regions: ["XN"], clearance: "AMBER");
        var once = (await reader.GetReplay(key, "speed=max")).ShouldBe(200).Text;

        await lead.Gives(key, "correct-note", new { entry = secret.Version, text = "Two names", reason = "one was wrong", tlp = "RED" });

        (await reader.GetReplay(key, "speed=max")).ShouldBe(200).Text.ShouldBe(once);
    }

    [Fact]
    public async Task An_election_that_goes_out_of_sight_leaves_the_boards_and_the_replay_goes_on()
    {
        var region = StreamCalls.NewRegion();
        var elections = await server.Staff("el-01", "election-lead");
        var election = await elections.Scheduled(region);
        await elections.Pass(TimeSpan.FromDays(1.1));
        var crisis = await server.StandUp(region);
        await server.Database.RulesHeard();
        await crisis.Lead.Pass(TimeSpan.FromMinutes(1));
        await crisis.Commander.Gives(crisis.Key, "post-update", new { condition = "The video is down." });
        var reader = await server.As("spec-79", regions: [region], clearance: "AMBER");
        server.Reader.Meanwhile = async wait =>
        {
            server.Reader.Meanwhile = null;
            await elections.Gives(election, "raise-tlp", new { to = "AMBER+STRICT", reason = "names of candidates" });
        };

        var replay = await reader.Replayed(crisis.Key, "speed=60&frames=board");

        server.Reader.Meanwhile = null;
        var boards = replay.Where(e => e.Name == "board").Select(e => e.Data.GetProperty("elections").GetArrayLength()).ToArray();
        (boards[0], boards[^1]).ShouldBe((1, 0));
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
