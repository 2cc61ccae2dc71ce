using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class VoidEscalationTests
{
    private static readonly VoidEscalation _void = new("tested on the wrong system");

    [Fact]
    public void A_mistaken_raise_is_kept_but_leaves_queue_clocks_and_reminders()
    {
        var voided = Case.Raised().When(new AddTask("Look", "spec-09", Case.Start.AddHours(1))).When(_void).ShouldBeAccepted();

        voided.State.State.ShouldBe(EscalationState.Voided);
        voided.State.Clocks.ShouldAllBe(c => !c.Running);
        voided.State.EndedAt.ShouldBe(Case.Start);
        voided.State.Deadlines.ShouldBeEmpty();
    }

    [Fact]
    public void Only_its_raiser_or_a_duty_lead_voids_it()
    {
        Case.Raised().When(_void, Case.OtherSpecialist).ShouldBeRefusedBy("own-raise");
        Case.Raised().When(_void, Case.DutyLead).ShouldBeAccepted();
    }

    [Fact]
    public void A_legal_order_is_voided_by_legal_first()
    {
        Case.Raised(r => r with { LegalBasis = "Penal code 12" }).When(_void).ShouldBeRefusedBy("legal-order-voided");
        Case.Raised(r => r with { Source = Source.LawEnforcement, ByTelephone = true, ThreatToLife = true }).When(_void).ShouldBeRefusedBy("legal-order-voided");
    }

    [Fact]
    public void What_was_done_in_the_world_is_not_voided() =>
        Case.Raised().When(new TakeInterimAction(EnforcementAction.RemoveContent, "the video", "attack")).When(_void).ShouldBeRefusedBy("nothing-enforced");

    [Fact]
    public void A_decided_case_is_not_voided() => VoidEscalation.Rule.Admits(Case.Raised().State with { Stage = EscalationState.Decided }).ShouldBeFalse();
}
