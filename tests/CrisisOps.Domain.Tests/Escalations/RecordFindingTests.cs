using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class RecordFindingTests
{
    private static readonly RecordFinding _finding = new("Streamed by the perpetrator", "frame comparison", Confidence.High, ["EVD-1", "EVD-1", " "]);

    [Fact]
    public void A_finding_gets_an_id_and_shelves_the_evidence_it_names_once()
    {
        var found = Case.Triaged().When(_finding).ShouldBeAccepted().When(_finding).ShouldBeAccepted();

        found.Recorded<FindingRecorded>().FindingId.ShouldBe("FND-2");
        found.State.Findings.ShouldBe(2);
        found.State.Evidence.ShouldHaveSingleItem().EvidenceRef.ShouldBe("EVD-1");
    }

    [Fact]
    public void A_finding_keeps_details_that_its_evidence_has_already() =>
        Case.Triaged().When(new AttachEvidence("EVD-1", "sha256:ab")).When(_finding).ShouldBeAccepted()
            .State.Evidence.ShouldHaveSingleItem().Hash.ShouldBe("sha256:ab");

    [Fact]
    public void Source_and_evidence_are_told_to_core_only()
    {
        var told = Case.Triaged().When(_finding).Told().ShouldNotBeNull();

        told.Body.ShouldBe("source frame comparison, confidence high; evidence EVD-1");
        told.Others[Audience.CrossFunctional].Body.ShouldBe("confidence high");
        told.Others.ShouldNotContainKey(Audience.Executive);
        told.Others.ShouldNotContainKey(Audience.Partner);
    }

    [Fact]
    public void An_empty_finding_is_refused() => Case.Triaged().When(new RecordFinding(" ")).ShouldBeRefusedBy("summary-given");

    [Fact]
    public void A_partner_records_no_finding() => Case.Triaged().When(_finding, Case.Partner).ShouldBeRefused(RefusalKind.Forbidden);
}
