using System.Text.Json;
using CrisisOps.Domain.Intake;
using CrisisOps.Server.Intake.Formats;
using Shouldly;

namespace CrisisOps.Server.Tests.Intake.Formats;

/// <summary>The report of Norland Civic Watch (#8 of the scenario): in whatever format it comes, it is the same alert.</summary>
public sealed class OneAlertManyFormatsTests
{
    private const string Members = """
        "title":"Live video of an attack at a polling station","dedupKey":"ncw-8","text":"The stream is still running.","severity":"Extreme","policyArea":"ViolenceAndIncitement","surface":"Live",
        "regions":["XN"],"languages":["en"],"content":["vid-77"],"threatToLife":true,"tlp":"AMBER"
        """;

    private const string Message = """
        <alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
          <identifier>ncw-8</identifier><sender>alerts@ncw.example</sender><sent>2027-05-15T13:55:00-00:00</sent>
          <status>Actual</status><msgType>Alert</msgType><scope>Public</scope><code>tlp:amber</code>
          <info>
            <language>en</language><category>Security</category><event>Attack</event><urgency>Immediate</urgency><severity>Extreme</severity><certainty>Observed</certainty>
            <onset>2027-05-15T13:52:00-00:00</onset><headline>Live video of an attack at a polling station</headline><description>The stream is still running.</description>
            <parameter><valueName>policyArea</valueName><value>ViolenceAndIncitement</value></parameter><parameter><valueName>surface</valueName><value>Live</value></parameter>
            <parameter><valueName>contentId</valueName><value>vid-77</value></parameter><parameter><valueName>threatToLife</valueName><value>true</value></parameter>
            <area><areaDesc>Norland</areaDesc><geocode><valueName>ISO3166-1</valueName><value>XN</value></geocode></area>
          </info>
        </alert>
        """;

    [Fact]
    public void As_cap_as_a_cloud_event_and_in_our_own_format_it_is_the_same()
    {
        var cap = Words(Sent.Alert<Cap>(Message));

        Words(Sent.Alert<CloudEvents>($$"""{"specversion":"1.0","id":"ncw-8","source":"/ncw","type":"org.ncw.alert.v1","time":"2027-05-15T13:52:00Z","data":{ {{Members}} } }""")).ShouldBe(cap);
        Words(Sent.Alert<OwnAlerts>($$"""{"externalRef":"ncw-8","occurredAt":"2027-05-15T15:52:00+02:00",{{Members}} }""")).ShouldBe(cap);
    }

    private static string Words(IncomingAlert alert) => JsonSerializer.Serialize(alert with { Format = AlertFormat.Alerts });
}
