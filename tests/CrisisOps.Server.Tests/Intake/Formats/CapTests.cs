using System.Text;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Intake;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Intake.Formats;
using CrisisOps.Server.Tests.Channels.Cap;
using Shouldly;

namespace CrisisOps.Server.Tests.Intake.Formats;

/// <summary>CAP 1.2 coming in: what a message means here, and what the standard refuses.</summary>
public sealed class CapTests
{
    private const string Message = """
        <?xml version="1.0" encoding="UTF-8"?>
        <alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
          <identifier>ncw-8</identifier><sender>alerts@ncw.example</sender><sent>2027-05-15T15:55:00+02:00</sent>
          <status>Actual</status><msgType>Alert</msgType><scope>Public</scope><code>tlp:amber</code>
          <info>
            <language>nb-NO</language><category>Security</category><event>Angrep</event><urgency>Immediate</urgency><severity>Minor</severity><certainty>Observed</certainty>
          </info>
          <info>
            <language>en-GB</language><category>Security</category><event>Attack</event><urgency>Immediate</urgency><severity>Extreme</severity><certainty>Observed</certainty>
            <eventCode><valueName>policy_area</valueName><value>ViolenceAndIncitement</value></eventCode>
            <onset>2027-05-15T15:52:00+02:00</onset><headline>Live video of an attack</headline><description>Since five minutes.</description><instruction>Take it down.</instruction>
            <web>https://ncw.example/8</web>
            <parameter><valueName>crisisops:contentId</valueName><value>vid-77, vid-78</value></parameter>
            <parameter><valueName>surface</valueName><value>Live</value></parameter>
            <parameter><valueName>threatToLife</valueName><value>true</value></parameter>
            <parameter><valueName>colour</valueName><value>red</value></parameter>
            <area><areaDesc>Norland, north</areaDesc><geocode><valueName>ISO3166-2</valueName><value>XN-01</value></geocode><geocode><valueName>SAME</valueName><value>006109</value></geocode></area>
          </info>
        </alert>
        """;

    private const string Earlier = "<references>alerts@ncw.example,ncw-9,2027-05-15T14:30:00-00:00 alerts@ncw.example,ncw-7,2027-05-15T13:00:00-00:00</references>";

    [Fact]
    public void A_message_is_an_alert_in_english_if_it_can_be()
    {
        var alert = Sent.Alert<Cap>(Message);

        (alert.Format, alert.ExternalRef, alert.DedupKey, alert.Action).ShouldBe((AlertFormat.Cap, "ncw-8", "ncw-8", AlertAction.Trigger));
        (alert.Title, alert.Text, alert.SeverityWord).ShouldBe(("Live video of an attack", "Since five minutes.\n\nTake it down.", "Extreme"));
        (alert.PolicyArea, alert.Surface, alert.ThreatToLife, alert.Tlp).ShouldBe((PolicyArea.ViolenceAndIncitement, Surface.Live, true, Tlp.AMBER));
        alert.ContentRefs.ShouldBe([new ContentRef("vid-77", "item"), new ContentRef("vid-78", "item")]);
        alert.Regions.ShouldBe(["XN-01"]);
        alert.Languages.ShouldBe(["nb-NO", "en-GB"]);
        alert.EvidenceRefs.ShouldBe(["https://ncw.example/8"]);
        alert.OccurredAt.ShouldBe(new DateTimeOffset(2027, 5, 15, 13, 52, 0, TimeSpan.Zero));
        alert.Exercise.ShouldBeFalse();
        alert.Marks.ShouldBeEmpty();
    }

    [Fact]
    public void Without_a_word_of_english_the_first_language_is_told()
    {
        var alert = Sent.Alert<Cap>(Message.Replace("en-GB", "de"));
        (alert.Title, alert.SeverityWord).ShouldBe(("Angrep", "Minor"));
    }

    [Fact]
    public void What_is_still_to_come_is_true_from_when_it_was_sent() =>
        Sent.Alert<Cap>(Message.Replace("15:52:00", "23:52:00")).OccurredAt.ShouldBe(new DateTimeOffset(2027, 5, 15, 13, 55, 0, TimeSpan.Zero));

    [Fact]
    public void An_area_without_codes_is_told_by_its_name() => Sent.Alert<Cap>(Message.Replace("ISO3166-2", "FIPS6")).ShouldSatisfyAllConditions(
        alert => alert.Regions.ShouldBeEmpty(), alert => alert.Text.ShouldBe("Since five minutes.\n\nTake it down.\n\nArea: Norland, north"));

    [Theory]
    [InlineData("Update", AlertAction.Trigger)]
    [InlineData("Cancel", AlertAction.Resolve)]
    [InlineData("Ack", AlertAction.Acknowledge)]
    [InlineData("Error", AlertAction.Acknowledge)]
    public void Later_messages_belong_to_the_earliest_that_they_refer_to(string type, AlertAction action)
    {
        var alert = Sent.Alert<Cap>(OfType(type));
        (alert.ExternalRef, alert.DedupKey, alert.Action).ShouldBe(("ncw-8", "ncw-7", action));
    }

    [Fact]
    public void A_cancel_needs_no_info()
    {
        var cancel = OfType("Cancel");
        var alert = Sent.Alert<Cap>(cancel[..cancel.IndexOf("<info>", StringComparison.Ordinal)] + "</alert>");
        (alert.Title, alert.Action).ShouldBe(("CAP Cancel", AlertAction.Resolve));
    }

    [Theory]
    [InlineData("Exercise")]
    [InlineData("System")]
    [InlineData("Test")]
    [InlineData("Draft")]
    public void Whatever_is_not_actual_is_an_exercise(string status)
    {
        var alert = Sent.Alert<Cap>(Message.Replace("Actual", status).Replace("colour", "exercise").Replace("<value>red", "<value>false"));
        alert.Exercise.ShouldBeTrue();
        alert.Marks.ShouldContain($"status: a message of status {status} is taken as an exercise.");
    }

    [Theory]
    [InlineData("<identifier>ncw-8</identifier>", "", "alert/sender")]
    [InlineData("<identifier>ncw-8</identifier>", "<identifier>ncw 8</identifier>", "alert/identifier")]
    [InlineData("<identifier>ncw-8</identifier>", "<identifier>ncw,8</identifier>", "alert/identifier")]
    [InlineData("<identifier>ncw-8</identifier>", "<identifier>a&lt;b</identifier>", "alert/identifier")]
    [InlineData("alerts@ncw.example<", "alerts of ncw<", "alert/sender")]
    [InlineData("alerts@ncw.example<", "<", "alert/sender")]
    [InlineData("15:55:00+02:00", "13:55:00Z", "alert/sent")]
    [InlineData("15:55:00+02:00", "13:55:00", "alert/sent")]
    [InlineData("15:55:00+02:00", "13:55:00.5-00:00", "alert/sent")]
    [InlineData("Actual", "Real", "alert/status")]
    [InlineData("<msgType>Alert", "<msgType>Warning", "alert/msgType")]
    [InlineData("<scope>Public", "<scope>Everyone", "alert/scope")]
    [InlineData("<scope>Public", "<scope>Restricted", "alert")]
    [InlineData("<scope>Public", "<scope>Private", "alert")]
    [InlineData("<msgType>Alert", "<msgType>Update", "alert")]
    [InlineData("<category>Security", "<category>Weather", "alert/info/category")]
    [InlineData("<urgency>Immediate", "<urgency>Soon", "alert/info/urgency")]
    [InlineData("<severity>Extreme", "<severity>Bad", "alert/info/severity")]
    [InlineData("<certainty>Observed", "<certainty>Sure", "alert/info/certainty")]
    [InlineData("<event>Attack</event>", "", "alert/info/urgency")]
    [InlineData("<areaDesc>Norland, north</areaDesc>", "", "alert/info/area/geocode")]
    [InlineData("<code>tlp:amber</code>", "<code>tlp:amber</code><extra/>", "alert/extra")]
    [InlineData("<code>tlp:amber</code>", "<code>tlp:amber</code><references>ncw-7</references>", "alert/references")]
    public void What_the_standard_refuses_is_refused(string part, string other, string where)
    {
        var fault = Sent.Fault<Cap>(Message.Replace(part, other));
        (fault.Member, fault.Status).ShouldBe((where, 422));
    }

    [Fact]
    public void An_alert_without_an_info_says_nothing() =>
        Sent.Fault<Cap>(Message[..Message.IndexOf("<info>", StringComparison.Ordinal)] + "</alert>").Status.ShouldBe(422);

    [Fact]
    public void A_rule_that_changes_no_meaning_is_marked()
    {
        var alert = Sent.Alert<Cap>(Message.Replace("15:55:00+02:00", "13:55:00+00:00"));
        alert.Marks.ShouldHaveSingleItem().ShouldStartWith("alert/sent: UTC is written -00:00");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"><identifier>")]
    [InlineData("<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.1\"/>")]
    [InlineData("<html/>")]
    [InlineData("<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\">\u0000</alert>")]
    public void What_is_no_such_xml_can_not_be_read(string body) => Sent.Fault<Cap>(body).Status.ShouldBe(400);

    [Fact]
    public void Entities_are_refused_before_they_are_opened()
    {
        var laughs = string.Concat(Enumerable.Range(1, 20).Select(i => $"<!ENTITY l{i} \"{string.Concat(Enumerable.Repeat($"&l{i - 1};", 10))}\">"));
        Sent.Fault<Cap>(WithType($"<!ENTITY l0 \"ha\">{laughs}", "&l20;")).Status.ShouldBe(400);
        Sent.Fault<Cap>(WithType("<!ENTITY x SYSTEM \"file:///etc/hostname\">", "&x;")).Status.ShouldBe(400);
        Sent.Fault<Cap>(WithType("", "no entity")).Status.ShouldBe(400);
    }

    [Fact]
    public void Size_and_depth_are_bounded()
    {
        Sent.Fault<Cap>(Message.Replace("Since", new string('x', 10_000_000))).Status.ShouldBe(400);
        Sent.Fault<Cap>(Message.Replace("Since", string.Concat(Enumerable.Repeat("<a>", 20_000)))).Status.ShouldBe(400);
        Sent.Alert<Cap>(Message.Replace("Since", new string('x', 400_000))).Text!.Length.ShouldBe(10_000);
    }

    [Fact]
    public void What_is_no_utf_8_can_not_be_read()
    {
        var format = new Cap();
        byte[] body = Encoding.Latin1.GetBytes(Message.Replace("Since", "café"));
        format.Read(Sent.Request(format, body)).Alerts.Single().Fault!.Status.ShouldBe(400);
    }

    [Fact]
    public void A_message_of_our_own_comes_in_again()
    {
        var alert = Sent.Alert<Cap>(CapStory.Xml(new CapStory().To(CapStory.VideoHub)[0]));
        (alert.Action, alert.Exercise).ShouldBe((AlertAction.Trigger, false));
        alert.Marks.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_answer_is_202_with_a_receipt_or_names_the_element()
    {
        (await Sent.Answered<Cap>(Message)).ShouldBe((202, """{"receipt":"00000001-0000-0000-0000-000000000000"}"""));
        (await Sent.Answered<Cap>(Message.Replace("Actual", "Real"))).Body.ShouldContain("\"alert/status\"");
    }

    private static string OfType(string type) => Message.Replace("<msgType>Alert", $"<msgType>{type}").Replace("</code>", $"</code>{Earlier}");

    private static string WithType(string declared, string text) => Message.Replace("<alert ", $"<!DOCTYPE alert [{declared}]><alert ").Replace("Since", text);
}
