using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class ProposeDecisionTests
{
    private static readonly ProposeDecision _removal = Investigations.Removal;

    [Fact]
    public void A_proposal_pins_its_key_and_the_policy_version_in_force()
    {
        var proposed = Investigations.Started()
            .Knowing(c => c with { Rules = c.Rules with { DefaultPolicyVersion = "2027-05" } })
            .When(_removal).ShouldBeAccepted();

        var decision = proposed.State.Decision.ShouldNotBeNull();
        decision.DecisionKey.ShouldBe("DEC-2027-000101-1");
        decision.PolicyVersion.ShouldBe("2027-05");
        decision.ProposedBy.ShouldBe("spec-04");
        decision.TerritorialScope.ShouldBe(["Global"]);
        decision.Approved.ShouldBeFalse();
        proposed.State.State.ShouldBe(EscalationState.DecisionProposed);
        proposed.State.Evidence.ShouldHaveSingleItem().EvidenceRef.ShouldBe("EVD-1");
    }

    [Fact]
    public void The_next_proposal_gets_the_next_key() =>
        Investigations.Proposed().When(new WithdrawDecision("more to look at")).When(_removal).ShouldBeAccepted()
            .State.Decision!.DecisionKey.ShouldBe("DEC-2027-000101-2");

    [Fact]
    public void It_names_the_functions_that_answered_and_the_questions_still_open()
    {
        var lawyer = Case.LegalCounsel with { Functions = new HashSet<Function> { Function.Legal } };
        var decision = Investigations.Started()
            .When(new RequestInput("May this stay up?", Case.Start.AddHours(1), Function.Legal))
            .When(new RequestInput("And for whom?", Case.Start.AddHours(1), Function.HumanRights))
            .When(new ProvideInput("CON-1", "No."), lawyer).ShouldBeAccepted()
            .When(_removal with { Consulted = [Function.Security, Function.Legal] }).ShouldBeAccepted()
            .State.Decision!;

        decision.Consulted.ShouldBe([Function.Security, Function.Legal]);
        decision.UnansweredConsults.ShouldBe(["CON-2"]);
    }

    [Fact]
    public void A_finding_recorded_earlier_is_enough() =>
        Investigations.Started().When(new RecordFinding("Streamed by the perpetrator")).When(_removal with { EvidenceRefs = null }).ShouldBeAccepted();

    [Fact]
    public void Without_finding_and_evidence_it_is_refused() =>
        Investigations.Started().When(_removal with { EvidenceRefs = [" "] }).ShouldBeRefusedBy("finding-or-evidence");

    [Fact]
    public void Without_acknowledged_updates_it_is_refused_and_names_the_way_out()
    {
        var refused = Investigations.Started().When(_removal, Case.OtherSpecialist)
            .ShouldBeRefusedBy("policy-acknowledged").ShouldBeRefused(RefusalKind.PolicyNotAcknowledged);

        ((Ruling.Refused)refused.Last).Refusal.Instead.ShouldContain("take-interim-action");
        Investigations.Started().Knowing(Case.Facts("spec-04", PolicyArea.Spam)).When(_removal).ShouldBeRefusedBy("policy-acknowledged");
    }

    [Fact]
    public void The_override_of_the_acknowledgement_is_logged_and_only_when_needed()
    {
        var late = _removal with { AcknowledgementOverride = "attack in progress" };
        Investigations.Started().When(late, Case.OtherSpecialist).ShouldBeAccepted().Recorded<DecisionProposed>().AcknowledgementOverride.ShouldBe("attack in progress");
        Investigations.Started().When(late).ShouldBeAccepted().Recorded<DecisionProposed>().AcknowledgementOverride.ShouldBeNull();
    }

    [Fact]
    public void An_undetermined_policy_area_is_settled_first() =>
        Investigations.Started(area: PolicyArea.Undetermined).When(_removal).ShouldBeRefusedBy("policy-area-determined");

    [Fact]
    public void Rule_and_rationale_are_given()
    {
        Investigations.Started().When(_removal with { Rule = "" }).ShouldBeRefusedBy("rule-and-rationale-given");
        Investigations.Started().When(_removal with { Rationale = null! }).ShouldBeRefusedBy("rule-and-rationale-given");
    }

    [Theory]
    [InlineData(EnforcementAction.RemoveContent)]
    [InlineData(EnforcementAction.WarningScreen)]
    [InlineData(EnforcementAction.HashAndBlock)]
    public void A_restriction_carries_a_human_rights_note(EnforcementAction action) =>
        Investigations.Started().When(_removal with { Actions = [action], HumanRightsNote = null }).ShouldBeRefusedBy("human-rights-note");

    [Fact]
    public void A_label_restricts_nothing() =>
        Investigations.Started().When(_removal with { Actions = [EnforcementAction.Label], HumanRightsNote = null }).ShouldBeAccepted();

    [Fact]
    public void A_grey_area_weighs_two_options()
    {
        Investigations.Started(flags: Flag.GreyArea).When(_removal with { OptionsWeighed = ["removal", " "] }).ShouldBeRefusedBy("options-weighed");
        Investigations.Started(flags: Flag.GreyArea).When(_removal with { OptionsWeighed = ["removal", "label"] }).ShouldBeAccepted();
    }

    [Fact]
    public void A_violation_is_acted_upon()
    {
        Investigations.Started().When(_removal with { Actions = null }).ShouldBeRefusedBy("actions-fit-verdict");
        Investigations.Started().When(_removal with { Actions = [EnforcementAction.NoAction] }).ShouldBeRefusedBy("actions-fit-verdict");
    }

    [Fact]
    public void Without_a_violation_nothing_is_restricted()
    {
        Investigations.Started().When(_removal with { Verdict = Verdict.NoViolation }).ShouldBeRefusedBy("actions-fit-verdict");
        Investigations.Started().When(_removal with { Verdict = Verdict.NoViolation, Actions = null }).ShouldBeAccepted();
        Investigations.Started().When(_removal with { Verdict = Verdict.NoViolation, Actions = [EnforcementAction.RestoreContent] }).ShouldBeAccepted();
    }

    [Fact]
    public void Only_an_order_is_complied_with()
    {
        var comply = _removal with { Verdict = Verdict.Comply, Actions = [EnforcementAction.DisableAccess] };
        Investigations.Started().When(comply).ShouldBeRefusedBy("order-to-comply-with");
        Investigations.Started(flags: Flag.LegalOrder).When(comply).ShouldBeAccepted();
        Investigations.Of(r => r with { Source = Source.CourtOrder, LegalBasis = "XN-Court", EvidenceRefs = ["EVD-4"] }).When(comply).ShouldBeAccepted()
            .State.Decision!.TerritorialScope.ShouldBe(["XN"]);
    }

    [Fact]
    public void A_refused_order_restricts_nothing() =>
        Investigations.Started(flags: Flag.LegalOrder).When(_removal with { Verdict = Verdict.RefuseToComply }).ShouldBeRefusedBy("actions-fit-verdict");

    [Fact]
    public void A_local_law_action_is_limited_to_regions_by_default()
    {
        var restrict = _removal with { Actions = [EnforcementAction.GeoRestrict] };
        var decision = Investigations.Started(area: PolicyArea.LocalLaw).When(restrict).ShouldBeAccepted().State.Decision!;
        decision.TerritorialScope.ShouldBe(["XN"]);
        decision.LocalLaw.ShouldBeTrue();

        foreach (var world in new[] { "Global", "global", "001", "*" })
        {
            Investigations.Started(area: PolicyArea.LocalLaw).When(restrict with { TerritorialScope = ["XN", world] }).ShouldBeRefusedBy("local-law-geo-limited");
        }
    }

    [Fact]
    public void An_order_limited_to_regions_counts_as_local_law_and_a_global_one_does_not()
    {
        Investigations.Started(flags: Flag.LegalOrder).When(_removal with { TerritorialScope = ["XN"] }).State.Decision!.LocalLaw.ShouldBeTrue();
        Investigations.Started(flags: Flag.LegalOrder).When(_removal).State.Decision!.LocalLaw.ShouldBeFalse();
        Investigations.Started().When(_removal with { TerritorialScope = ["XN"] }).State.Decision!.LocalLaw.ShouldBeFalse();
    }

    [Fact]
    public void A_novel_case_is_flagged_and_opens_a_policy_gap()
    {
        var novel = Investigations.Started().When(_removal with { Novel = true }).ShouldBeAccepted();
        novel.Recorded<DecisionProposed>().PolicyGap.ShouldBeTrue();
        novel.State.Flags.ShouldContain(Flag.Novel);
    }

    [Fact]
    public void It_is_proposed_from_an_investigation_only()
    {
        Case.Assigned().When(_removal).ShouldBeRefused(RefusalKind.IllegalTransition);
        Investigations.Proposed().When(_removal).ShouldBeRefused(RefusalKind.IllegalTransition);
    }

    [Fact]
    public void Law_enforcement_and_counsel_stay_with_core_and_the_partner_reads_nothing()
    {
        var told = Investigations.Started(flags: Flag.LegalOrder)
            .When(_removal with { Actions = [EnforcementAction.RemoveContent, EnforcementAction.ReferToLawEnforcement] }).Told()!;

        told.Headline.ShouldContain("ReferToLawEnforcement");
        told.Body!.ShouldContain("Perpetrator-produced");
        told.Others.Values.ShouldAllBe(t => !t.Headline.Contains("LawEnforcement") && !(t.Body ?? "").Contains("Perpetrator-produced"));
        told.Others.Keys.ShouldBe([Audience.CrossFunctional, Audience.Executive], ignoreOrder: true);
    }

    [Fact]
    public void The_sample_passes_wherever_a_decision_may_be_proposed()
    {
        foreach (var started in new[]
        {
            Investigations.Started(), Investigations.Started(area: PolicyArea.LocalLaw), Investigations.Started(flags: [Flag.GreyArea, Flag.LegalOrder]),
            Investigations.Of(Investigations.Order),
        })
        {
            started.When(ProposeDecision.Samples(started.State, Contexts.Of(started)).First(), Case.OtherSpecialist).ShouldBeAccepted();
        }
    }
}
