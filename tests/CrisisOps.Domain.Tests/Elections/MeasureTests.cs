using CrisisOps.Domain.Elections;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Elections;

/// <summary>What is turned on for an election: by hand, and by its own plan.</summary>
public class MeasureTests
{
    private static readonly ActivateMeasure _panel = new(ElectionMeasureKind.VoterInfoPanel, ElectionCase.Start.AddDays(9));

    [Fact]
    public void A_measure_has_a_place_and_an_end()
    {
        var given = ElectionCase.Registered();
        given.When(_panel with { Region = "XA" }).ShouldBeRefusedBy("measure-region");
        given.When(_panel with { Region = "XN-" }).ShouldBeRefusedBy("measure-region");
        given.When(_panel with { ExpiresAt = ElectionCase.Start }).ShouldBeRefusedBy("measure-expiry");
        given.When(_panel with { ExpiresAt = ElectionCase.Start.AddDays(91) }).ShouldBeRefusedBy("measure-expiry");
        given.When(_panel, ElectionCase.Specialist).ShouldBeRefused(RefusalKind.Forbidden);
        given.When(_panel, ElectionCase.DutyLead).ShouldBeAccepted();
        given.Recorded<ElectionMeasureActivated>().ShouldBe(new ElectionMeasureActivated("MEA-1", ElectionMeasureKind.VoterInfoPanel, "XN", ElectionCase.Start.AddDays(9), false));
        given.Of(ElectionDeadlines.ElectionMeasureExpiry).ShouldHaveSingleItem().ShouldBe(new Deadline("ElectionMeasureExpiry", "MEA-1", 1, ElectionCase.Start.AddDays(9)));
    }

    [Fact]
    public void It_is_on_once_in_a_place()
    {
        var given = ElectionCase.Registered().When(_panel).ShouldBeAccepted();
        given.When(_panel with { Region = "XN" }).ShouldBeRefusedBy("measure-once");
        given.When(_panel with { Region = "XN-01" }).ShouldBeAccepted();
        given.When(new LiftMeasure("MEA-1", "anew")).ShouldBeAccepted().When(_panel).ShouldBeAccepted().State.ActiveMeasures.Select(m => m.MeasureId).ShouldBe(["MEA-2", "MEA-3"]);
    }

    [Fact]
    public void It_is_lifted_with_a_reason_or_ends_at_its_time()
    {
        var given = ElectionCase.Registered().When(_panel).When(_panel with { Region = "XN-01" });
        given.When(new LiftMeasure("MEA-9", "gone")).ShouldBeRefusedBy("measure-active");
        given.When(new LiftMeasure("MEA-1", " ")).ShouldBeRefusedBy("reason-given");
        given.When(new LiftMeasure("MEA-1", "nobody looks at it")).ShouldBeAccepted();
        given.When(new LiftMeasure("MEA-1", "again")).ShouldBeRefusedBy("measure-active");
        given.When(new ExpireMeasure("MEA-2", 1), Caller.System).ShouldBeRefusedBy("deadline-current");
        given.Fire(given.Of(ElectionDeadlines.ElectionMeasureExpiry).Single()).ShouldBeAccepted();
        given.Recorded<ElectionMeasureLifted>().ShouldBe(new ElectionMeasureLifted("MEA-2", ElectionMeasureKind.VoterInfoPanel, "XN-01", "Expired"));
        given.When(new ExpireMeasure("MEA-1", 1), Caller.System).ShouldBeRefusedBy("deadline-current");
    }

    [Fact]
    public void A_plan_says_when_each_measure_begins_and_how_it_ends()
    {
        var planned = new PlannedMeasure(ElectionPhase.Counting, ElectionMeasureKind.PrematureVictoryLabels, AfterPhase: ElectionPhase.Counting, Hours: 48);
        var given = ElectionCase.Registered();
        void Refused(PlannedMeasure measure, string guard)
        {
            given.When(new PlanMeasures([measure])).ShouldBeRefusedBy(guard);
            new ElectionCase().When(ElectionCase.Registration with { MeasurePlan = [measure] }).ShouldBeRefusedBy(guard);
        }

        Refused(planned with { Phase = ElectionPhase.Assessed }, "plan-phase");
        Refused(planned with { AfterPhase = ElectionPhase.Voting }, "plan-phase");
        Refused(planned with { AfterPhase = ElectionPhase.Closed }, "plan-phase");
        Refused(planned with { Hours = null }, "plan-expiry");
        Refused(planned with { Hours = 0 }, "plan-expiry");
        Refused(planned with { Hours = int.MaxValue }, "plan-expiry");
        Refused(planned with { AfterPhase = null }, "plan-expiry");
        Refused(planned with { ExpiresAt = ElectionCase.Start.AddDays(99) }, "plan-expiry");
        Refused(planned with { AfterPhase = null, Hours = null }, "plan-expiry");
        Refused(planned with { Region = "XA" }, "measure-region");
        given.When(new PlanMeasures([planned, planned with { Region = "XN", Hours = 72 }])).ShouldBeRefusedBy("plan-once");
        given.When(new PlanMeasures([planned, null, planned with { Region = "XN-01" }])).ShouldBeAccepted().State.MeasurePlan.Count.ShouldBe(2);
        given.When(new PlanMeasures([])).ShouldBeAccepted().State.MeasurePlan.ShouldBeEmpty();
    }

    [Fact]
    public void The_plan_turns_on_what_belongs_to_the_phase_and_only_once()
    {
        var given = ElectionCase.In(ElectionPhase.SilencePeriod);
        var command = PhaseRules.MeasuresOf(given.State, ElectionPhase.SilencePeriod).ShouldHaveSingleItem();
        command.ShouldBe(new ActivateMeasure(ElectionMeasureKind.PoliticalAdsPause, ElectionCase.Utc("05-23T18:00"), "XN"));
        PhaseRules.MeasuresOf(given.State, ElectionPhase.PreElection).ShouldBeEmpty();
        PhaseRules.MeasuresOf(given.State, ElectionPhase.Voting).ShouldBeEmpty();
        given.When(command, Caller.System).ShouldBeAccepted().Recorded<ElectionMeasureActivated>().ByPlan.ShouldBeTrue();
        PhaseRules.MeasuresOf(given.State, ElectionPhase.SilencePeriod).ShouldBeEmpty();
    }

    [Fact]
    public void Hours_count_from_the_real_beginning_where_none_is_scheduled()
    {
        var given = ElectionCase.Registered().When(new PlanMeasures(
        [
            new(ElectionPhase.Counting, ElectionMeasureKind.PrematureVictoryLabels, AfterPhase: ElectionPhase.Counting, Hours: 48),
            new(ElectionPhase.Counting, ElectionMeasureKind.ResultsPanel, AfterPhase: ElectionPhase.Certification, Hours: 24),
            new(ElectionPhase.Counting, ElectionMeasureKind.AuthorityHotline, ExpiresAt: ElectionCase.Start.AddHours(-1)),
        ])).When(new AssessElectionRisk(RiskTier.Low, ["Calm"], default));
        foreach (var phase in new[] { ElectionPhase.PreElection, ElectionPhase.Voting, ElectionPhase.Counting })
        {
            given.When(new EnterPhase(phase)).ShouldBeAccepted();
        }

        PhaseRules.MeasuresOf(given.State, ElectionPhase.Counting).Select(m => (m.Kind, m.ExpiresAt)).ShouldBe(
            [(ElectionMeasureKind.PrematureVictoryLabels, ElectionCase.Start.AddHours(48)), (ElectionMeasureKind.ResultsPanel, ElectionCase.Start.AddHours(24))]);
    }
}
