using System.Text.Json;
using System.Text.Json.Nodes;
using CrisisOps.Server.Tests.Deadlines;
using CrisisOps.Server.Tests.Harness;
using CrisisOps.Server.Tests.Scenarios;
using Shouldly;

namespace CrisisOps.Server.Tests.Intake;

/// <summary>The report of Norland Civic Watch (#8 of the scenario) comes in by itself, as CAP and as a CloudEvent.</summary>
public sealed class NorlandAlertTests(TestServer server) : IClassFixture<TestServer>
{
    private static readonly DateTimeOffset _now = new(2027, 5, 15, 13, 55, 10, TimeSpan.Zero);

    /// <summary>What differs between two reports of the same, and has nothing to do with what is reported.</summary>
    private static readonly string[] _itsOwn = ["key", "version", "commands", "clocks", "raisedAt", "raisedBy", "externalRef", "keyNumber", "receiptAcknowledgedAt"];

    [Fact]
    public async Task As_cap_and_as_a_cloud_event_it_raises_the_same_escalation_as_by_hand()
    {
        var report = await Report();
        var (cap, @event) = (await Monitor(), await Monitor());

        var asCap = await Raised(cap, await SendCap(cap, report));
        var asEvent = await Raised(@event, await SendEvent(@event, report));

        asEvent.ShouldBe(asCap);
        var seen = JsonDocument.Parse(asCap).RootElement;
        foreach (var (member, told) in new[] { ("title", "title"), ("allegation", "allegation"), ("source", "source"), ("surface", "surface"), ("regions", "region"), ("languages", "language"), ("proposedSeverity", "proposedSeverity") })
        {
            seen.GetProperty(member).GetRawText().ShouldBe(report.GetProperty(told).GetRawText(), member);
        }

        seen.GetProperty("flags").EnumerateArray().Select(f => f.GetString()).ShouldBe(["ThreatToLife", "LiveContent"], ignoreOrder: true);
        seen.GetProperty("contentRefs")[0].GetProperty("itemId").GetString().ShouldBe("live-77120");
        seen.GetProperty("requester").GetProperty("contactRef").GetString().ShouldBe("vault:norland-civic-watch-duty");
        seen.GetProperty("occurredAt").GetDateTimeOffset().ShouldBe(_now.AddMinutes(-3).AddSeconds(-10));
    }

    [Fact]
    public async Task Both_at_the_same_instant_on_two_nodes_are_one_alert()
    {
        var other = await server.StartAnotherNode();
        var report = await Report();
        for (var round = 0; round < 10; round++)
        {
            var feed = await Monitor();

            var receipts = await Task.WhenAll(SendCap(feed, report), SendEvent(feed.At(other), report));

            receipts[0].ShouldBe(receipts[1]);
            var key = (await server.RaisedBy(feed)).ShouldHaveSingleItem();
            (await server.Stored(feed)).ShouldBe(1);
            await server.Tallied();
            (await (await server.As("spec-04")).Read(key)).GetProperty("reportCount").GetInt32().ShouldBe(1);
            await Reject(key); // the next round is about the same content
        }
    }

    private async Task<Feed> Monitor() => await server.Feed(new { kind = "TrustedPartner" }, "XN");

    /// <summary>The body with which the scenario reports it, at its time.</summary>
    private async Task<JsonElement> Report()
    {
        var specialist = await server.As("spec-04");
        if (await specialist.Now() < _now)
        {
            await specialist.MoveTo(_now);
        }

        return (await Story.Norland()).Step("/v1/escalations").Body!.Value;
    }

    private static async Task<string> SendCap(Feed feed, JsonElement report)
    {
        string Told(string member) => report.GetProperty(member).GetString()!;
        return await Receipt(feed.Send("/v1/alerts/cap", $"""
            <alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
              <identifier>{Told("externalRef")}</identifier><sender>alerts@ncw.example</sender><sent>2027-05-15T13:55:00-00:00</sent>
              <status>Actual</status><msgType>Alert</msgType><scope>Public</scope>
              <info>
                <language>en</language><category>Security</category><event>Attack</event><urgency>Immediate</urgency><severity>Extreme</severity><certainty>Observed</certainty>
                <onset>2027-05-15T13:52:00-00:00</onset><headline>{Told("title")}</headline><description>{Told("allegation")}</description>
                <parameter><valueName>surface</valueName><value>{Told("surface")}</value></parameter>
                <parameter><valueName>contentId</valueName><value>live-77120</value></parameter>
                <parameter><valueName>threatToLife</valueName><value>true</value></parameter>
                <parameter><valueName>contactRef</valueName><value>{report.GetProperty("requester").GetProperty("contactRef").GetString()}</value></parameter>
                <area><areaDesc>Norland</areaDesc><geocode><valueName>ISO3166-1</valueName><value>XN</value></geocode></area>
              </info>
            </alert>
            """, "application/cap+xml"));
    }

    private static Task<string> SendEvent(Feed feed, JsonElement report)
    {
        var data = new
        {
            title = report.GetProperty("title"),
            text = report.GetProperty("allegation"),
            dedupKey = report.GetProperty("externalRef"),
            severity = "critical",
            surface = report.GetProperty("surface"),
            regions = report.GetProperty("region"),
            languages = report.GetProperty("language"),
            content = new[] { "live-77120" },
            threatToLife = true,
            contactRef = report.GetProperty("requester").GetProperty("contactRef"),
        };
        var @event = new { specversion = "1.0", id = report.GetProperty("externalRef"), source = "/ncw", type = "org.ncw.alert.v1", time = "2027-05-15T13:52:00Z", data };
        return Receipt(feed.Send("/v1/alerts/cloudevents", JsonSerializer.Serialize(@event), "application/cloudevents+json"));
    }

    private static async Task<string> Receipt(Task<Answer> answer) => (await answer).ShouldBe(202).Json.GetProperty("receipt").GetString()!;

    /// <summary>The escalation that an alert raised, without what is its own; it is then ended, as another one is about the same content.</summary>
    private async Task<string> Raised(Feed feed, string receipt)
    {
        var key = (await server.RaisedBy(feed)).ShouldHaveSingleItem();
        (await server.CaseOf(receipt)).ShouldBe(key);
        var seen = JsonNode.Parse((await (await server.As("spec-04")).Read(key)).GetRawText())!.AsObject();
        seen["externalRef"]!.GetValue<string>().ShouldBe($"{feed.Source}/NCW-2027-0093");
        foreach (var own in _itsOwn)
        {
            seen.Remove(own);
        }

        await Reject(key);
        return seen.ToJsonString();
    }

    private async Task Reject(string key) =>
        (await (await server.As("lead-01", roles: ["duty-lead"])).Post(key, "reject", new { reason = "Duplicate", explanation = "Reported twice." })).Ok.ShouldBeTrue();
}
