using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class VoidLegalOrderTests
{
    private static readonly VoidLegalOrder _void = new("the court does not know this file", NotGenuine: true);

    [Fact]
    public void A_voided_order_ends_its_clocks_and_first_response_is_owed_again()
    {
        var voided = Order().After(TimeSpan.FromMinutes(10)).When(_void, Case.LegalCounsel).ShouldBeAccepted();

        voided.State.Has(Flag.LegalOrder).ShouldBeFalse();
        voided.State.LegalBasis.ShouldBeNull();
        voided.Clock(ClockKind.Legal).StoppedAt.ShouldBe(voided.Now);
        voided.Clock(ClockKind.FirstResponse).DueAt.ShouldBe(Case.Start.AddMinutes(30));
        voided.Told()!.Others[Audience.CrossFunctional].Body.ShouldBeNull();
        voided.Told()!.Others.ShouldNotContainKey(Audience.Partner);
    }

    [Fact]
    public void First_response_does_not_start_overdue()
    {
        var voided = Order().After(TimeSpan.FromMinutes(45)).When(_void, Case.LegalCounsel).ShouldBeAccepted();
        voided.Clock(ClockKind.FirstResponse).DueAt.ShouldBe(voided.Now.AddMinutes(30));
    }

    [Fact]
    public void A_request_by_telephone_that_was_a_hoax_owes_no_basis_any_more()
    {
        var voided = Case.Raised(r => r with { Source = Source.LawEnforcement, ByTelephone = true, ThreatToLife = true }).When(_void, Case.LegalCounsel).ShouldBeAccepted();

        voided.State.LegalBasisOwed.ShouldBeFalse();
        voided.Clock(ClockKind.LegalBasis).Running.ShouldBeFalse();
    }

    [Fact]
    public void A_later_triage_gives_the_voided_case_its_first_response() =>
        Order().When(_void, Case.LegalCounsel).When(new Triage(Severity.SEV2, PolicyArea.Spam, ["XN"], DuplicateSearchDone: true)).ShouldBeAccepted()
            .Clock(ClockKind.FirstResponse).DueAt.ShouldBe(Case.Start.AddHours(2));

    [Fact]
    public void The_same_basis_can_come_again() =>
        Order().When(_void, Case.LegalCounsel).After(TimeSpan.FromHours(1)).When(new Reclassify(LegalBasis: "EU-TCO-Art3")).ShouldBeAccepted()
            .Clock(ClockKind.Legal).DueAt.ShouldBe(Case.Start.AddHours(2));

    [Fact]
    public void There_must_be_an_order() => Case.Triaged().When(_void, Case.LegalCounsel).ShouldBeRefusedBy("legal-order-stands");

    [Fact]
    public void Only_legal_voids_an_order() => Order().When(_void, Case.DutyLead).ShouldBeRefused(RefusalKind.Forbidden);

    private static Case Order() => Case.Raised(r => r with { LegalBasis = "EU-TCO-Art3" });
}
