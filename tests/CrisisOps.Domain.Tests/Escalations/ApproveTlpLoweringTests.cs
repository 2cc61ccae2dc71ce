using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class ApproveTlpLoweringTests
{
    [Fact]
    public void A_second_person_lowers_it_and_both_are_on_record()
    {
        var lowered = Asked().When(new ApproveTlpLowering(), Case.OtherSpecialist).ShouldBeAccepted();

        lowered.State.Tlp.ShouldBe(Tlp.GREEN);
        lowered.State.TlpLowering.ShouldBeNull();
        lowered.Recorded<TlpLowered>().RequestedBy.ShouldBe("spec-04");
        lowered.Told()!.Body!.ShouldContain("asked by spec-04, approved by spec-09");
    }

    [Fact]
    public void Whoever_asked_is_not_the_second_person() => Asked().When(new ApproveTlpLowering()).ShouldBeRefusedBy("second-person");

    [Fact]
    public void Somebody_must_have_asked() => Case.Triaged().When(new ApproveTlpLowering(), Case.OtherSpecialist).ShouldBeRefusedBy("lowering-asked");

    private static Case Asked() =>
        Case.Raised(r => r with { Source = Source.Employee }).When(new LowerTlp(Tlp.GREEN, "published")).ShouldBeAccepted();
}
