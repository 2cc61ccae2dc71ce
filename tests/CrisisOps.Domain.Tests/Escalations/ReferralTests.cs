using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

/// <summary>The decision on law enforcement: referred, or declined with a reason.</summary>
public class ReferralTests
{
    private static readonly ReferToLawEnforcement _refer = new("ThreatToLife", "Norland National Police", "LEA-77");
    private static readonly DeclineReferral _decline = new("The police are on the scene.");

    private static Case Claimed() => Case.Raised(r => r with { ThreatToLife = true });

    [Fact]
    public void One_person_refers_right_after_the_raise_and_the_clock_is_met()
    {
        var referred = Claimed().After(TimeSpan.FromMinutes(3)).When(_refer).ShouldBeAccepted();

        referred.Clock(ClockKind.ThreatToLifeReferral).MetAt.ShouldBe(referred.Now);
        referred.State.Referral.ShouldBe(new ReferralOutcome(true, "Norland National Police", "ThreatToLife", referred.Now));
    }

    [Fact]
    public void It_is_told_to_core_only_and_as_red()
    {
        var told = Claimed().When(_refer).Told()!;
        told.Others.ShouldBeEmpty();
        told.Tlp.ShouldBe(Tlp.RED);
        Claimed().When(_decline).Told()!.Others.ShouldBeEmpty();
    }

    [Fact]
    public void A_case_is_referred_once() => Claimed().When(_refer).When(_refer).ShouldBeRefusedBy("referred-once");

    [Fact]
    public void A_referral_needs_no_claim_at_the_raise() => Case.Raised().When(_refer).ShouldBeAccepted();

    [Fact]
    public void Declining_meets_the_clock_and_leaves_the_referral_possible()
    {
        var declined = Claimed().When(_decline).ShouldBeAccepted();

        declined.Clock(ClockKind.ThreatToLifeReferral).Running.ShouldBeFalse();
        declined.State.Referral!.Referred.ShouldBeFalse();
        declined.When(_refer).ShouldBeAccepted();
    }

    [Fact]
    public void Only_an_owed_referral_is_declined()
    {
        Case.Raised().When(_decline).ShouldBeRefusedBy("referral-owed");
        Claimed().When(_decline).When(_decline).ShouldBeRefusedBy("referral-owed");
        Claimed().When(_refer).When(_decline).ShouldBeRefusedBy("referral-owed");
    }

    [Fact]
    public void A_partner_decides_nothing_on_it()
    {
        Claimed().When(_refer, Case.Partner).ShouldBeRefused(RefusalKind.Forbidden);
        Claimed().When(_decline, Case.Partner).ShouldBeRefused(RefusalKind.Forbidden);
    }
}
