using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class LowerTlpTests
{
    private static readonly LowerTlp _lower = new(Tlp.GREEN, "published");

    [Fact]
    public void What_came_from_outside_is_lowered_by_the_recorded_consent_of_its_source()
    {
        var lowered = Case.Triaged().When(_lower with { SourceConsentRef = "CNS-12" }).ShouldBeAccepted();

        lowered.State.Tlp.ShouldBe(Tlp.GREEN);
        lowered.Recorded<TlpLowered>().SourceConsentRef.ShouldBe("CNS-12");
        lowered.Told()!.Others[Audience.CrossFunctional].Body.ShouldBeNull();
    }

    [Fact]
    public void Without_consent_nobody_lowers_what_came_from_outside() =>
        Case.Triaged().When(_lower, Case.DutyLead).ShouldBeRefusedBy("source-consents");

    [Theory]
    [InlineData(Source.Employee)]
    [InlineData(Source.ProactiveDetection)]
    [InlineData(Source.RiskSignal)]
    public void An_item_of_our_own_waits_for_a_second_person(Source source)
    {
        var asked = Case.Raised(r => r with { Source = source }).When(_lower with { SourceConsentRef = "CNS-12" }).ShouldBeAccepted();

        asked.State.Tlp.ShouldBe(Tlp.AMBER);
        asked.State.TlpLowering.ShouldBe(new TlpLowering(Tlp.GREEN, "published", "spec-04"));
    }

    [Fact]
    public void Lowering_goes_downwards_only() => Case.Triaged().When(new LowerTlp(Tlp.AMBER, "x", "CNS-1")).ShouldBeRefusedBy("tlp-downwards");
}
