using CrisisOps.Domain.Intake;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Intake.Formats;
using Shouldly;

namespace CrisisOps.Server.Tests.Intake.Formats;

/// <summary>The webhook of Prometheus Alertmanager.</summary>
public sealed class AlertmanagerTests
{
    private const string Webhook = """
        {"version":"4","groupKey":"{}:{alertname=\"ReportSurge\"}","truncatedAlerts":0,"status":"firing","receiver":"crisisops","groupLabels":{"alertname":"ReportSurge"},"commonLabels":{},
         "commonAnnotations":{},"externalURL":"http://alertmanager.example:9093","alerts":[
          {"status":"firing","labels":{"alertname":"ReportSurge","severity":"critical","policy_area":"VoterInterference","region":"XN","surface":"Feed","instance":"a:9090"},
           "annotations":{"summary":"Reports from Norland rise","description":"Three times the usual.","runbook_url":"https://runbooks.example/surge"},
           "startsAt":"2027-05-15T13:52:00.123456789Z","endsAt":"0001-01-01T00:00:00Z","generatorURL":"http://prometheus.example/graph?g0","fingerprint":"c1f2a3"},
          {"status":"resolved","labels":{"alertname":"ReportSurge"},"annotations":{},"startsAt":"2027-05-15T12:00:00Z","endsAt":"2027-05-15T13:00:00Z","generatorURL":"","fingerprint":"d4e5f6"}]}
        """;

    [Fact]
    public void Each_of_its_alerts_is_one()
    {
        var alerts = Sent.To<Alertmanager>(Webhook).Alerts;
        alerts.Select(a => a.Line).ShouldBe([1, 2]);

        var firing = alerts[0].Alert.ShouldNotBeNull();
        (firing.Action, firing.DedupKey, firing.ExternalRef).ShouldBe((AlertAction.Trigger, "c1f2a3", "c1f2a3@2027-05-15T13:52:00.123456789Z/firing"));
        (firing.Title, firing.Text, firing.SeverityWord).ShouldBe(("Reports from Norland rise", "Three times the usual.", "critical"));
        (firing.PolicyArea, firing.Surface).ShouldBe((PolicyArea.VoterInterference, Surface.Feed));
        firing.Regions.ShouldBe(["XN"]);
        firing.EvidenceRefs.ShouldBe(["http://prometheus.example/graph?g0", "https://runbooks.example/surge"]);
        firing.OccurredAt.ShouldBe(new DateTimeOffset(2027, 5, 15, 13, 52, 0, TimeSpan.Zero).AddTicks(1234567));
        firing.Marks.ShouldBeEmpty();

        var resolved = alerts[1].Alert.ShouldNotBeNull();
        (resolved.Action, resolved.Title, resolved.ExternalRef).ShouldBe((AlertAction.Resolve, "ReportSurge", "d4e5f6@2027-05-15T12:00:00Z/resolved"));
        resolved.OccurredAt!.Value.Hour.ShouldBe(13);
    }

    [Fact]
    public void A_repetition_is_the_same_and_a_new_episode_is_not()
    {
        var first = Sent.To<Alertmanager>(Webhook).Alerts[0].Alert!;
        Sent.To<Alertmanager>(Webhook.Replace("crisisops", "again")).Alerts[0].Alert!.ExternalRef.ShouldBe(first.ExternalRef);

        var later = Sent.To<Alertmanager>(Webhook.Replace("13:52:00", "18:00:00")).Alerts[0].Alert!;
        later.ExternalRef.ShouldNotBe(first.ExternalRef);
        later.DedupKey.ShouldBe(first.DedupKey);
    }

    [Fact]
    public void Without_a_fingerprint_an_alert_is_what_its_labels_are()
    {
        string Without(string labels) => $$"""{"version":"4","alerts":[{"status":"firing","labels":{{labels}},"startsAt":"2027-05-15T12:00:00Z"}]}""";
        var key = Sent.Alert<Alertmanager>(Without("""{"alertname":"A","x":"1"}""")).DedupKey;

        Sent.Alert<Alertmanager>(Without("""{"x":"1","alertname":"A"}""")).DedupKey.ShouldBe(key);
        Sent.Alert<Alertmanager>(Without("""{"alertname":"A","x":"2"}""")).DedupKey.ShouldNotBe(key);
    }

    [Fact]
    public void What_is_missing_is_marked()
    {
        var alert = Sent.Alert<Alertmanager>("""{"version":"4","truncatedAlerts":3,"alerts":[{"fingerprint":"f","status":"odd"}]}""");
        (alert.Title, alert.Action).ShouldBe(("Alert of Alertmanager without a name", AlertAction.Trigger));
        alert.Marks.Select(m => m.Split(':')[0]).ShouldBe(["title", "status", "truncatedAlerts"]);
    }

    [Theory]
    [InlineData("", "", 400)]
    [InlineData("[]", "", 400)]
    [InlineData("{\"alerts\":[]}", "version", 422)]
    [InlineData("{\"version\":\"3\",\"alerts\":[]}", "version", 422)]
    [InlineData("{\"version\":\"4\"}", "alerts", 422)]
    [InlineData("{\"version\":\"4\",\"alerts\":{}}", "alerts", 422)]
    [InlineData("{\"version\":\"4\",\"alerts\":[", "", 400)]
    public void What_is_no_webhook_of_version_4_is_refused(string body, string member, int status) =>
        Sent.To<Alertmanager>(body).Refused.ShouldNotBeNull().ShouldSatisfyAllConditions(f => f.Member.ShouldBe(member), f => f.Status.ShouldBe(status));

    [Fact]
    public void An_alert_that_is_none_spoils_no_other()
    {
        var alerts = Sent.To<Alertmanager>(Webhook.Replace("\"alerts\":[", "\"alerts\":[7,")).Alerts;
        alerts.Select(a => a.Alert is not null).ShouldBe([false, true, true]);
        alerts[0].Fault!.Member.ShouldBe("alerts[0]");
    }

    [Fact]
    public void More_than_ten_thousand_are_refused_as_a_whole() =>
        Sent.To<Alertmanager>($$"""{"version":"4","alerts":[{{string.Join(',', Enumerable.Repeat(1, 10_001))}}]}""").Refused!.Status.ShouldBe(413);

    [Fact]
    public async Task The_answer_is_200_as_soon_as_one_is_kept()
    {
        (await Sent.Answered<Alertmanager>(Webhook)).ShouldBe((200, """{"kept":2,"refused":0}"""));
        (await Sent.Answered<Alertmanager>(Webhook.Replace("\"alerts\":[", "\"alerts\":[7,"))).ShouldBe((200, """{"kept":2,"refused":1}"""));
        (await Sent.Answered<Alertmanager>("""{"version":"4","alerts":[]}""")).ShouldBe((200, """{"kept":0,"refused":0}"""));
        (await Sent.Answered<Alertmanager>("""{"version":"4","alerts":[7]}""")).Status.ShouldBe(422);
    }
}
