using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Timelines;
using Shouldly;

namespace CrisisOps.Server.Tests.Intake;

/// <summary>A real Alertmanager notifies us, by either of the receivers that it is connected with.</summary>
public sealed class RealAlertmanagerTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task By_its_webhook_an_alert_opens_a_further_one_folds_and_its_end_closes_nothing()
    {
        var feed = await server.Feed(new { formats = new[] { "Alertmanager" } });
        await using var alertmanager = await AlertmanagerProcess.Start(
            $$"""webhook_configs: [{ url: '{{server.Node.Url}}v1/alerts/alertmanager', send_resolved: true, http_config: { authorization: { credentials: {{feed.ApiKey}} } } }]""", "'...'");

        await Plays(feed, alertmanager, Alert(feed, "a"), Alert(feed, "b"), "ContentId");
    }

    [Fact]
    public async Task By_its_receiver_for_PagerDuty_the_same()
    {
        var feed = await server.Feed(new { formats = new[] { "PagerDuty" } });
        await using var alertmanager = await AlertmanagerProcess.Start(
            $$"""pagerduty_configs: [{ url: '{{server.Node.Url}}v2/enqueue', routing_key: {{feed.ApiKey}}, send_resolved: true, severity: critical }]""", "alertname");

        await Plays(feed, alertmanager, Alert(feed, "a"), Alert(feed, "b"), "DedupKey");
    }

    private async Task Plays(Feed feed, AlertmanagerProcess alertmanager, Dictionary<string, string> first, Dictionary<string, string> second, string foldsBy)
    {
        await alertmanager.Fires(first);
        await Eventually.Is(async () => (await server.RaisedBy(feed)).Count == 1, "the alert raises an escalation");
        var key = (await server.RaisedBy(feed))[0];
        var specialist = await server.As("spec-04", regions: [feed.Region]);
        (await specialist.Read(key)).GetProperty("proposedSeverity").GetString().ShouldBe("SEV1");

        await alertmanager.Fires(second);
        await Eventually.Is(async () => (await Reasons(key)).SequenceEqual(["New", foldsBy]), "the further one is folded in");

        await Repeats(feed);
        (await Reasons(key)).ShouldBe(["New", foldsBy]);

        await alertmanager.Ends(first, second);
        await Eventually.Is(async () => (await Reasons(key)).Contains("Resolved"), "it is told that it is over");
        await Eventually.Is(async () => (await specialist.Timeline(key)).Any(e => e.GetRawText().Contains("says that it is over", StringComparison.Ordinal)), "so does the timeline");
        var seen = await specialist.Read(key);
        (seen.GetProperty("state").GetString(), seen.GetProperty("reportCount").GetInt32()).ShouldBe(("Received", 2));
        (await server.RaisedBy(feed)).ShouldBe([key]);
        server.Log.Errors.ShouldBeEmpty();
    }

    /// <summary>While an alert fires, it is notified of again and again.</summary>
    private async Task Repeats(Feed feed)
    {
        var manager = await server.Staff("pm-01", "partner-manager");
        async Task<long> Uses() => (await manager.Get($"/v1/sources/{feed.Source}/uses")).ShouldBe(200).Json.GetProperty("uses").GetInt64();
        var before = await Uses();
        await Eventually.Is(async () => await Uses() >= before + 2, "it notifies again");
    }

    private Task<List<string>> Reasons(string key) => server.Database.Column<string>("select reason from crisis.alerts where escalation = $1 order by received_at, reason", key);

    private static Dictionary<string, string> Alert(Feed feed, string instance) => new()
    {
        ["alertname"] = $"ReportSurge-{feed.Source}",
        ["severity"] = "critical",
        ["instance"] = instance,
        ["region"] = feed.Region,
        ["content_id"] = $"vid-{feed.Source}",
    };
}
