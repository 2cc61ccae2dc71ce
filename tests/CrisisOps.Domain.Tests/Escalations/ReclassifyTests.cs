using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class ReclassifyTests
{
    [Fact]
    public void Everything_named_changes_and_the_rest_stays()
    {
        var changed = Case.Triaged().When(new Reclassify("chat", PolicyArea.Spam, ["XN-01"], ["no"], Surface: Surface.Groups)).ShouldBeAccepted();

        changed.State.ShouldSatisfyAllConditions(
            s => s.Product.ShouldBe("chat"), s => s.PolicyArea.ShouldBe(PolicyArea.Spam), s => s.Regions.ShouldBe(["XN-01"]),
            s => s.Languages.ShouldBe(["no"]), s => s.Surface.ShouldBe(Surface.Groups), s => s.Flags.ShouldBeEmpty(), s => s.Severity.ShouldBe(Severity.SEV1));
        changed.Told()!.Headline.ShouldContain("DangerousOrgsAndIndividuals to Spam");
        changed.Told()!.Others.ShouldNotContainKey(Audience.Partner);
    }

    [Fact]
    public void A_new_threat_to_life_starts_its_clock_and_wakes_the_case()
    {
        var marked = Case.Triaged(Severity.SEV3).When(new SnoozeEscalation("later", Case.Start.AddHours(1))).After(TimeSpan.FromMinutes(20))
            .When(new Reclassify(Flags: [Flag.ThreatToLife])).ShouldBeAccepted();

        marked.Clock(ClockKind.ThreatToLifeReferral).DueAt.ShouldBe(marked.Now.AddMinutes(15));
        marked.State.Snooze.ShouldBeNull();
    }

    [Fact]
    public void An_undecided_threat_to_life_is_not_marked_away() =>
        Case.Triaged(flags: Flag.ThreatToLife).When(new Reclassify(Flags: [])).ShouldBeRefusedBy("referral-decided");

    [Fact]
    public void A_new_legal_order_starts_its_clock_in_the_place_of_first_response()
    {
        var received = Case.Start.AddMinutes(5);
        var order = Case.Triaged().After(TimeSpan.FromMinutes(20)).When(new Reclassify(LegalBasis: "EU-TCO-Art3") { OccurredAt = received }).ShouldBeAccepted();

        order.State.Flags.ShouldBe([Flag.LegalOrder]);
        order.Clock(ClockKind.Legal).DueAt.ShouldBe(received.AddHours(1));
        order.Clock(ClockKind.FirstResponse).Running.ShouldBeFalse();
        order.Told()!.Others[Audience.CrossFunctional].Headline.ShouldNotContain("EU-TCO");
        order.Told()!.Others[Audience.CrossFunctional].Body.ShouldBeNull();
    }

    [Fact]
    public void A_running_legal_clock_is_aimed_nearer_but_never_pushed_back()
    {
        var order = Case.Raised(r => r with { LegalBasis = "EU-TCO-Art3" }).When(new Reclassify(HardDeadline: Case.Start.AddMinutes(40))).ShouldBeAccepted();
        order.Clock(ClockKind.Legal).DueAt.ShouldBe(Case.Start.AddMinutes(40));

        order.When(new Reclassify(HardDeadline: Case.Start.AddHours(9))).ShouldBeAccepted().Clock(ClockKind.Legal).DueAt.ShouldBe(Case.Start.AddMinutes(40));
    }

    [Fact]
    public void A_legal_order_needs_its_basis_or_its_deadline()
    {
        Case.Triaged().When(new Reclassify(Flags: [Flag.LegalOrder])).ShouldBeRefusedBy("legal-order-has-basis");
        Case.Triaged().When(new Reclassify(Flags: [Flag.LegalOrder], HardDeadline: Case.Start.AddHours(3))).ShouldBeAccepted()
            .Clock(ClockKind.Legal).DueAt.ShouldBe(Case.Start.AddHours(3));
    }

    [Fact]
    public void Only_legal_takes_the_mark_of_a_legal_order_away() =>
        Case.Raised(r => r with { LegalBasis = "EU-TCO-Art3" }).When(new Reclassify(Flags: [Flag.Novel])).ShouldBeRefusedBy("legal-order-kept");

    [Fact]
    public void An_owed_legal_basis_is_supplied_not_reclassified() =>
        Case.Raised(r => r with { Source = Source.LawEnforcement, ByTelephone = true, ThreatToLife = true })
            .When(new Reclassify(LegalBasis: "EU-TCO-Art3")).ShouldBeRefusedBy("legal-basis-owed");

    [Fact]
    public void An_undetermined_area_has_a_deadline_that_a_determined_one_meets()
    {
        var open = Case.Triaged().When(new Reclassify(PolicyArea: PolicyArea.Undetermined)).ShouldBeAccepted();
        open.Clock(ClockKind.PolicyArea).DueAt.ShouldBe(Case.Start.AddHours(4));

        open.After(TimeSpan.FromHours(1)).When(new Reclassify(PolicyArea: PolicyArea.Spam)).ShouldBeAccepted().Clock(ClockKind.PolicyArea).MetAt.ShouldBe(open.Now);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Moved_under_the_floor_of_an_election_phase_it_is_raised_to_the_floor(bool triaged)
    {
        var at = triaged ? Case.Triaged(Severity.SEV4) : Case.Raised(r => r with { ProposedSeverity = Severity.SEV4 });
        var moved = at.Knowing(c => c with { Facts = c.Facts.SetItem("election-floor/XN", "SEV2") })
            .When(new Reclassify(PolicyArea: PolicyArea.VoterInterference)).ShouldBeAccepted();

        moved.State.EffectiveSeverity.ShouldBe(Severity.SEV2);
        moved.Recorded<EscalationReclassified>().Severity.ShouldBe(Severity.SEV2);
        moved.Clock(triaged ? ClockKind.Resolve : ClockKind.Triage).DueAt.ShouldBe(triaged ? Case.Start.AddHours(24) : Case.Start.AddHours(1));
        moved.When(new UndoSeverityRaise()).ShouldBeRefusedBy("raise-stands");
    }

    [Fact]
    public void A_live_surface_is_live_content() => Case.Triaged().When(new Reclassify(Surface: Surface.Live)).ShouldBeAccepted().State.Flags.ShouldBe([Flag.LiveContent]);

    [Fact]
    public void The_product_must_be_configured() => Case.Triaged().When(new Reclassify("gopher")).ShouldBeRefusedBy("product-known");

    [Fact]
    public void A_case_keeps_a_region() => Case.Triaged().When(new Reclassify(Region: [])).ShouldBeRefusedBy("region-set");

    [Fact]
    public void Something_must_change()
    {
        Case.Triaged().When(new Reclassify()).ShouldBeRefusedBy("classification-changes");
        Case.Triaged().When(new Reclassify(Region: ["XN"], Flags: [])).ShouldBeRefusedBy("classification-changes");
    }

    [Theory]
    [InlineData(Flag.Newsworthy)]
    [InlineData(Flag.LegalOrder)]
    [InlineData(Flag.ThreatToLife)]
    public void The_sample_is_accepted_whatever_the_marks(Flag flag)
    {
        var at = Case.Triaged(flags: flag);
        at.When(Reclassify.Samples(at.State, Contexts.Of(at)).First()).ShouldBeAccepted();
    }
}
