using System.Xml.Linq;
using CrisisOps.Domain.Crises;
using CrisisOps.Server.Channels.Cap;
using Shouldly;

namespace CrisisOps.Server.Tests.Channels.Cap;

/// <summary>What the schema lets through: each test changes a message that is right, and the schema still finds nothing.</summary>
public sealed class CapRulesTests
{
    private static readonly XNamespace _cap = CapXml.Namespace;

    [Fact]
    public void Scope_restricted_needs_a_restriction() => Broken(alert => At(alert, "restriction").Remove()).ShouldBe(["restriction-when-restricted"]);

    [Fact]
    public void A_blank_restriction_is_none() => Broken(alert => At(alert, "restriction").Value = " ").ShouldBe(["restriction-when-restricted"]);

    [Fact]
    public void A_restriction_goes_with_scope_restricted_alone() =>
        Broken(alert => At(alert, "addresses").AddBeforeSelf(new XElement(_cap + "restriction", "TLP:AMBER")), AlertScope.Private).ShouldBe(["restriction-only-when-restricted"]);

    [Fact]
    public void Scope_private_needs_addresses() => Broken(alert => At(alert, "addresses").Remove(), AlertScope.Private).ShouldBe(["addresses-when-private"]);

    [Fact]
    public void Quotes_of_addresses_come_in_pairs() => Broken(alert => At(alert, "addresses").Value = "\"VideoHub", AlertScope.Private).ShouldContain("addresses-quoted");

    [Theory]
    [InlineData("Update")]
    [InlineData("Cancel")]
    [InlineData("Ack")]
    [InlineData("Error")]
    public void All_but_an_alert_need_references(string type) => Broken(alert => At(alert, "msgType").Value = type).ShouldBe(["references-required"]);

    [Fact]
    public void A_message_refers_to_earlier_ones() =>
        Broken(alert => At(alert, "references").Value = "crisisops@agora.example,a.1,2030-01-01T00:00:00-00:00", message: 1).ShouldBe(["references-earlier"]);

    [Fact]
    public void A_message_does_not_refer_to_itself() =>
        Broken(alert => At(alert, "references").Value = $"{At(alert, "sender").Value},{At(alert, "identifier").Value},{At(alert, "sent").Value}", message: 1).ShouldBe(["references-earlier"]);

    [Theory]
    [InlineData("Alert")]
    [InlineData("Update")]
    public void An_alert_and_an_update_need_an_info(string type) => Broken(
        alert =>
        {
            At(alert, "info").Remove();
            At(alert, "msgType").Value = type;
        },
        message: 1).ShouldBe(["info-required"]);

    [Fact]
    public void Utc_is_written_with_minus_zero() => Broken(alert => At(alert, "sent").Value = "2027-05-15T14:14:00+00:00").ShouldBe(["utc-minus-zero"]);

    [Fact]
    public void Utc_is_written_with_minus_zero_in_expires_too() =>
        Broken(alert => At(alert, "info", "expires").Value = "2027-05-15T14:14:00+00:00").ShouldBe(["utc-minus-zero"]);

    [Fact]
    public void Utc_is_written_with_minus_zero_in_references_too() =>
        Broken(alert => At(alert, "references").Value = "crisisops@agora.example,a.1,2027-05-15T14:14:00+00:00", message: 1).ShouldBe(["utc-minus-zero"]);

    [Fact]
    public void Another_offset_keeps_its_sign() => Broken(alert => At(alert, "sent").Value = "2027-05-15T16:14:00+02:00").ShouldBeEmpty();

    [Fact]
    public void An_exercise_is_named_in_the_note() => Broken(alert => At(alert, "status").Value = "Exercise").ShouldBe(["exercise-note"]);

    [Fact]
    public void A_ceiling_needs_an_altitude() => Broken(Area("ceiling", "300")).ShouldBe(["altitude-with-ceiling"]);

    [Fact]
    public void A_ceiling_is_not_below_the_altitude()
    {
        Broken(alert => At(alert, "info", "area").Add(new XElement(_cap + "altitude", "400"), new XElement(_cap + "ceiling", "300"))).ShouldBe(["altitude-with-ceiling"]);
        Broken(alert => At(alert, "info", "area").Add(new XElement(_cap + "altitude", "300"), new XElement(_cap + "ceiling", "400"))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("1,1 1,2 2,2 2,1", "polygon-closed")]
    [InlineData("1,1 1,2 1,1", "polygon-closed")]
    [InlineData("1,1 1,2 2,2 1,1", null)]
    [InlineData("1,1 1,2 2,2 1.0,1", null)]
    [InlineData("1,1 91,2 2,2 1,1", "coordinates")]
    [InlineData("1,1 1,two 2,2 1,1", "coordinates")]
    public void A_polygon_is_closed_and_on_earth(string points, string? rule) => Broken(Area("polygon", points)).ShouldBe(rule is null ? [] : [rule]);

    [Theory]
    [InlineData("95,10 5", true)]
    [InlineData("48.2,16.4 5", false)]
    public void The_centre_of_a_circle_is_on_earth(string circle, bool broken) => Broken(Area("circle", circle)).ShouldBe(broken ? ["coordinates"] : []);

    [Theory]
    [InlineData("identifier", "a b", "identifier-characters")]
    [InlineData("identifier", "a,b", "identifier-characters")]
    [InlineData("sender", "a<b", "sender-characters")]
    [InlineData("sender", "a&b", "sender-characters")]
    [InlineData("sent", "2027-05-15T14:14:00Z", "utc-minus-zero")]
    [InlineData("sent", "2027-05-15T14:14:00.000-00:00", "utc-minus-zero")]
    [InlineData("references", "a.1", "references-form")]
    [InlineData("references", "a,b,yesterday", "references-form")]
    public void What_the_extended_schema_catches_the_rules_catch_too(string name, string value, string rule)
    {
        var alert = CapStory.Read(new CapStory().To(CapStory.VideoHub)[1]);
        At(alert, name).Value = value;

        CapSchema.Check(alert).Select(f => f.Where).ShouldBe([$"alert/{name}"]);
        CapRules.Check(alert).Select(f => f.Rule).ShouldContain(rule);
    }

    [Fact]
    public void A_finding_names_rule_source_and_place_and_does_not_quote()
    {
        var alert = CapStory.Read(new CapStory().To(CapStory.VideoHub)[0]);
        At(alert, "identifier").Value = "secret thing";
        At(alert, "info", "area").Add(new XElement(_cap + "ceiling", "300"));

        CapRules.Check(alert).Select(f => f.Where).ShouldBe(["alert/identifier", "alert/info/area/ceiling"]);
        foreach (var finding in CapRules.Check(alert).Concat(CapSchema.Check(alert)))
        {
            finding.ToString().ShouldNotContain("secret");
            finding.Source.ShouldContain("CAP 1.2");
        }
    }

    private static Action<XElement> Area(string name, string value) => alert =>
    {
        var shape = new XElement(_cap + name, value);
        if (name == "ceiling")
        {
            At(alert, "info", "area").Add(shape);
        }
        else
        {
            At(alert, "info", "area", "areaDesc").AddAfterSelf(shape);
        }
    };

    private static XElement At(XElement alert, params string[] path) => path.Aggregate(alert, (element, name) => element.Element(_cap + name)!);

    /// <summary>The rules that the changed message breaks; the schema has nothing against it.</summary>
    private static string[] Broken(Action<XElement> change, AlertScope scope = AlertScope.Restricted, int message = 0)
    {
        var alert = CapStory.Read(new CapStory().In(scope).To(CapStory.VideoHub)[message]);
        CapRules.Check(alert).ShouldBeEmpty();
        change(alert);
        CapSchema.Check(alert).ShouldBeEmpty();
        return [.. CapRules.Check(alert).Select(f => f.Rule)];
    }
}
