using System.Text.Json;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Intake;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Intake.Formats;
using Shouldly;

namespace CrisisOps.Server.Tests.Intake.Formats;

/// <summary>The Events API v2: a client of PagerDuty notices no difference.</summary>
public sealed class PagerDutyTests
{
    private const string Trigger = """
        {"routing_key":"key-of-the-source","event_action":"trigger","dedup_key":"station-12","client":"NCW Monitor","client_url":"https://ncw.example/m",
         "payload":{"summary":"Live video of an attack","source":"monitor-3","severity":"critical","timestamp":"2027-05-15T13:52:00.000+0000","component":"live","group":"north","class":"video",
           "custom_details":{"content_ids":["vid-77","vid-78"],"region":"XN","policy_area":"violence_and_incitement","load":0.7}},
         "links":[{"href":"https://ncw.example/8","text":"Case"}],"images":[{"src":"https://ncw.example/8.png"}]}
        """;

    private const string Least = """{"routing_key":"k","event_action":"trigger","payload":{"summary":"s","source":"m","severity":"info"}}""";

    [Fact]
    public void A_trigger_is_an_alert()
    {
        var alert = Sent.Alert<PagerDuty>(Trigger);

        (alert.Format, alert.Action, alert.DedupKey).ShouldBe((AlertFormat.PagerDuty, AlertAction.Trigger, "station-12"));
        (alert.Title, alert.SeverityWord, alert.PolicyArea).ShouldBe(("Live video of an attack", "critical", PolicyArea.ViolenceAndIncitement));
        alert.Text.ShouldBe("Source: monitor-3\nComponent: live\nGroup: north\nClass: video\nClient: NCW Monitor\nload: 0.7");
        alert.ContentRefs.ShouldBe([new ContentRef("vid-77", "item"), new ContentRef("vid-78", "item")]);
        alert.Regions.ShouldBe(["XN"]);
        alert.EvidenceRefs.ShouldBe(["https://ncw.example/8", "https://ncw.example/8.png", "https://ncw.example/m"]);
        alert.OccurredAt.ShouldBe(new DateTimeOffset(2027, 5, 15, 13, 52, 0, TimeSpan.Zero));
        alert.Marks.ShouldBeEmpty();
    }

    [Fact]
    public void A_timestamp_in_another_form_is_left_out_and_marked() =>
        Sent.Alert<PagerDuty>(Trigger.Replace("2027-05-15T", "")).ShouldSatisfyAllConditions(a => a.OccurredAt.ShouldBeNull(), a => a.Marks.ShouldHaveSingleItem().ShouldStartWith("occurredAt"));

    [Fact]
    public void The_routing_key_is_the_key_of_the_source()
    {
        var format = new PagerDuty();
        format.KeyIn(Sent.Request(format, Trigger)).ShouldBe("key-of-the-source");
        format.KeyIn(Sent.Request(format, "{}")).ShouldBeNull();
        format.KeyIn(Sent.Request(format, "[")).ShouldBeNull();
    }

    [Theory]
    [InlineData("acknowledge", AlertAction.Acknowledge)]
    [InlineData("resolve", AlertAction.Resolve)]
    public void The_other_actions_need_no_payload(string action, AlertAction expected)
    {
        var alert = Sent.Alert<PagerDuty>($$"""{"routing_key":"k","event_action":"{{action}}","dedup_key":"station-12"}""");
        (alert.Action, alert.DedupKey, alert.Title).ShouldBe((expected, "station-12", $"{action} of an earlier alert"));
    }

    [Fact]
    public void The_same_bytes_within_the_hour_are_the_same_alert_sent_again()
    {
        var format = new PagerDuty();
        IncomingAlert At(string body, double hours) => format.Read(Sent.Request(format, body) with { ReceivedAt = Sent.Now.AddHours(hours) }).Alerts.Single().Alert!;

        At(Least, 0).ExternalRef.ShouldBe(At(Least, 0.01).ExternalRef);
        At(Least, 0).ExternalRef.ShouldNotBe(At(Least.Replace("\"s\"", "\"t\""), 0).ExternalRef);
        At(Least, 0).ExternalRef.ShouldNotBe(At(Least, 24).ExternalRef, "found again the next day");

        At(Trigger, 0).ExternalRef.ShouldBe(At(Trigger, 24).ExternalRef, "it says itself when it was");
    }

    [Fact]
    public void A_trigger_without_a_dedup_key_is_given_one_and_told_it()
    {
        var made = Sent.Alert<PagerDuty>(Least).DedupKey.ShouldNotBeNull();
        made.Length.ShouldBeInRange(1, 255);
        made.ShouldBe(Sent.Alert<PagerDuty>(Least).DedupKey);
    }

    [Theory]
    [InlineData("\"routing_key\":\"k\",", "", "routing_key")]
    [InlineData("\"routing_key\":\"k\",", "\"routing_key\":\"\",", "routing_key")]
    [InlineData("\"event_action\":\"trigger\",", "", "event_action")]
    [InlineData("\"trigger\"", "\"Trigger\"", "event_action")]
    [InlineData("\"trigger\"", "\"resolve\"", "dedup_key")]
    [InlineData("\"trigger\"", "\"acknowledge\"", "dedup_key")]
    [InlineData("\"summary\":\"s\",", "", "payload.summary")]
    [InlineData("\"source\":\"m\",", "", "payload.source")]
    [InlineData("\"severity\":\"info\"", "\"x\":1", "payload.severity")]
    [InlineData("\"info\"", "\"fatal\"", "payload.severity")]
    [InlineData("{\"summary\":\"s\",\"source\":\"m\",\"severity\":\"info\"}", "[]", "payload.summary")]
    public async Task What_the_events_api_refuses_is_refused_in_its_words(string part, string other, string member)
    {
        var body = Least.Replace(part, other);
        Sent.Fault<PagerDuty>(body).ShouldSatisfyAllConditions(f => f.Member.ShouldBe(member), f => f.Status.ShouldBe(400));

        var (status, answer) = await Sent.Answered<PagerDuty>(body);
        status.ShouldBe(400);
        answer.ShouldStartWith("""{"status":"invalid event","message":"Event object is invalid","errors":["'""" + member);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_said_at_once()
    {
        var (_, answer) = await Sent.Answered<PagerDuty>("""{"event_action":"trigger","payload":{}}""");
        JsonDocument.Parse(answer).RootElement.GetProperty("errors").GetArrayLength().ShouldBe(4);
    }

    [Fact]
    public void Lengths_end_where_those_of_pagerduty_end()
    {
        Sent.Fault<PagerDuty>(Trigger.Replace("station-12", new string('k', 256))).Member.ShouldBe("dedup_key");
        Sent.Alert<PagerDuty>(Trigger.Replace("station-12", new string('k', 255))).DedupKey!.Length.ShouldBe(255);
        Sent.Fault<PagerDuty>(Trigger.Replace("Live video", new string('s', 1025))).Member.ShouldBe("payload.summary");

        var alert = Sent.Alert<PagerDuty>(Least.Replace("\"s\"", $"\"{new string('s', 1024)}\""));
        alert.Title.Length.ShouldBe(300);
        alert.Text.ShouldStartWith(new string('s', 1024));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"routing_key\":")]
    public void What_is_no_json_object_can_not_be_read(string body) => Sent.Fault<PagerDuty>(body).Status.ShouldBe(400);

    [Fact]
    public async Task The_answer_is_that_of_pagerduty() =>
        (await Sent.Answered<PagerDuty>(Trigger)).ShouldBe((202, """{"status":"success","message":"Event processed","dedup_key":"station-12"}"""));

    [Theory]
    [InlineData(401, 400, "invalid event")]
    [InlineData(403, 400, "invalid event")]
    [InlineData(415, 400, "invalid event")]
    [InlineData(413, 413, "invalid event")]
    [InlineData(429, 429, "throttle exceeded")]
    [InlineData(503, 503, "internal error")]
    public async Task What_the_door_refuses_is_said_in_its_words_too(int refused, int status, string word)
    {
        var answered = await Sent.Answered(new PagerDuty().Refusal(refused, "Not now."));
        answered.Status.ShouldBe(status);
        answered.Body.ShouldStartWith($$"""{"status":"{{word}}","message":""");
        answered.Body.ShouldContain("Not now.");
    }

    [Fact]
    public async Task What_could_not_be_kept_may_be_sent_again()
    {
        var format = new PagerDuty();
        var request = Sent.Request(format, Trigger);
        (await Sent.Answered(format.Answer(request, [new AlertAnswer(1, format.Read(request).Alerts.Single().Alert, null, null)]))).Status.ShouldBe(503);
    }
}
