using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class RaiseEscalationTests
{
    [Fact]
    public void Acknowledgement_and_triage_run_from_the_raise_at_the_pace_of_the_proposed_severity()
    {
        var raised = Case.Raised(r => r with { ProposedSeverity = null });

        raised.State.ProposedSeverity.ShouldBe(Severity.SEV2);
        raised.Clock(ClockKind.Acknowledge).DueAt.ShouldBe(Case.Start.AddMinutes(15));
        raised.Clock(ClockKind.Triage).DueAt.ShouldBe(Case.Start.AddHours(1));
    }

    [Fact]
    public void A_government_order_without_legal_basis_or_evidence_is_refused() =>
        new Case().When(new RaiseEscalation("Order", Source.GovernmentOrder, Surface.Feed, LegalBasis: "EU-TCO-Art3")).ShouldBeRefusedBy("government-intake-needs-legal-basis");

    [Fact]
    public void By_telephone_in_a_threat_to_life_it_is_taken_and_the_basis_is_owed_within_an_hour()
    {
        var raised = Case.Raised(r => r with { Source = Source.LawEnforcement, ByTelephone = true, ThreatToLife = true });

        raised.State.LegalBasisOwed.ShouldBeTrue();
        raised.Clock(ClockKind.LegalBasis).DueAt.ShouldBe(Case.Start.AddHours(1));
    }

    [Fact]
    public void A_removal_order_is_due_one_hour_after_receipt_and_never_pauses()
    {
        var raised = Case.Raised(r => r with { Source = Source.GovernmentOrder, LegalBasis = "EU-TCO-Art3", EvidenceRefs = ["EVD-4"] });

        raised.Clock(ClockKind.Legal).ClockId.ShouldBe("TCO_REMOVAL_1H");
        raised.Clock(ClockKind.Legal).DueAt.ShouldBe(Case.Start.AddHours(1));
        raised.Clock(ClockKind.Legal).Pausable.ShouldBeFalse();
        raised.State.Flags.ShouldContain(Flag.LegalOrder);
    }

    [Fact]
    public void An_unknown_product_is_refused() =>
        new Case().When(new RaiseEscalation("Title", Source.UserReport, Surface.Feed, Product: "fax")).ShouldBeRefusedBy("product-known");

    [Fact]
    public void A_partner_raises_in_its_own_name_only()
    {
        new Case().When(new RaiseEscalation("Title", Source.TrustedPartner, Surface.Feed, Requester: new Requester("PRT-002")), Case.Partner).ShouldBeRefusedBy("own-reports-only");
        Case.Raised(by: Case.Partner).State.Requester!.PartnerId.ShouldBe("PRT-001");
    }

    [Fact]
    public void Whoever_raises_something_red_may_read_it() =>
        Case.Raised(r => r with { Tlp = Tlp.RED }).State.NamedReaders.ShouldBe([Case.Specialist.Id]);
}
