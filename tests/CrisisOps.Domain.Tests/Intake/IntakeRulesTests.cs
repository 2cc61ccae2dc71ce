using System.Collections.Immutable;
using CrisisOps.Domain.Intake;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Intake;

/// <summary>What an alert comes to by the rules.</summary>
public class IntakeRulesTests
{
    private static readonly AlertSource _source = AlertSource.None with { Key = "SRC-001", Kind = Source.CivilSociety };

    [Fact]
    public void Without_rules_every_alert_raises_and_the_usual_words_count()
    {
        var reading = IntakeRules.None.Read(Alert("warning"), _source);

        (reading.Rule, reading.Severity, reading.PolicyArea, reading.BelowFloor, reading.ContentWindow, reading.RaisesSeverity)
            .ShouldBe(("everything else", Severity.SEV3, PolicyArea.Undetermined, false, TimeSpan.FromDays(1), true));
    }

    [Theory]
    [InlineData("SEV1", Severity.SEV1)]
    [InlineData("Critical", Severity.SEV1)]
    [InlineData("EXTREME", Severity.SEV1)]
    [InlineData("error", Severity.SEV2)]
    [InlineData("Severe", Severity.SEV2)]
    [InlineData("Moderate", Severity.SEV3)]
    [InlineData("info", Severity.SEV4)]
    [InlineData("Minor", Severity.SEV4)]
    [InlineData("LOW", Severity.SEV4)]
    [InlineData("Unknown", Severity.SEV2)]
    [InlineData("purple", Severity.SEV2)]
    [InlineData("", Severity.SEV2)]
    [InlineData(null, Severity.SEV2)]
    public void A_word_is_read_in_whatever_case_and_if_unsure_as_the_worse_one(string? word, Severity severity) => IntakeRules.None.Read(Alert(word), _source).Severity.ShouldBe(severity);

    [Fact]
    public void The_words_of_a_rule_come_before_the_usual_ones()
    {
        var rules = Rules(new IntakeRule("own") { Severities = ImmutableDictionary<string, Severity>.Empty.Add("Critical", Severity.SEV3).Add("rot", Severity.SEV1), Otherwise = Severity.SEV4 });

        rules.Read(Alert("CRITICAL"), _source).Severity.ShouldBe(Severity.SEV3);
        rules.Read(Alert("Rot"), _source).Severity.ShouldBe(Severity.SEV1);
        rules.Read(Alert("error"), _source).Severity.ShouldBe(Severity.SEV2);
        rules.Read(Alert("purple"), _source).Severity.ShouldBe(Severity.SEV4);
    }

    [Fact]
    public void The_first_rule_that_matches_counts_and_what_it_does_not_name_matches_anything()
    {
        var rules = Rules(
            new IntakeRule("of another source") { Sources = ["SRC-002"] },
            new IntakeRule("of the press") { Kinds = [Source.Press] },
            new IntakeRule("spam") { PolicyAreas = [PolicyArea.Spam] },
            new IntakeRule("of no area") { PolicyAreas = [PolicyArea.Undetermined], Regions = ["XS"] },
            new IntakeRule("Norland") { Regions = ["XN"] },
            new IntakeRule("all"),
            new IntakeRule("never"));

        rules.Read(Alert(), _source with { Key = "SRC-002" }).Rule.ShouldBe("of another source");
        rules.Read(Alert(), _source with { Kind = Source.Press }).Rule.ShouldBe("of the press");
        rules.Read(Alert() with { PolicyArea = PolicyArea.Spam, Regions = ["XN"] }, _source).Rule.ShouldBe("spam");
        rules.Read(Alert() with { Regions = ["XS"] }, _source).Rule.ShouldBe("of no area");
        rules.Read(Alert() with { Regions = ["XN"] }, _source).Rule.ShouldBe("Norland");
        rules.Read(Alert() with { Regions = ["XN-01"] }, _source).Rule.ShouldBe("Norland"); // a country takes its subdivisions in
        rules.Read(Alert() with { Regions = ["XY"] }, _source).Rule.ShouldBe("all");
        rules.Read(Alert(), _source).Rule.ShouldBe("all");
    }

    [Fact]
    public void A_rule_for_a_subdivision_does_not_take_in_its_country() =>
        Rules(new IntakeRule("XN-01") { Regions = ["XN-01"] }).Read(Alert() with { Regions = ["XN"] }, _source).Rule.ShouldBe("everything else");

    [Theory]
    [InlineData("critical", false)]
    [InlineData("error", false)]
    [InlineData("warning", true)]
    [InlineData("purple", false)]
    public void Only_what_is_less_severe_than_the_floor_lies_below_it(string word, bool below) =>
        Rules(new IntakeRule("floor") { Floor = Severity.SEV2 }).Read(Alert(word), _source).BelowFloor.ShouldBe(below);

    [Fact]
    public void A_rule_names_the_area_of_alerts_that_name_none_and_says_how_they_fold()
    {
        var rules = Rules(new IntakeRule("r") { PolicyArea = PolicyArea.Spam, ContentWindow = TimeSpan.FromHours(2), RaisesSeverity = false });

        var reading = rules.Read(Alert(), _source);
        (reading.PolicyArea, reading.ContentWindow, reading.RaisesSeverity).ShouldBe((PolicyArea.Spam, TimeSpan.FromHours(2), false));
        rules.Read(Alert() with { PolicyArea = PolicyArea.VoterInterference }, _source).PolicyArea.ShouldBe(PolicyArea.VoterInterference);
    }

    [Fact]
    public void An_area_that_its_source_may_not_name_counts_as_none()
    {
        var source = _source with { PolicyAreas = [PolicyArea.Spam] };
        var rules = Rules(new IntakeRule("voters") { PolicyAreas = [PolicyArea.VoterInterference] });

        var reading = rules.Read(Alert() with { PolicyArea = PolicyArea.VoterInterference }, source);

        (reading.Rule, reading.PolicyArea).ShouldBe(("everything else", PolicyArea.Undetermined));
        rules.Read(Alert() with { PolicyArea = PolicyArea.Spam }, source).PolicyArea.ShouldBe(PolicyArea.Spam);
    }

    [Theory]
    [InlineData("XN-01,XS", "XN-01")]
    [InlineData("XS", "XN")]
    [InlineData("", "XN")]
    [InlineData("XY,XN", "XY,XN")]
    public void A_source_speaks_of_its_own_regions_and_of_the_first_of_them_when_it_names_none(string named, string counts) =>
        IntakeRules.None.Read(Alert() with { Regions = named.Split(',', StringSplitOptions.RemoveEmptyEntries) }, _source with { Regions = ["XN", "XY"] }).Regions.ShouldBe(counts.Split(','));

    [Fact]
    public void A_source_of_everywhere_speaks_of_whatever_it_names() => IntakeRules.None.Read(Alert() with { Regions = ["XS"] }, _source).Regions.ShouldBe(["XS"]);

    private static IntakeRules Rules(params IntakeRule[] rules) => new([.. rules]);

    private static IncomingAlert Alert(string? severity = null) => new(AlertFormat.Alerts, "ref-1", "Smoke") { SeverityWord = severity };
}
