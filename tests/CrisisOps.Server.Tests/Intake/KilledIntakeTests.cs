using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Timelines;
using Shouldly;
using static CrisisOps.Server.Tests.Intake.AlertCalls;

namespace CrisisOps.Server.Tests.Intake;

/// <summary>kill -9 in the midst of a bulk: what was stored is told by the next start, and all of it sent again counts nothing twice.</summary>
public sealed class KilledIntakeTests(TestPostgres postgres)
{
    private const int Sent = 10_000;
    private const int Cases = 20;

    [Fact]
    public async Task What_was_counted_before_is_told_after_the_next_start_and_all_of_it_sent_again_is_counted_once()
    {
        await using var database = await postgres.CreateDatabase();
        await using var server = await ServerProcess.Start(database.ConnectionString);
        var admin = await server.As("admin-01", roles: ["admin"]);
        (await admin.Put("/v1/directory/people/pm-01", new { roles = new[] { "partner-manager", "admin" }, regions = new[] { "*" }, clearance = "RED" })).ShouldBe(200);
        var manager = await server.As("pm-01", roles: ["partner-manager", "admin"], clearance: "RED");
        var feed = await manager.Feed(server.With(null));
        var lead = await server.As("lead-01", roles: ["duty-lead"], clearance: "RED"); // its token outlives the process
        var lines = Enumerable.Range(0, Sent).Select(n => Alert($"case {n % Cases}", reference: $"line-{n}", title: $"case {n % Cases}").Line()).ToArray();

        var sending = feed.Bulk(lines);
        await Eventually.Is(async () => await Stored(database) >= Sent / 10, "some of it is stored");
        await server.Kill();
        await Should.ThrowAsync<HttpRequestException>(sending);
        var before = await Stored(database);
        before.ShouldBeLessThan(Sent);
        (await database.Scalar<bool>("select exists (select 1 from crisis.alert_folds)")).ShouldBeTrue("something was counted and is not told yet");

        await server.Restart();
        await database.Tallied();
        var seen = await Task.WhenAll((await Raised(database)).Select(key => lead.Read(key)));
        seen.Sum(s => s.GetProperty("reportCount").GetInt64()).ShouldBe(before);
        (await lead.Timeline(seen[0].GetProperty("key").GetString()!)).ShouldContain(e => e.GetRawText().Contains($"{seen[0].GetProperty("reportCount")} in all"));

        var answers = await feed.Bulk(lines);

        answers.Select(a => a.GetProperty("receipt").GetString()).Distinct().Count().ShouldBe(Sent);
        await database.Tallied();
        (await Stored(database)).ShouldBe(Sent);
        var keys = await Raised(database);
        keys.Count.ShouldBe(Cases);
        foreach (var key in keys)
        {
            (await lead.Read(key)).GetProperty("reportCount").GetInt64().ShouldBe(Sent / Cases);
        }

        (await database.Scalar<long>("select sum(n)::bigint from crisis.alert_counts")).ShouldBe(Sent - Cases);
    }

    private static Task<long> Stored(TestDatabase database) => database.Scalar<long>("select count(*) from crisis.alerts");

    private static Task<List<string>> Raised(TestDatabase database) => database.Column<string>("select key from crisis.escalations order by key");
}
