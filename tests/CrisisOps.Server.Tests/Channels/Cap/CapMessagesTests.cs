using System.Text;
using CrisisOps.Domain.Crises;
using CrisisOps.Server.Channels.Cap;
using Shouldly;

namespace CrisisOps.Server.Tests.Channels.Cap;

public sealed class CapMessagesTests
{
    private static readonly CapStory _story = new();

    [Theory]
    [InlineData(AlertScope.Restricted, false)]
    [InlineData(AlertScope.Private, false)]
    [InlineData(AlertScope.Restricted, true)]
    [InlineData(AlertScope.Private, true)]
    public void Every_message_of_an_alert_follows_the_extended_schema_and_the_rules(AlertScope scope, bool exercise)
    {
        var story = _story.In(scope) with { Declared = _story.Declared with { Exercise = exercise } };
        foreach (var message in new[] { CapStory.VideoHub, CapStory.OpenHash, CapStory.CivicWatch }.SelectMany(partner => story.To(partner)))
        {
            CapDocument.Check(CapXml.Write(message)).ShouldBeEmpty(CapStory.Xml(message));
        }
    }

    [Fact]
    public void An_alert_carries_what_the_crisis_means_in_cap()
    {
        var message = _story.To(CapStory.VideoHub)[0];

        (message.Identifier, message.Sender, message.Status, message.MsgType, message.Scope, message.Incidents).ShouldBe(
            ("crisisops-CR-2027-0007.1", "crisisops@agora.example", CapStatus.Actual, CapMessageType.Alert, AlertScope.Restricted, "CR-2027-0007"));
        (message.Restriction, message.Addresses, message.Note).ShouldBe(("TLP:AMBER", null, null));
        message.Code.ShouldBe(["tlp:amber"]);
        message.References.ShouldBeEmpty();

        var info = message.Info;
        (info.Event, info.Urgency, info.Severity, info.Certainty, info.Headline).ShouldBe(
            ("Terror or violent extremist attack", CapUrgency.Immediate, CapSeverity.Extreme, Certainty.Observed, "Live video of an attack"));
        info.Category.ShouldBe([CapCategory.Security]);
        info.ResponseType.ShouldBe([CapResponseType.Execute]);
        info.Instruction.ShouldBe("Please match and remove these hashes. Please acknowledge by 2027-05-15 14:34 UTC.");
        info.Parameters.ShouldBe([new("crisisops:ask", "Please match and remove these hashes."), new("crisisops:hashList", "EVD-3"), new("crisisops:hashList", "EVD-4")]);
        info.Area!.AreaDesc.ShouldBe("XN, XN-01");
        info.Area.Geocode.ShouldBe([new("ISO3166-1", "XN"), new("ISO3166-2", "XN-01")]);
    }

    [Fact]
    public void An_update_has_the_level_and_certainty_of_its_own_event_and_asks_for_an_acknowledgement_only_if_one_is_due()
    {
        var info = _story.To(CapStory.VideoHub)[1].Info;
        (info.Severity, info.Certainty, info.Instruction).ShouldBe((CapSeverity.Severe, Certainty.Likely, "Please match these 17 hashes."));
    }

    [Fact]
    public void A_cancellation_says_all_clear_and_asks_nothing()
    {
        var message = _story.To(CapStory.VideoHub)[2];
        message.MsgType.ShouldBe(CapMessageType.Cancel);
        message.Info.ResponseType.ShouldBe([CapResponseType.AllClear]);
        (message.Info.Urgency, message.Info.Description, message.Info.Instruction).ShouldBe((CapUrgency.Past, "All clear: nothing more is asked of you.", null));
        message.Info.Parameters.ShouldBeEmpty();
    }

    [Fact]
    public void The_last_message_references_both_earlier_ones_as_they_were_sent()
    {
        var earlier = _story.To(CapStory.VideoHub)[..2].Select(CapStory.Read)
            .Select(a => string.Join(',', new[] { "sender", "identifier", "sent" }.Select(name => a.Element(CapStory.Cap + name)!.Value)));

        CapStory.Read(_story.To(CapStory.VideoHub)[2]).Element(CapStory.Cap + "references")!.Value.ShouldBe(string.Join(' ', earlier));
    }

    [Fact]
    public void A_message_without_its_earlier_ones_is_not_made()
    {
        var envelope = new CapEnvelope(CapStory.Sender, CapStory.VideoHub, CapStory.At("05-17 13:40:00"));
        Should.Throw<ArgumentException>(() => CapMessages.Of(_story.Cancelled, _story.Declared, envelope, [new("a", "crisisops-CR-2027-0007.1", envelope.Sent)]));
    }

    [Fact]
    public void An_exercise_says_so_in_status_note_and_headline()
    {
        foreach (var message in (_story with { Declared = _story.Declared with { Exercise = true } }).To(CapStory.VideoHub))
        {
            (message.Status, message.Note).ShouldBe((CapStatus.Exercise, "Exercise CR-2027-0007"));
            message.Info.Headline.ShouldStartWith("EXERCISE: ");
        }
    }

    [Fact]
    public void A_private_message_has_one_address_and_its_secrecy_in_the_code_alone()
    {
        foreach (var message in _story.In(AlertScope.Private).To(CapStory.OpenHash))
        {
            (message.Addresses, message.Restriction).ShouldBe(("\"OpenHash Exchange\"", null));
            message.Code.ShouldBe(["tlp:amber"]);
        }
    }

    [Fact]
    public void A_partner_that_the_event_does_not_name_gets_no_message() => Should.Throw<ArgumentException>(() => _story.To("The Norland Daily"));

    [Theory]
    [InlineData(AlertScope.Restricted)]
    [InlineData(AlertScope.Private)]
    public void Nothing_names_another_partner_a_reporter_a_link_or_a_masked_term(AlertScope scope)
    {
        // Everything the commands do not look at: indicators, and names of partners; and a term that was masked only later.
        var text = $"As {CapStory.CivicWatch} told {CapStory.OpenHash}, remove what Breivald posted at https://evil.example/v and www.evil.example, evil.example/v.";
        var told = _story.In(scope);
        told = told with
        {
            Issued = told.Issued with { Headline = text, Text = text, Indicators = ["hxxps://evil.example/list", "Breivald's set"] },
            Updated = told.Updated with { Headline = text, Text = text },
            Cancelled = told.Cancelled with { Text = text },
        };

        foreach (var message in told.To(CapStory.VideoHub))
        {
            var xml = CapStory.Xml(message);
            foreach (var secret in (string[])[CapStory.CivicWatch, CapStory.OpenHash, "Breivald", "evil.example", "HARBOUR", "ESC-2027-000101", "spec-04", "lead-01", "lo-02"])
            {
                xml.ShouldNotContain(secret, Case.Insensitive);
            }

            CapDocument.Check(Encoding.UTF8.GetBytes(xml)).ShouldBeEmpty();
        }
    }

    [Fact]
    public void The_readers_own_name_stays_even_if_another_name_is_a_part_of_it()
    {
        var story = _story with { Issued = _story.Issued with { Recipients = [CapStory.VideoHub, "VideoHub"], Text = "VideoHub Alliance, ask VideoHub; not VideoHubs." } };
        story.To(CapStory.VideoHub)[0].Info.Parameters[0].Value.ShouldBe("VideoHub Alliance, ask [masked]; not VideoHubs.");
    }

    [Fact]
    public void A_control_character_inside_a_masked_term_or_a_link_does_not_carry_it_out()
    {
        var xml = CapStory.Xml(_story.Saying("Brei\u0001vald", "https:\u0000//evil.example"));
        xml.ShouldNotContain("Breivald");
        xml.ShouldNotContain("evil.example");
    }

    [Theory]
    [InlineData(CrisisType.CoupOrUnconstitutionalChange, "Security")]
    [InlineData(CrisisType.ElectionIntegrity, "Security Other")]
    [InlineData(CrisisType.InfluenceOperation, "Security Other")]
    [InlineData(CrisisType.NaturalDisaster, "Geo Met Safety")]
    [InlineData(CrisisType.PublicHealthEmergency, "Health")]
    [InlineData(CrisisType.GovernmentShutdownOrBlock, "Infra")]
    [InlineData(CrisisType.ChildSafetyNetwork, "Safety")]
    [InlineData(CrisisType.Other, "Other")]
    public void A_type_of_crisis_has_its_categories(CrisisType type, string categories) => string.Join(' ', CapMeaning.CategoryOf(type)).ShouldBe(categories);

    [Fact]
    public void Every_type_has_a_category_and_words_and_every_level_a_severity()
    {
        foreach (var type in Enum.GetValues<CrisisType>())
        {
            CapMeaning.CategoryOf(type).ShouldNotBeEmpty();
            CapMeaning.Words(type).ShouldMatch("^[A-Z][a-z ]+$");
        }

        Enum.GetValues<CrisisLevel>().Select(level => CapMeaning.SeverityOf(level)).ShouldBe([CapSeverity.Extreme, CapSeverity.Severe, CapSeverity.Moderate]);
    }

    [Fact]
    public void A_crisis_without_regions_is_everywhere() => CapMeaning.AreaOf([]).AreaDesc.ShouldBe("World");

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a,b")]
    [InlineData("a<b")]
    [InlineData("a&b")]
    public void A_sender_that_would_spoil_every_message_is_no_sender(string name) => Should.Throw<ArgumentException>(() => new CapSender(name, "Desk"));
}
