using System.Text;
using CrisisOps.Domain.Crises;
using CrisisOps.Server.Channels.Cap;
using Shouldly;

namespace CrisisOps.Server.Tests.Channels.Cap;

public sealed class CapXmlTests
{
    private static readonly CapStory _story = new();

    [Fact]
    public void A_message_is_written_to_the_byte()
    {
        CapStory.Xml(_story.To(CapStory.VideoHub)[2]).ShouldBe("""
            <?xml version="1.0" encoding="utf-8"?>
            <alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
              <identifier>crisisops-CR-2027-0007.3</identifier>
              <sender>crisisops@agora.example</sender>
              <sent>2027-05-17T13:40:00-00:00</sent>
              <status>Actual</status>
              <msgType>Cancel</msgType>
              <scope>Restricted</scope>
              <restriction>TLP:AMBER</restriction>
              <code>tlp:amber</code>
              <references>crisisops@agora.example,crisisops-CR-2027-0007.1,2027-05-15T14:14:00-00:00 crisisops@agora.example,crisisops-CR-2027-0007.2,2027-05-15T15:22:00-00:00</references>
              <incidents>CR-2027-0007</incidents>
              <info>
                <language>en</language>
                <category>Security</category>
                <event>Terror or violent extremist attack</event>
                <responseType>AllClear</responseType>
                <urgency>Past</urgency>
                <severity>Extreme</severity>
                <certainty>Observed</certainty>
                <senderName>Agora crisis desk</senderName>
                <headline>All clear: crisisops-CR-2027-0007.1</headline>
                <description>All clear: nothing more is asked of you.</description>
                <area>
                  <areaDesc>XN, XN-01</areaDesc>
                  <geocode>
                    <valueName>ISO3166-1</valueName>
                    <value>XN</value>
                  </geocode>
                  <geocode>
                    <valueName>ISO3166-2</valueName>
                    <value>XN-01</value>
                  </geocode>
                </area>
              </info>
            </alert>
            """);
    }

    [Fact]
    public void The_same_message_is_the_same_bytes() => CapXml.Write(_story.To(CapStory.VideoHub)[0]).ShouldBe(CapXml.Write(_story.To(CapStory.VideoHub)[0]));

    [Fact]
    public void Under_scope_restricted_every_partner_gets_the_same_bytes() =>
        CapXml.Write(_story.To(CapStory.VideoHub)[0]).ShouldBe(CapXml.Write(_story.To(CapStory.OpenHash)[0]));

    [Fact]
    public void Times_are_whole_seconds_of_utc_and_end_in_minus_zero()
    {
        CapTime.Of(new DateTimeOffset(2027, 5, 15, 16, 14, 0, 999, TimeSpan.FromHours(2))).ShouldBe("2027-05-15T14:14:00-00:00");
        foreach (var message in _story.To(CapStory.VideoHub))
        {
            CapStory.Read(message).Element(CapStory.Cap + "sent")!.Value.ShouldEndWith("-00:00");
        }
    }

    [Fact]
    public void Signs_of_xml_and_emoji_come_out_as_they_went_in()
    {
        var info = CapStory.Read(_story.Saying("<b> & \"x\" ]]> 🚨", "a < b & c\r\n👩‍👩‍👧 ok")).Element(CapStory.Cap + "info")!;
        info.Element(CapStory.Cap + "headline")!.Value.ShouldBe("<b> & \"x\" ]]> 🚨");
        info.Element(CapStory.Cap + "parameter")!.Element(CapStory.Cap + "value")!.Value.ShouldBe("a < b & c\n👩‍👩‍👧 ok");
    }

    [Fact]
    public void Characters_that_xml_cannot_carry_are_stripped_and_half_a_character_is_marked()
    {
        var message = _story.Saying("a\0b\u0008c\u001Fd\uFFFFe\u0085f\u009Fg", "half \uD83D end");
        var info = CapStory.Read(message).Element(CapStory.Cap + "info")!;
        info.Element(CapStory.Cap + "headline")!.Value.ShouldBe("abcde fg");
        info.Element(CapStory.Cap + "parameter")!.Element(CapStory.Cap + "value")!.Value.ShouldBe("half \uFFFD end");
    }

    [Fact]
    public void A_message_that_other_code_made_cannot_break_the_xml()
    {
        var message = _story.To(CapStory.VideoHub)[0] with { Note = "\u0001<note>\uDC00" };
        CapDocument.Read(CapXml.Write(message)).Alert!.Element(CapStory.Cap + "note")!.Value.ShouldBe("<note>\uFFFD");
    }

    [Fact]
    public void A_headline_is_one_line_and_an_address_is_quoted_once()
    {
        var story = _story.In(AlertScope.Private);
        story = story with { Issued = story.Issued with { Recipients = ["The \"Hash\" Desk", CapStory.OpenHash], Headline = "one\n\ntwo" } };
        var message = CapMessages.Of(story.Issued, story.Declared, new CapEnvelope(CapStory.Sender, "The \"Hash\" Desk", CapStory.At("05-15 14:14:00")));

        (message.Addresses, message.Info.Headline).ShouldBe(("\"The 'Hash' Desk\"", "one two"));
        CapDocument.Check(CapXml.Write(message)).ShouldBeEmpty();
    }

    [Fact]
    public void There_is_no_byte_order_mark() => Encoding.UTF8.GetString(CapXml.Write(_story.To(CapStory.VideoHub)[0]), 0, 5).ShouldBe("<?xml");
}
