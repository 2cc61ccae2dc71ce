using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class TakeTests
{
    [Fact]
    public void Taking_a_fresh_case_triages_assigns_and_starts_in_one_commit()
    {
        var taken = Case.Raised(r => r with { ThreatToLife = true }).Knowing(Case.Facts("spec-04")).When(new Take()).ShouldBeAccepted();

        taken.History.Skip(1).Select(h => h.Event.GetType()).ShouldBe([typeof(EscalationTriaged), typeof(EscalationAssigned), typeof(InvestigationStarted)]);
        taken.State.State.ShouldBe(EscalationState.Investigating);
        taken.State.Owner.ShouldBe("spec-04");
        taken.State.Severity.ShouldBe(Severity.SEV1);
        taken.State.NextUpdateDue.ShouldBe(Case.Start.AddMinutes(30));
        taken.Clock(ClockKind.PolicyArea).Running.ShouldBeTrue();
        taken.Clock(ClockKind.ThreatToLifeReferral).Running.ShouldBeTrue();
        ((EscalationAssigned)taken.History[^2].Event).Shift.ShouldBe("SHF-1515A");
    }

    [Fact]
    public void Taking_a_triaged_case_leaves_the_triage_alone()
    {
        var taken = Case.Triaged(Severity.SEV2).When(new Take(Hypothesis: "spam")).ShouldBeAccepted();

        taken.History.Skip(2).Select(h => h.Event.GetType()).ShouldBe([typeof(EscalationAssigned), typeof(InvestigationStarted)]);
        taken.State.Severity.ShouldBe(Severity.SEV2);
    }

    [Fact]
    public void What_the_taker_knows_better_stands_above_the_defaults()
    {
        var taken = Case.Raised().When(new Take(Severity.SEV3, PolicyArea.Spam, ["XN-01"], [Flag.Novel])).ShouldBeAccepted();

        taken.State.Severity.ShouldBe(Severity.SEV3);
        taken.State.PolicyArea.ShouldBe(PolicyArea.Spam);
        taken.State.Regions.ShouldBe(["XN-01"]);
        taken.State.Flags.ShouldContain(Flag.Novel);
    }

    [Fact]
    public void A_default_gives_way_to_the_floor_of_an_election_phase() =>
        Election(Case.Raised(r => r with { ProposedSeverity = Severity.SEV4 })).When(new Take(PolicyArea: PolicyArea.VoterInterference)).ShouldBeAccepted()
            .State.Severity.ShouldBe(Severity.SEV2);

    [Fact]
    public void A_chosen_severity_below_the_floor_is_refused() =>
        Election(Case.Raised()).When(new Take(Severity.SEV3, PolicyArea.VoterInterference)).ShouldBeRefusedBy("election-severity-floor");

    [Fact]
    public void Taking_needs_a_region_when_it_names_regions() =>
        Case.Raised().When(new Take(Region: [])).ShouldBeRefusedBy("region-set");

    [Fact]
    public void A_triaged_case_is_not_triaged_again_by_taking_it() =>
        Case.Triaged().When(new Take(Severity.SEV3)).ShouldBeRefusedBy("triage-ahead");

    [Fact]
    public void Nobody_takes_a_case_above_their_clearance() =>
        Case.Raised().When(new Take(), Case.Specialist with { Clearance = Tlp.GREEN }).ShouldBeRefusedBy("assignee-cleared");

    [Fact]
    public void An_owned_case_is_not_taken() => Case.Assigned().When(new Take(), Case.OtherSpecialist).ShouldBeRefused(RefusalKind.IllegalTransition);

    private static Case Election(Case at) => at.Knowing(c => c with { Facts = c.Facts.SetItem("election-floor/XN", "SEV2") });
}
