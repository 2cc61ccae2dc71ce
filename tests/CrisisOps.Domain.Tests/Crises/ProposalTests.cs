using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Crises;

/// <summary>From the proposal to the declaration, or to none.</summary>
public class ProposalTests
{
    [Fact]
    public void A_proposal_needs_a_type_and_a_summary_only()
    {
        var proposed = new CrisisCase().When(new ProposeCrisis(CrisisType.DataLeak, "a leak"), CrisisCase.Specialist).ShouldBeAccepted();
        (proposed.State.Stage, proposed.State.Title, proposed.State.Tlp, proposed.State.Trigger).ShouldBe((CrisisState.Proposed, "DataLeak", Tlp.AMBER, CrisisTrigger.Manual));
        proposed.State.Deadlines.ShouldBeEmpty();
    }

    [Fact]
    public void The_escalations_it_rests_on_belong_to_it()
    {
        CrisisCase.Proposed().State.Escalations.Select(e => (e.Key, e.ByRule)).ShouldContain(("ESC-2027-000102", false));
        new CrisisCase().When(CrisisCase.Proposal with { Trigger = CrisisTrigger.ClusterRule }, Caller.System).ShouldBeAccepted().State.Escalations.ShouldAllBe(e => e.ByRule);
    }

    [Fact]
    public void An_unknown_merged_voided_or_exercise_escalation_is_refused()
    {
        new CrisisCase().When(CrisisCase.Proposal with { Refs = ["ESC-2027-000999"] }).ShouldBeRefusedBy("escalation-known");
        new CrisisCase().When(CrisisCase.Proposal with { Exercise = true }).ShouldBeRefusedBy("exercise-apart");
        var merged = CrisisCase.Escalation("ESC-2027-000101", EscalationState.Merged) with { MergedInto = "ESC-2027-000102" };
        new CrisisCase().KnowingStream(merged).When(CrisisCase.Proposal).ShouldBeRefusedBy("escalation-open");
        new CrisisCase().KnowingStream(CrisisCase.Escalation("ESC-2027-000101", EscalationState.Voided)).When(CrisisCase.Proposal).ShouldBeRefusedBy("escalation-open");
    }

    [Fact]
    public void People_do_not_speak_for_the_rules() =>
        new CrisisCase().When(CrisisCase.Proposal with { Trigger = CrisisTrigger.ClusterRule }).ShouldBeRefusedBy("trigger-by-rule");

    [Fact]
    public void One_crisis_is_open_for_a_type_and_a_region_unless_it_is_another_attack()
    {
        var given = new CrisisCase().KnowingFact(ProposeCrisis.OpenCrisisFact, "TerrorOrViolentExtremistAttack/XN", "CR-2027-0006");
        given.When(CrisisCase.Proposal).ShouldBeRefusedBy("one-open-proposal");
        given.When(CrisisCase.Proposal with { SeparateFrom = "CR-2027-0006" }).ShouldBeAccepted();
    }

    [Fact]
    public void A_predecessor_is_a_crisis_that_there_is()
    {
        var next = CrisisCase.Proposal with { PredecessorKey = "CR-2027-0003" };
        new CrisisCase().When(next).ShouldBeRefusedBy("predecessor-known");
        new CrisisCase().KnowingStream(new Crisis { Key = "CR-2027-0003", Stage = CrisisState.Closed }).When(next).ShouldBeAccepted().State.PredecessorKey.ShouldBe("CR-2027-0003");
    }

    [Theory]
    [InlineData(4, 3, CrisisLevel.Level1)]
    [InlineData(4, 2, CrisisLevel.Level1)]
    [InlineData(3, 4, CrisisLevel.Level1)]
    [InlineData(4, 1, CrisisLevel.Level2)]
    [InlineData(3, 3, CrisisLevel.Level2)]
    [InlineData(1, 2, CrisisLevel.Level3)]
    [InlineData(4, 0, CrisisLevel.Level3)]
    [InlineData(2, 0, null)]
    public void The_level_is_computed_from_both_axes(int consequence, int virality, CrisisLevel? level) =>
        CrisisCase.Proposed().When(new AssessCrisis(consequence, virality, Certainty.Likely)).ShouldBeAccepted().Recorded<CrisisAssessed>().Level.ShouldBe(level);

    [Fact]
    public void Scores_end_at_four()
    {
        CrisisCase.Proposed().When(new AssessCrisis(5, 0, Certainty.Likely)).ShouldBeRefusedBy("score-range");
        CrisisCase.Proposed().When(new AssessCrisis(0, -1, Certainty.Likely)).ShouldBeRefusedBy("score-range");
    }

    [Fact]
    public void A_specialist_neither_assesses_nor_declares_nor_rejects()
    {
        var proposed = CrisisCase.Proposed();
        proposed.When(new AssessCrisis(4, 3, Certainty.Likely), CrisisCase.Specialist).ShouldBeRefusedBy("crisis-role").ShouldBeRefused(RefusalKind.Forbidden);
        proposed.When(new DeclareCrisis("HARBOUR"), CrisisCase.Specialist).ShouldBeRefusedBy("crisis-role");
        proposed.When(new RejectProposal("old video"), CrisisCase.Specialist).ShouldBeRefusedBy("crisis-role");
        proposed.When(new StandUp(4, 3, Certainty.Likely, "HARBOUR"), CrisisCase.Specialist).ShouldBeRefusedBy("crisis-role");
        proposed.When(new SplitProposal(["ESC-2027-000103"], "another"), CrisisCase.Specialist).ShouldBeRefusedBy("crisis-role");
    }

    [Fact]
    public void A_declaration_rests_on_an_assessment_of_the_last_hour()
    {
        var assess = new AssessCrisis(4, 3, Certainty.Observed);
        CrisisCase.Proposed().When(new DeclareCrisis("HARBOUR")).ShouldBeRefusedBy("assessed-lately");
        CrisisCase.Proposed().When(assess).After(TimeSpan.FromMinutes(61)).When(new DeclareCrisis("HARBOUR")).ShouldBeRefusedBy("assessed-lately");
        CrisisCase.Proposed().When(assess).After(TimeSpan.FromMinutes(60)).When(new DeclareCrisis("HARBOUR")).ShouldBeAccepted();
    }

    [Fact]
    public void A_declaration_starts_the_cadence()
    {
        var declared = CrisisCase.Declared();
        declared.Recorded<CrisisDeclared>().ShouldBe(new CrisisDeclared(CrisisLevel.Level1, "HARBOUR", TimeSpan.FromMinutes(30), CrisisCase.Start.AddMinutes(30), null));
        declared.Of(CrisisDeadlines.SitRepDue).ShouldHaveSingleItem().DueAt.ShouldBe(CrisisCase.Start.AddMinutes(30));
        declared.Told().Others.Keys.ShouldBe([Audience.CrossFunctional, Audience.Executive], ignoreOrder: true);
    }

    [Fact]
    public void A_codename_tells_nothing()
    {
        var proposed = CrisisCase.Proposed().When(new AssessCrisis(4, 3, Certainty.Observed)).When(new MaskTerm("Breivald"));
        proposed.When(new DeclareCrisis(" ")).ShouldBeRefusedBy("codename");
        proposed.When(new DeclareCrisis("BREIVALD")).ShouldBeRefusedBy("codename");
    }

    [Fact]
    public void Below_the_threshold_a_lead_justifies_it()
    {
        var proposed = CrisisCase.Proposed().When(new AssessCrisis(1, 1, Certainty.Possible));
        proposed.When(new DeclareCrisis("HARBOUR")).ShouldBeRefusedBy("below-threshold");
        proposed.When(new DeclareCrisis("HARBOUR", "election day tomorrow")).ShouldBeAccepted().State.Level.ShouldBe(CrisisLevel.Level3);
    }

    [Fact]
    public void Standing_up_is_assessment_declaration_and_roles_in_one()
    {
        var up = CrisisCase.Proposed().When(new StandUp(4, 3, Certainty.Observed, "HARBOUR", IncidentCommander: "ic-01", Roles: [new(CommandRole.Deputy, "dep-01")])).ShouldBeAccepted();

        up.History.Skip(1).Select(h => h.Event.GetType()).ShouldBe([typeof(CrisisAssessed), typeof(CrisisDeclared), typeof(CommandRoleAssigned), typeof(CommandRoleAssigned)]);
        (up.State.Commander, up.State.HolderOf(CommandRole.Deputy), up.State.Stage).ShouldBe(("ic-01", "dep-01", CrisisState.Active));
    }

    [Fact]
    public void Standing_up_is_refused_whole()
    {
        var up = new StandUp(4, 3, Certainty.Observed, "HARBOUR");
        CrisisCase.Proposed().When(up with { Consequence = 9 }).ShouldBeRefusedBy("score-range");
        CrisisCase.Proposed().When(up with { Virality = 0, Consequence = 0 }).ShouldBeRefusedBy("below-threshold");
        CrisisCase.Proposed().When(up with { IncidentCommander = "nobody" }).ShouldBeRefusedBy("person-known");
        CrisisCase.Proposed().When(up with { Roles = [new(CommandRole.IncidentCommander, "dep-01")] }).ShouldBeRefusedBy("one-commander").State.Version.ShouldBe(1);
    }

    [Fact]
    public void A_rejected_proposal_is_over_and_says_why()
    {
        CrisisCase.Proposed().When(new RejectProposal("")).ShouldBeRefusedBy("reason-given");
        var rejected = CrisisCase.Proposed().When(new RejectProposal("an old video")).ShouldBeAccepted();
        rejected.State.Stage.ShouldBe(CrisisState.Rejected);
        rejected.When(new DeclareCrisis("HARBOUR")).ShouldBeRefused(RefusalKind.IllegalTransition);
        CrisisCase.Declared().When(new RejectProposal("late")).ShouldBeRefused(RefusalKind.IllegalTransition);
    }

    [Fact]
    public void A_part_of_a_proposal_is_split_off_never_all_of_it()
    {
        var proposed = CrisisCase.Proposed();
        proposed.When(new SplitProposal(["ESC-2027-000105"], "another")).ShouldBeRefusedBy("escalation-linked");
        proposed.When(new SplitProposal([], "another")).ShouldBeRefusedBy("split-part");
        proposed.When(new SplitProposal(["ESC-2027-000101", "ESC-2027-000102", "ESC-2027-000103"], "another")).ShouldBeRefusedBy("split-part");
        proposed.When(new SplitProposal(["ESC-2027-000103"], "another town", CrisisType.CivilUnrest)).ShouldBeAccepted();
        proposed.Recorded<ProposalSplit>().Region.ShouldBe(["XN"]);
        proposed.State.Escalations.Select(e => e.Key).ShouldBe(["ESC-2027-000101", "ESC-2027-000102"]);
    }

    [Fact]
    public void Type_and_region_can_change()
    {
        var declared = CrisisCase.Declared();
        declared.When(new ReclassifyCrisis(Region: ["XN"])).ShouldBeRefusedBy("something-changes");
        declared.When(new ReclassifyCrisis(CrisisType.CivilUnrest, ["XN-01"])).ShouldBeAccepted();
        (declared.State.Type, declared.State.Regions[0]).ShouldBe((CrisisType.CivilUnrest, "XN-01"));
    }
}
