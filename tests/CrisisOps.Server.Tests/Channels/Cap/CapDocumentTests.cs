using System.Text;
using System.Xml.Linq;
using CrisisOps.Domain.Crises;
using CrisisOps.Server.Channels.Cap;
using Shouldly;

namespace CrisisOps.Server.Tests.Channels.Cap;

/// <summary>Reading what is not trusted, and what of ours may not go out.</summary>
public sealed class CapDocumentTests
{
    private static readonly XNamespace _cap = CapXml.Namespace;
    private static readonly string _good = CapStory.Xml(new CapStory().To(CapStory.VideoHub)[0]);

    [Fact]
    public void A_document_type_is_refused_whatever_it_declares()
    {
        var entity = _good.Replace("<alert", "<!DOCTYPE alert [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><alert").Replace("EVD-3", "&x;");
        Rules(entity).ShouldBe(["well-formed"]);
        Rules(_good.Replace("<alert", "<!DOCTYPE alert><alert")).ShouldBe(["well-formed"]);
    }

    [Fact]
    public void A_schema_named_by_the_message_is_not_fetched() => Rules(_good.Replace(
        "<alert", "<alert xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"urn:oasis:names:tc:emergency:cap:1.2 http://127.0.0.1:9/cap.xsd\"")).ShouldBeEmpty();

    [Fact]
    public void Size_and_depth_are_bounded()
    {
        Rules(_good.Replace("EVD-3", new string('x', CapDocument.MaxBytes))).ShouldBe(["size"]);
        Rules(_good.Replace("EVD-3", $"{string.Concat(Enumerable.Repeat("<a>", 10_000))}{string.Concat(Enumerable.Repeat("</a>", 10_000))}")).ShouldBe(["depth"]);
    }

    [Fact]
    public void A_number_without_end_is_refused_before_a_pattern_walks_through_it() =>
        Rules(_good.Replace("</areaDesc>", $"</areaDesc><circle>{new string('1', 200_000)}x</circle>")).ShouldBe(["number-length"]);

    [Fact]
    public void What_is_no_xml_is_said_without_quoting_it()
    {
        var finding = CapDocument.Check(Encoding.UTF8.GetBytes("<alert secret"))[0];
        finding.Rule.ShouldBe("well-formed");
        finding.What.ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("urn:oasis:names:tc:emergency:cap:1.1", "alert")]
    [InlineData("", "alert")]
    public void Another_namespace_is_no_cap_1_2(string other, string rule) => Rules(_good.Replace(CapXml.Namespace, other)).ShouldBe([rule]);

    [Fact]
    public void The_schema_holds_elements_to_their_order_and_values()
    {
        Schema(_good.Replace("<status>Actual</status>", "")).ShouldNotBeEmpty();
        Schema(_good.Replace("<status>Actual</status>", "<status>Real</status>")).ShouldBe(["alert/status"]);
        Schema(_good.Replace("<urgency>Immediate</urgency>", "").Replace("</certainty>", "</certainty><urgency>Immediate</urgency>")).ShouldNotBeEmpty();
        Schema(_good.Replace("</incidents>", "</incidents><extra>1</extra>")).ShouldNotBeEmpty();
        Schema(_good).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("see https://evil.example")]
    [InlineData("see WWW.evil.example")]
    [InlineData("see evil.example/video")]
    public void A_link_is_found_wherever_it_stands(string text) => Rules(_good.Replace("EVD-3", text)).ShouldBe(["no-links"]);

    [Theory]
    [InlineData("CAP 1.2/1.3 and/or 24/7")]
    [InlineData("TLP:AMBER e.g. this.")]
    public void A_slash_is_not_yet_a_link(string text) => Rules(_good.Replace("EVD-3", text)).ShouldBeEmpty();

    [Theory]
    [InlineData("\"VideoHub Alliance\" \"OpenHash Exchange\"")]
    [InlineData("videohub openhash")]
    [InlineData("videohub \"OpenHash Exchange\"")]
    public void A_message_for_two_partners_does_not_go_out(string addresses)
    {
        var alert = CapStory.Read(new CapStory().In(AlertScope.Private).To(CapStory.VideoHub)[0]);
        alert.Element(_cap + "addresses")!.Value = addresses;
        CapDisclosure.Check(alert).Select(f => f.Rule).ShouldBe(["one-address"]);
    }

    [Theory]
    [InlineData("tlp:amber+strict")]
    [InlineData("tlp:red")]
    [InlineData("amber")]
    public void Partners_get_nothing_above_amber_and_nothing_unmarked(string code) => Rules(_good.Replace("tlp:amber", code)).ShouldBe(["tlp-code"]);

    private static string[] Rules(string xml) => [.. CapDocument.Check(Encoding.UTF8.GetBytes(xml)).Select(f => f.Rule)];

    private static string[] Schema(string xml) => [.. CapSchema.Check(Encoding.UTF8.GetBytes(xml)).Select(f => f.Where)];
}
