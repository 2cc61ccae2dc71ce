using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class SupplyLegalBasisTests
{
    private static readonly SupplyLegalBasis _supply = new("EU-TCO-Art3", ["EVD-4"]);

    [Fact]
    public void The_basis_meets_its_clock_and_starts_the_legal_clock_from_the_raise()
    {
        var supplied = ByTelephone().After(TimeSpan.FromMinutes(30)).When(_supply).ShouldBeAccepted();

        supplied.Clock(ClockKind.LegalBasis).MetAt.ShouldBe(supplied.Now);
        supplied.Clock(ClockKind.Legal).DueAt.ShouldBe(Case.Start.AddHours(1));
        supplied.State.Has(Flag.LegalOrder).ShouldBeTrue();
        supplied.State.LegalBasisOwed.ShouldBeFalse();
        supplied.State.Evidence.Select(e => e.EvidenceRef).ShouldBe(["EVD-4"]);
        supplied.Told()!.Others[Audience.CrossFunctional].Headline.ShouldBe("Legal basis supplied");
    }

    [Fact]
    public void The_legal_clock_replaces_first_response() =>
        ByTelephone().When(new Triage(Severity.SEV1, PolicyArea.Spam, ["XN"], DuplicateSearchDone: true)).When(_supply).ShouldBeAccepted()
            .Clock(ClockKind.FirstResponse).Running.ShouldBeFalse();

    [Fact]
    public void It_is_supplied_once_and_only_where_it_is_owed()
    {
        Case.Raised().When(_supply).ShouldBeRefusedBy("legal-basis-owed");
        ByTelephone().When(_supply).When(_supply).ShouldBeRefusedBy("legal-basis-owed");
    }

    [Fact]
    public void It_names_the_basis() => ByTelephone().When(_supply with { LegalBasis = " " }).ShouldBeRefusedBy("legal-basis-named");

    [Fact]
    public void It_names_the_evidence()
    {
        ByTelephone().When(_supply with { EvidenceRefs = [] }).ShouldBeRefusedBy("evidence-named");
        ByTelephone().When(_supply with { EvidenceRefs = null! }).ShouldBeRefusedBy("evidence-named");
    }

    private static Case ByTelephone() => Case.Raised(r => r with { Source = Source.LawEnforcement, ByTelephone = true, ThreatToLife = true });
}
