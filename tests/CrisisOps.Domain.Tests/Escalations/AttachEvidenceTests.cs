using CrisisOps.Domain.Escalations;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class AttachEvidenceTests
{
    [Fact]
    public void Evidence_needs_only_its_reference() =>
        Case.Raised().When(new AttachEvidence("EVD-1")).ShouldBeAccepted().State.Evidence.ShouldBe([new Evidence("EVD-1")]);

    [Fact]
    public void Attaching_the_same_reference_again_fills_the_gaps()
    {
        var attached = Case.Raised()
            .When(new AttachEvidence("EVD-1", MediaType: "video/mp4")).ShouldBeAccepted()
            .When(new AttachEvidence("EVD-1", "sha256:ab", GraphicLevel: 4)).ShouldBeAccepted();

        attached.State.Evidence.ShouldBe([new Evidence("EVD-1", "sha256:ab", "video/mp4", 4)]);
        attached.Told()!.Headline.ShouldBe("Evidence EVD-1 completed");
    }

    [Fact]
    public void A_repeat_that_adds_nothing_is_refused() =>
        Case.Raised().When(new AttachEvidence("EVD-1", "sha256:ab")).When(new AttachEvidence("EVD-1")).ShouldBeRefusedBy("evidence-new");

    [Fact]
    public void The_same_reference_with_another_hash_is_refused() =>
        Case.Raised().When(new AttachEvidence("EVD-1", "sha256:ab")).When(new AttachEvidence("EVD-1", "sha256:cd")).ShouldBeRefusedBy("evidence-hash-same");

    [Fact]
    public void The_graphic_level_ends_at_four() => Case.Raised().When(new AttachEvidence("EVD-1", GraphicLevel: 5)).ShouldBeRefusedBy("graphic-level");

    [Fact]
    public void Evidence_without_a_reference_is_refused() => Case.Raised().When(new AttachEvidence("")).ShouldBeRefusedBy("evidence-named");

    [Fact]
    public void The_sample_is_a_reference_that_is_not_attached_yet()
    {
        var attached = Case.Raised().When(new AttachEvidence("EVD-1", GraphicLevel: 3));
        attached.When(AttachEvidence.Samples(attached.State, Contexts.Of(attached)).First()).ShouldBeAccepted();
    }
}
