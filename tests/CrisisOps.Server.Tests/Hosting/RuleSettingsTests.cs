using System.Text;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Risks;
using CrisisOps.Domain.Shared;
using CrisisOps.Server.Hosting;
using Microsoft.Extensions.Configuration;
using Shouldly;

namespace CrisisOps.Server.Tests.Hosting;

/// <summary>The section <c>Rules</c>: what is set wins, what is not set keeps the default.</summary>
public sealed class RuleSettingsTests
{
    [Fact]
    public void What_is_set_wins()
    {
        var rules = Read("""
            {
              "Crises": {
                "Level1Sum": 6, "Level1ViralityAtWorst": 3, "Level2Sum": 4, "Level3Sum": 2, "StabilizingCadence": "06:00:00", "AssessmentFresh": "00:30:00",
                "Cadences": { "Level1": "00:15:00" }, "AckWindows": { "Level2": "00:40:00" }, "LeverLimit": "7.00:00:00", "LeverAloneLimit": "01:00:00",
                "ReactivateWithin": "2.00:00:00", "ReviewDaysLevel1": 2, "ReviewBusinessDays": 4, "HoldingLines": [ "We know of it." ],
                "Cluster": { "Count": 4, "Window": "00:20:00", "BaselineFactor": 2.5, "BaselineDays": 14, "Types": { "FraudScams": "DataLeak" } }
              },
              "Elections": { "MeasureLimit": "30.00:00:00", "OperationsCenterLimit": "10.00:00:00", "OnTime": "00:05:00" },
              "Recommendations": { "MeasureAfter": "28.00:00:00" },
              "Risks": { "Horizons": { "Day": "1.12:00:00" }, "Surge": { "Minimum": 15, "Deviations": 4, "Factor": 2.5, "CoolDown": "02:00:00", "ColdFloor": 50, "Chance": 0.001 } },
              "BusinessDays": { "Holidays": { "XN": [ "2027-05-17", "2027-05-18" ], "001": [ "2027-05-19" ] } },
              "ServiceLevels": { "SEV1": { "Acknowledge": "00:03:00", "Triage": "00:10:00", "FirstResponse": "00:20:00", "Update": "00:20:00", "Resolve": "03:00:00" } }
            }
            """);

        var crises = rules.Crises;
        (crises.Level1Sum, crises.Level1ViralityAtWorst, crises.Level2Sum, crises.Level3Sum).ShouldBe((6, 3, 4, 2));
        (crises.Cadences[CrisisLevel.Level1], crises.Cadences[CrisisLevel.Level2], crises.StabilizingCadence).ShouldBe((TimeSpan.FromMinutes(15), TimeSpan.FromHours(2), TimeSpan.FromHours(6)));
        (crises.AckWindows[CrisisLevel.Level1], crises.AckWindows[CrisisLevel.Level2], crises.AssessmentFresh).ShouldBe((TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(40), TimeSpan.FromMinutes(30)));
        (crises.LeverLimit, crises.LeverAloneLimit, crises.ReactivateWithin).ShouldBe((TimeSpan.FromDays(7), TimeSpan.FromHours(1), TimeSpan.FromDays(2)));
        (crises.ReviewDaysLevel1, crises.ReviewBusinessDays, crises.HoldingLines.Single()).ShouldBe((2, 4, "We know of it."));
        (crises.Cluster.Count, crises.Cluster.Window, crises.Cluster.BaselineFactor, crises.Cluster.BaselineDays).ShouldBe((4, TimeSpan.FromMinutes(20), 2.5, 14));
        (crises.Cluster.TypeOf(PolicyArea.FraudScams), crises.Cluster.TypeOf(PolicyArea.ChildSafety)).ShouldBe((CrisisType.DataLeak, CrisisType.ChildSafetyNetwork));
        (rules.Elections.MeasureLimit, rules.Elections.OperationsCenterLimit, rules.Elections.OnTime).ShouldBe((TimeSpan.FromDays(30), TimeSpan.FromDays(10), TimeSpan.FromMinutes(5)));
        rules.Recommendations.MeasureAfter.ShouldBe(TimeSpan.FromDays(28));
        rules.Risks.Surge.ShouldBe(new SurgeRule { Minimum = 15, Deviations = 4, Factor = 2.5, CoolDown = TimeSpan.FromHours(2), ColdFloor = 50, Chance = 0.001 });
        (rules.Risks.Horizons[Horizon.Day], rules.Risks.Horizons[Horizon.Week]).ShouldBe((TimeSpan.FromHours(36), TimeSpan.FromDays(7)));
        rules.ServiceLevels.For(Severity.SEV1).Triage.ShouldBe(TimeSpan.FromMinutes(10));
        // From Friday over the weekend and three holidays.
        rules.BusinessDays.Add(new DateTimeOffset(2027, 5, 14, 9, 0, 0, TimeSpan.Zero), 1, ["XN-1"]).ShouldBe(new DateTimeOffset(2027, 5, 20, 9, 0, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("""{ "Minimum": 0 }""")]
    [InlineData("""{ "ColdFloor": 9 }""")]
    [InlineData("""{ "Chance": 0 }""")]
    [InlineData("""{ "Chance": 1.5 }""")]
    [InlineData("""{ "Deviations": -1 }""")]
    [InlineData("""{ "Factor": -1 }""")]
    [InlineData("""{ "CoolDown": "-01:00:00" }""")]
    public void A_surge_rule_that_says_nothing_sensible_stops_the_server(string surge) => Should.Throw<InvalidOperationException>(() => Read($$"""{ "Risks": { "Surge": {{surge}} } }"""));

    [Fact]
    public void What_is_not_set_keeps_the_default()
    {
        var rules = Read("""{ "Crises": { "Cluster": { "Count": 4 } } }""");

        rules.Crises.ShouldBe(Rules.Default.Crises with { Cluster = Rules.Default.Crises.Cluster with { Count = 4 } });
        (rules.Elections, rules.Recommendations, rules.BusinessDays).ShouldBe((Rules.Default.Elections, Rules.Default.Recommendations, Rules.Default.BusinessDays));
        Read("{}").Crises.ShouldBe(Rules.Default.Crises);
    }

    [Fact]
    public async Task The_printed_example_can_be_read()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Scenarios.Story.Root, "docs", "operating.md"), TestContext.Current.CancellationToken);
        var from = page.IndexOf("```json\n", page.IndexOf("## Rules", StringComparison.Ordinal), StringComparison.Ordinal) + "```json\n".Length;
        var example = page[from..page.IndexOf("```", from, StringComparison.Ordinal)];

        var rules = RuleSettings.Read(new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(example))).Build().GetSection("Rules"));

        (rules.Crises.Cluster.Count, rules.Crises.Cadences[CrisisLevel.Level1], rules.BusinessDays.Holidays["XN"].Length).ShouldBe((4, TimeSpan.FromMinutes(20), 1));
    }

    [Fact]
    public void A_routing_of_ones_own_stands_before_ours()
    {
        var rules = Read("""{ "Routing": [{ "Name": "Norland votes", "Desk": "PublicPolicy", "PolicyAreas": ["VoterInterference"], "Regions": ["XN"] }] }""");

        Routing.Of(Source.Press, PolicyArea.VoterInterference, ["XN-01"], rules).ShouldBe(new Route(Function.PublicPolicy, "Norland votes"));
        Routing.Of(Source.Press, PolicyArea.VoterInterference, ["XO"], rules).ShouldBe(new Route(Function.Comms, "press"));
    }

    [Theory]
    [InlineData("""{ "Crises": { "Cluster": { "Count": "many" } } }""")]
    [InlineData("""{ "Crises": { "Cadences": { "Level1": "soon" } } }""")]
    [InlineData("""{ "Routing": [{ "Name": "nowhere" }] }""")]
    [InlineData("""{ "Routing": [{ "Name": "x", "Desk": "Nobody" }] }""")]
    [InlineData("""{ "Crises": { "Clutser": { "Count": 4 } } }""")]
    public void What_can_not_be_read_stops_the_server(string text) => Should.Throw<InvalidOperationException>(() => Read(text));

    private static Rules Read(string text) =>
        RuleSettings.Read(new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes($$"""{ "Rules": {{text}} }"""))).Build().GetSection("Rules"));
}
