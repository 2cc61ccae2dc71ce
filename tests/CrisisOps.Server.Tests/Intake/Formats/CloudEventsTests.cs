using System.Text;
using CrisisOps.Domain.Intake;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Intake.Formats;
using Microsoft.AspNetCore.Http;
using Shouldly;

namespace CrisisOps.Server.Tests.Intake.Formats;

/// <summary>CloudEvents 1.0 in its three modes over HTTP.</summary>
public sealed class CloudEventsTests
{
    private const string Binary = "application/json";
    private const string Batch = "application/cloudevents-batch+json";
    private const string Data = """{"title":"Live video of an attack","surface":"Live"}""";
    private const string Event = """{"specversion":"1.0","id":"ncw-8","source":"/ncw/alerts","type":"org.ncw.alert.v1","datacontenttype":"application/json","subject":"station-12","time":"2027-05-15T13:52:00Z","data":{"title":"Live video of an attack","surface":"Live"}}""";

    [Fact]
    public void A_structured_event_is_an_alert()
    {
        var alert = Sent.Alert<CloudEvents>(Event);

        (alert.Format, alert.ExternalRef, alert.Title, alert.DedupKey, alert.Surface).ShouldBe((AlertFormat.CloudEvents, "ncw-8", "Live video of an attack", "station-12", Surface.Live));
        alert.OccurredAt.ShouldBe(new DateTimeOffset(2027, 5, 15, 13, 52, 0, TimeSpan.Zero));
        alert.Marks.ShouldBeEmpty();
    }

    [Fact]
    public void The_data_may_be_in_base64() => Sent.Alert<CloudEvents>(Event.Replace(
        $"\"data\":{Data}", $"\"data_base64\":\"{Convert.ToBase64String(Encoding.UTF8.GetBytes(Data))}\"")).Title.ShouldBe("Live video of an attack");

    [Fact]
    public void What_the_data_says_goes_before_what_the_attributes_say()
    {
        var alert = Sent.Alert<CloudEvents>(Event.Replace("\"surface\"", "\"dedupKey\":\"mine\",\"externalRef\":\"other\",\"occurredAt\":\"2027-05-15T13:50:00Z\",\"surface\""));

        (alert.DedupKey, alert.OccurredAt!.Value.Minute).ShouldBe(("mine", 50));
        alert.ExternalRef.ShouldBe("ncw-8", "the id of the event is the name of the alert");
    }

    [Fact]
    public void The_extensions_for_secrecy_and_severity_are_read()
    {
        var alert = Sent.Alert<CloudEvents>(Event.Replace("\"subject\"", "\"dataclassification\":\"AMBER+STRICT\",\"severitytext\":\"high\",\"traceparent\":\"x\",\"subject\""));
        (alert.Tlp, alert.SeverityWord).ShouldBe((Tlp.AmberStrict, "high"));
    }

    [Theory]
    [InlineData("\"specversion\":\"1.0\",", "", "specversion")]
    [InlineData("\"id\":\"ncw-8\",", "", "id")]
    [InlineData("\"id\":\"ncw-8\",", "\"id\":\"\",", "id")]
    [InlineData("\"source\":\"/ncw/alerts\",", "", "source")]
    [InlineData("\"type\":\"org.ncw.alert.v1\",", "", "type")]
    [InlineData("\"1.0\"", "\"0.3\"", "")]
    [InlineData("2027-05-15T13:52:00Z", "at noon", "")]
    [InlineData("\"subject\":", "\"no_name\":", "")]
    [InlineData("\"subject\":\"station-12\"", "\"subject\":7", "")]
    [InlineData("\"/ncw/alerts\"", "\"http://[\"", "")]
    [InlineData("{\"title\":\"Live video of an attack\",\"surface\":\"Live\"}", "null", "data")]
    [InlineData("{\"title\":\"Live video of an attack\",\"surface\":\"Live\"}", "{}", "data.title")]
    public void What_the_specification_refuses_is_refused(string part, string other, string member)
    {
        var fault = Sent.Fault<CloudEvents>(Event.Replace(part, other));
        (fault.Member, fault.Status).ShouldBe((member, 422));
        fault.What.ShouldNotContain("noon");
    }

    [Theory]
    [InlineData("\"text\"")]
    [InlineData("[1]")]
    public void Data_that_is_no_object_can_not_be_read(string data) => Sent.Fault<CloudEvents>(Event.Replace(Data, data)).ShouldSatisfyAllConditions(f => f.Member.ShouldBe("data"), f => f.Status.ShouldBe(400));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"\\ud800\":1}")]
    public void What_is_no_json_object_can_not_be_read(string body) => Sent.Fault<CloudEvents>(body).Status.ShouldBe(400);

    [Fact]
    public void A_binary_event_has_its_attributes_in_headers()
    {
        var alert = Sent.Alert<CloudEvents>(Data, Binary, Headers());

        (alert.ExternalRef, alert.Title, alert.DedupKey).ShouldBe(("ncw-8", "Live video of an attack", "station 12"));
        alert.OccurredAt.ShouldBe(new DateTimeOffset(2027, 5, 15, 13, 52, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("ce-specversion", null, "specversion")]
    [InlineData("ce-specversion", "2.0", "")]
    [InlineData("ce-id", null, "id")]
    [InlineData("ce-source", null, "source")]
    [InlineData("ce-type", null, "type")]
    [InlineData("ce-time", "noon", "")]
    [InlineData("ce-no_name", "x", "")]
    public void Its_headers_are_held_to_the_same_rules(string header, string? value, string member)
    {
        var headers = Headers();
        headers.Remove(header);
        if (value is not null)
        {
            headers[header] = value;
        }

        var fault = Sent.Fault<CloudEvents>(Data, Binary, headers);
        (fault.Member, fault.Status).ShouldBe((member, 422));
    }

    [Fact]
    public void Of_a_batch_the_good_events_count()
    {
        var alerts = Sent.To<CloudEvents>($"[{Event},{Event.Replace("\"id\":\"ncw-8\",", "")},7,{Event.Replace("ncw-8", "ncw-9")}]", Batch).Alerts;

        alerts.Select(a => (a.Line, a.Alert?.ExternalRef, a.Fault?.Member)).ShouldBe([(1, "ncw-8", null), (2, null, "id"), (3, null, ""), (4, "ncw-9", null)]);
        Encoding.UTF8.GetString(alerts[0].Raw.Span).ShouldBe(Event);
    }

    [Fact]
    public void A_batch_is_a_list_of_at_most_a_thousand()
    {
        Sent.To<CloudEvents>(Event, Batch).Refused!.Status.ShouldBe(400);
        Sent.To<CloudEvents>($"[{string.Join(',', Enumerable.Repeat(1, 1001))}]", Batch).Refused!.Status.ShouldBe(413);
    }

    [Fact]
    public void The_data_of_an_event_has_at_most_512_kB() => Sent.Fault<CloudEvents>(Event.Replace("Live video", new string('x', 600_000))).Status.ShouldBe(413);

    [Fact]
    public async Task The_answer_is_a_receipt_and_to_a_batch_one_for_each()
    {
        (await Sent.Answered<CloudEvents>(Event)).ShouldBe((202, """{"receipt":"00000001-0000-0000-0000-000000000000"}"""));
        (await Sent.Answered<CloudEvents>($"[{Event},7]", Batch)).Body.Split('\n')[0].ShouldBe("""{"line":1,"receipt":"00000001-0000-0000-0000-000000000000"}""");
    }

    private static HeaderDictionary Headers() => new()
    {
        ["ce-specversion"] = "1.0",
        ["ce-id"] = "ncw-8",
        ["ce-source"] = "/ncw/alerts",
        ["ce-type"] = "org.ncw.alert.v1",
        ["ce-subject"] = "station%2012",
        ["ce-time"] = "2027-05-15T13:52:00Z",
        ["Authorization"] = "Bearer of no matter",
    };
}
