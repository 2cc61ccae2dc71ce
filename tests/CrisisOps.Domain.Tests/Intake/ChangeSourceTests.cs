using CrisisOps.Domain.Intake;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Intake;

public class ChangeSourceTests
{
    [Fact]
    public void What_is_absent_stays_as_it_is()
    {
        var changed = SourceCase.Registered().When(new ChangeSource(RatePerMinute: 60, Formats: [])).ShouldBeAccepted();
        (changed.State.Name, changed.State.RatePerMinute, changed.State.Kind, changed.State.Formats.IsEmpty).ShouldBe(("OpenHash matches", 60, Source.IndustryPeer, true));
        changed.State.Regions.ShouldBe(["XN"]);
        changed.Told().Headline.ShouldBe("Changed: formats, rate");
        var all = changed.When(new ChangeSource("Other", Source.CivilSociety, "Civic Watch", [AlertFormat.Cap], [PolicyArea.Spam], ["XS"], Surface.Ads, Tlp.GREEN, 7, true)).ShouldBeAccepted().State;
        (all.Name, all.Kind, all.PartnerId, all.Surface, all.ReportTlp, all.RatePerMinute, all.Exercise).ShouldBe(("Other", Source.CivilSociety, "Civic Watch", Surface.Ads, Tlp.GREEN, 7, true));
        (all.Formats, all.PolicyAreas, all.Regions).ShouldSatisfyAllConditions(t => t.Formats.ShouldBe([AlertFormat.Cap]), t => t.PolicyAreas.ShouldBe([PolicyArea.Spam]), t => t.Regions.ShouldBe(["XS"]));
    }

    [Fact]
    public void What_is_refused_at_the_registration_is_refused_here()
    {
        SourceCase.Registered().When(new ChangeSource()).ShouldBeRefusedBy("change-given");
        SourceCase.Registered().When(new ChangeSource(Name: " ")).ShouldBeRefusedBy("name-given");
        SourceCase.Registered().When(new ChangeSource(Kind: Source.CourtOrder)).ShouldBeRefusedBy("kind-without-basis");
        SourceCase.Registered().When(new ChangeSource(RatePerMinute: 0)).ShouldBeRefusedBy("rate-range");
        SourceCase.Registered().When(new ChangeSource(Exercise: true), SourceCase.Manager with { Clearance = Tlp.GREEN }).ShouldBeRefusedBy("report-tlp");
        RegisterSourceTests.Held(SourceCase.Registered(), "SRC-009").When(new ChangeSource(Name: "OpenHash Matches")).ShouldBeRefusedBy("source-name-unique");
        RegisterSourceTests.Held(SourceCase.Registered(), SourceCase.Key).When(new ChangeSource(Name: "OpenHash Matches")).ShouldBeAccepted();
    }
}
