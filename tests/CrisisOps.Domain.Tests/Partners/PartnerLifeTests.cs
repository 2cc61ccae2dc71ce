using CrisisOps.Domain.Partners;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Partners;

/// <summary>From the proposal to the end; suspended and reinstated; what it is cleared for, and how often it was right.</summary>
public class PartnerLifeTests
{
    [Fact]
    public void Somebody_else_vets_it_by_an_agreement()
    {
        PartnerCase.Proposed().When(new VetPartner(" "), PartnerCase.Second).ShouldBeRefusedBy("agreement-given");
        PartnerCase.Proposed().When(new VetPartner("AGR-12"), PartnerCase.Manager).ShouldBeRefusedBy("four-eyes");
        PartnerCase.Proposed().When(new VetPartner("AGR-12"), PartnerCase.Lead).ShouldBeRefused(RefusalKind.Forbidden);
        PartnerCase.Vetted().When(new VetPartner("AGR-12"), PartnerCase.Second).ShouldBeRefused(RefusalKind.IllegalTransition);

        var vetted = PartnerCase.Proposed().When(new VetPartner("AGR-12") { OccurredAt = PartnerCase.Start.AddHours(-2) }, PartnerCase.Second).ShouldBeAccepted();
        (vetted.State.Stage, vetted.State.AgreementRef, vetted.State.VerifiedAt).ShouldBe((PartnerState.Vetted, "AGR-12", PartnerCase.Start.AddHours(-2)));
        vetted.Told().Others[Audience.Executive].ShouldBe(new AudienceText("Partner vetted: OpenHash Exchange", null));
    }

    [Fact]
    public void Only_a_vetted_one_takes_part()
    {
        PartnerCase.Proposed().When(new ActivatePartner()).ShouldBeRefused(RefusalKind.IllegalTransition);
        PartnerCase.Vetted().When(new ActivatePartner(), PartnerCase.Lead).ShouldBeRefused(RefusalKind.Forbidden);
        PartnerCase.Active().State.Stage.ShouldBe(PartnerState.Active);
        PartnerCase.Active().Told().Headline.ShouldBe("Active");
    }

    [Fact]
    public void A_duty_lead_suspends_it_and_a_partner_manager_reinstates_it()
    {
        PartnerCase.Active().When(new SuspendPartner(" "), PartnerCase.Lead).ShouldBeRefusedBy("reason-given");
        PartnerCase.Vetted().When(new SuspendPartner("taken over")).ShouldBeRefused(RefusalKind.IllegalTransition);
        PartnerCase.Suspended().State.Stage.ShouldBe(PartnerState.Suspended);
        PartnerCase.Suspended().Told().Body.ShouldBe("taken over");
        PartnerCase.Suspended().Told().Others[Audience.Executive].Body.ShouldBeNull();
        PartnerCase.Suspended().When(new ReinstatePartner(), PartnerCase.Lead).ShouldBeRefused(RefusalKind.Forbidden);
        var reinstated = PartnerCase.Suspended().When(new ReinstatePartner("called back")).ShouldBeAccepted();
        (reinstated.State.Stage, reinstated.Told().Body).ShouldBe((PartnerState.Active, "called back"));
        PartnerCase.Active().When(new ReinstatePartner()).ShouldBeRefused(RefusalKind.IllegalTransition);
    }

    [Fact]
    public void It_is_offboarded_from_anywhere_and_for_good()
    {
        PartnerCase.Active().When(new OffboardPartner("")).ShouldBeRefusedBy("reason-given");
        PartnerCase.Active().When(new OffboardPartner("ended"), PartnerCase.Lead).ShouldBeRefused(RefusalKind.Forbidden);
        foreach (var from in new[] { PartnerCase.Proposed(), PartnerCase.Vetted(), PartnerCase.Active(), PartnerCase.Suspended() })
        {
            var ended = from.When(new OffboardPartner("The agreement has ended.")).ShouldBeAccepted();
            (ended.State.Stage, ended.State.Open, ended.State.EndedAt).ShouldBe((PartnerState.Offboarded, false, PartnerCase.Start));
            ended.When(new OffboardPartner("again")).ShouldBeRefused(RefusalKind.IllegalTransition);
            ended.When(new ChangeClearance(Tlp.CLEAR, "ended")).ShouldBeRefused(RefusalKind.IllegalTransition);
            ended.When(new ReviewPrecision(1, 1)).ShouldBeRefused(RefusalKind.IllegalTransition);
        }
    }

    [Fact]
    public void Its_clearance_is_raised_by_a_lead_and_ends_at_amber()
    {
        var active = PartnerCase.Active();
        active.When(new ChangeClearance(Tlp.AmberStrict, "needed"), PartnerCase.Lead).ShouldBeRefusedBy("clearance-limit");
        active.When(new ChangeClearance(Tlp.RED, "needed"), PartnerCase.Lead).ShouldBeRefusedBy("clearance-limit");
        active.When(new ChangeClearance(Tlp.GREEN, "needed"), PartnerCase.Lead).ShouldBeRefusedBy("clearance-new");
        active.When(new ChangeClearance(Tlp.AMBER, " "), PartnerCase.Lead).ShouldBeRefusedBy("reason-given");
        active.When(new ChangeClearance(Tlp.AMBER, "needed"), PartnerCase.Manager).ShouldBeRefusedBy("clearance-raised-by-lead").ShouldBeRefused(RefusalKind.Forbidden);
        active.When(new ChangeClearance(Tlp.AMBER, "needed"), PartnerCase.Lead).ShouldBeAccepted().State.TlpClearance.ShouldBe(Tlp.AMBER);
        (active.Told().Headline, active.Told().Others.ContainsKey(Audience.Executive)).ShouldBe(("Cleared for TLP:AMBER, before TLP:GREEN", false));
        active.When(new ChangeClearance(Tlp.CLEAR, "passed on"), PartnerCase.Manager).ShouldBeAccepted().State.TlpClearance.ShouldBe(Tlp.CLEAR);
    }

    [Theory]
    [InlineData(0, 0, "precision-total")]
    [InlineData(1, -1, "precision-total")]
    [InlineData(1, 1_000_001, "precision-total")]
    [InlineData(-1, 10, "precision-upheld")]
    [InlineData(11, 10, "precision-upheld")]
    public void A_count_of_notices_adds_up(int upheld, int total, string guard) => PartnerCase.Active().When(new ReviewPrecision(upheld, total)).ShouldBeRefusedBy(guard);

    [Fact]
    public void The_newest_count_stands()
    {
        var counted = PartnerCase.Active().When(new ReviewPrecision(46, 50)).ShouldBeAccepted().After(TimeSpan.FromDays(90)).When(new ReviewPrecision(0, 1)).ShouldBeAccepted();
        counted.State.Precision.ShouldBe(new NoticePrecision(0, 1, PartnerCase.Start.AddDays(90)));
        counted.Told().Headline.ShouldBe("0 of 1 notices upheld");
        counted.When(new ReviewPrecision(1, 1), PartnerCase.Lead).ShouldBeRefused(RefusalKind.Forbidden);
    }
}
