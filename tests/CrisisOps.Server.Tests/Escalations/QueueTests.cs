using System.Text.Json;
using CrisisOps.Server.Escalations;
using CrisisOps.Server.Tests.Harness;
using Shouldly;

namespace CrisisOps.Server.Tests.Escalations;

/// <summary>The order of domain §9.3: live danger, legal deadline under four hours, severity, share of the SLA left, age.</summary>
public sealed class QueueTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Pages_of_the_queue_come_in_the_order_a_simple_sort_gives_and_each_row_says_why()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var specialist = await server.As("spec-04", roles: ["specialist", "duty-lead"]);
        for (var i = 0; i < 90; i++)
        {
            await Raise(specialist, random);
        }

        foreach (var limit in new[] { 1, 2, random.Next(3, 20), 60 }) // wherever a page ends, the next one goes on from there
        {
            var (rows, now) = await Pages(specialist, limit);
            var expected = await server.Database.Column<string>(
                """
                select key from crisis.escalations where queued
                 order by live_danger desc, coalesce(legal_due <= $1::timestamptz + interval '4 hours', false) desc, severity,
                          case when sla_span = 0 then 1e9 else extract(epoch from (sla_due - $1))::float8 / sla_span end, raised_at, key
                """,
                now);

            rows.Select(r => r.GetProperty("key").GetString()).ShouldBe(expected, $"seed {seed}, limit {limit}");
            rows.ShouldAllBe(r => r.GetProperty("why").GetString()!.Contains("SEV", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_snoozed_case_leaves_the_queue_and_comes_back_when_woken()
    {
        var specialist = await server.As("spec-04");
        var key = await specialist.Raised(new { proposedSeverity = "SEV4" });

        (await specialist.Post(key, "snooze", new { reason = "their office is closed", until = TimeProvider.System.GetUtcNow().AddHours(3) })).ShouldBeDone();
        (await Pages(specialist, 200)).Rows.ShouldNotContain(r => r.GetProperty("key").GetString() == key);
        (await specialist.Post(key, "wake", new { reason = "they called" })).ShouldBeDone();
        (await Pages(specialist, 200)).Rows.ShouldContain(r => r.GetProperty("key").GetString() == key);
    }

    [Fact]
    public async Task A_partner_finds_no_case_in_the_queue_not_even_its_own()
    {
        var partner = await server.As("civic-watch", roles: ["partner"], partner: "PRT-1");
        await partner.Raised(new { source = "TrustedPartner" });

        (await Pages(partner, 200)).Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_live_queue_sends_the_page_again_when_something_changes()
    {
        var specialist = await server.As("spec-04");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/queue/live?limit=500");
        using var response = await specialist.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(patience.Token));
        var first = await NextPage(reader, patience.Token);

        var key = await specialist.Raised();

        first.ShouldNotContain(key);
        string page;
        do
        {
            page = await NextPage(reader, patience.Token);
        }
        while (!page.Contains(key, StringComparison.Ordinal));
    }

    private static async Task<string> NextPage(StreamReader reader, CancellationToken cancellation)
    {
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new EndOfStreamException("The live queue ended.");
    }

    private static async Task Raise(Api specialist, Random random)
    {
        string[] severities = ["SEV1", "SEV2", "SEV3", "SEV4"];
        var severity = severities[random.Next(4)];
        var now = TimeProvider.System.GetUtcNow();
        var key = await specialist.Raised(random.Next(6) switch
        {
            0 => new { proposedSeverity = severity, threatToLife = true },
            1 => new { proposedSeverity = severity, surface = "Live" },
            2 => new { proposedSeverity = severity, hardDeadline = now.AddMinutes(random.Next(-60, 600)) },
            _ => new { proposedSeverity = severity },
        });
        if (random.Next(2) == 0)
        {
            (await specialist.Post(key, "triage", new { severity = severities[random.Next(4)], policyArea = "Spam", region = new[] { "XN" }, duplicateSearchDone = true })).ShouldBeDone();
        }
    }

    /// <summary>All pages, and the instant they were made for: shares of SLA are compared as of then.</summary>
    private static async Task<(List<JsonElement> Rows, DateTimeOffset Now)> Pages(Api caller, int limit)
    {
        var now = default(DateTimeOffset);
        List<JsonElement> rows = [];
        string? cursor = null;
        do
        {
            var page = (await caller.Get($"/v1/queue?limit={limit}{(cursor is null ? "" : $"&cursor={cursor}")}")).ShouldBe(200).Json;
            rows.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("next").GetString();
            now = cursor is null ? now : QueueQuery.Place(QueueQuery.Mark, cursor)!.Now;
        }
        while (cursor is not null);

        return (rows, now);
    }
}
