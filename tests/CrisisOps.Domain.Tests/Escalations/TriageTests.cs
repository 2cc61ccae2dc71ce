using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class TriageTests
{
    private static readonly Triage _triage = new(Severity.SEV1, PolicyArea.VoterInterference, ["XN"], DuplicateSearchDone: true);

    [Fact]
    public void Triage_meets_the_acknowledgement_and_triage_clocks_and_starts_those_of_its_severity()
    {
        var triaged = Case.Raised().After(TimeSpan.FromMinutes(2)).When(_triage).ShouldBeAccepted();

        triaged.State.State.ShouldBe(EscalationState.Triaged);
        triaged.Clock(ClockKind.Acknowledge).MetAt.ShouldBe(triaged.Now);
        triaged.Clock(ClockKind.Triage).MetAt.ShouldBe(triaged.Now);
        triaged.Clock(ClockKind.FirstResponse).DueAt.ShouldBe(Case.Start.AddMinutes(30));
        triaged.Clock(ClockKind.Resolve).DueAt.ShouldBe(Case.Start.AddHours(4));
    }

    [Fact]
    public void A_threat_to_life_gets_fifteen_minutes_from_the_raise_and_again_from_triage()
    {
        var raised = Case.Raised(r => r with { ThreatToLife = true });
        raised.Clock(ClockKind.ThreatToLifeReferral).DueAt.ShouldBe(Case.Start.AddMinutes(15));

        raised.After(new TimeSpan(0, 2, 10)).When(_triage).ShouldBeAccepted();

        raised.Clock(ClockKind.ThreatToLifeReferral).DueAt.ShouldBe(raised.Now.AddMinutes(15));
        raised.Clock(ClockKind.ThreatToLifeReferral).Generation.ShouldBe(2);
    }

    [Fact]
    public void A_legal_order_has_its_own_clock_and_no_first_response() =>
        Case.Raised(r => r with { Source = Source.GovernmentOrder, LegalBasis = "EU-TCO-Art3", EvidenceRefs = ["EVD-4"] })
            .When(_triage).ShouldBeAccepted()
            .State.Clocks.ShouldNotContain(c => c.Kind == ClockKind.FirstResponse);

    [Fact]
    public void Triage_is_refused_without_the_duplicate_search() =>
        Case.Raised().When(_triage with { DuplicateSearchDone = false }).ShouldBeRefusedBy("duplicate-search-done");

    [Fact]
    public void Triage_is_refused_without_a_region() =>
        Case.Raised().When(_triage with { Region = [] }).ShouldBeRefusedBy("region-set");

    [Fact]
    public void Triage_is_refused_below_the_floor_of_an_election_phase() =>
        Case.Raised()
            .Knowing(c => c with { Facts = c.Facts.SetItem("election-floor/XN", "SEV2") })
            .When(_triage with { Severity = Severity.SEV3 }).ShouldBeRefusedBy("election-severity-floor");

    [Fact]
    public void A_case_is_triaged_once() => Case.Triaged().When(_triage).ShouldBeRefused(RefusalKind.IllegalTransition);

    [Fact]
    public void A_partner_does_not_triage() => Case.Raised().When(_triage, Case.Partner).ShouldBeRefused(RefusalKind.Forbidden);
}
