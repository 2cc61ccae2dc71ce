using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class MergeTests
{
    private const string Other = "ESC-2027-000102";
    private static readonly Merge _merge = new(Other);

    [Fact]
    public void A_merge_carries_the_reports_and_remembers_where_the_case_stood()
    {
        var merged = Knowing(Case.Raised(r => r with { ReportCount = 212 }), Target()).When(_merge).ShouldBeAccepted();

        merged.Recorded<EscalationMerged>().ShouldBe(new EscalationMerged(Other, 212));
        merged.State.State.ShouldBe(EscalationState.Merged);
        merged.State.MergedInto.ShouldBe(Other);
        merged.State.StageBeforeMerge.ShouldBe(EscalationState.Received);
        merged.Told()!.Others.ShouldNotContainKey(Audience.Partner);
        merged.Told()!.Others.ShouldContainKey(Audience.CrossFunctional);
    }

    [Fact]
    public void A_merge_stops_the_clocks_but_not_the_answer_the_requester_is_owed()
    {
        var merged = Knowing(Case.Triaged(Severity.SEV2), Target()).After(TimeSpan.FromMinutes(3)).When(_merge).ShouldBeAccepted();

        merged.Clock(ClockKind.FirstResponse).Running.ShouldBeTrue();
        merged.Clock(ClockKind.Resolve).StoppedAt.ShouldBe(merged.Now);
        merged.Clock(ClockKind.Update).StoppedAt.ShouldBe(merged.Now);
        merged.Clock(ClockKind.Triage).StoppedAt.ShouldBeNull();
        merged.State.NextUpdateDue.ShouldBeNull();
    }

    [Fact]
    public void A_case_is_not_merged_into_itself() =>
        Case.Raised().When(new Merge(Case.Key)).ShouldBeRefusedBy("not-itself");

    [Fact]
    public void The_target_must_exist()
    {
        Case.Raised().When(_merge).ShouldBeRefusedBy("target-exists");
        Case.Raised().When(new Merge(null!)).ShouldBeRefusedBy("target-exists");
        Case.Raised().Knowing(c => c with { Streams = c.Streams.SetItem(Other, "a crisis") }).When(_merge).ShouldBeRefusedBy("target-exists");
        Knowing(Case.Raised(), Escalation.None).When(_merge).ShouldBeRefusedBy("target-exists");
    }

    [Theory]
    [InlineData(EscalationState.Merged)]
    [InlineData(EscalationState.Resolved)]
    [InlineData(EscalationState.Closed)]
    [InlineData(EscalationState.Rejected)]
    [InlineData(EscalationState.Voided)]
    public void The_target_must_be_open_so_there_are_no_circles(EscalationState stage) =>
        Knowing(Case.Raised(), Target() with { Stage = stage, MergedInto = stage == EscalationState.Merged ? Case.Key : null })
            .When(_merge).ShouldBeRefusedBy("target-open");

    [Fact]
    public void A_running_legal_clock_forbids_the_merge() =>
        Knowing(Case.Raised(r => r with { LegalBasis = "EU-TCO-Art3" }), Target()).When(_merge).ShouldBeRefusedBy("no-running-legal-clock");

    [Fact]
    public void A_legal_basis_still_owed_forbids_the_merge() =>
        Knowing(Case.Raised(r => r with { Source = Source.LawEnforcement, ByTelephone = true, ThreatToLife = true }), Target())
            .When(_merge).ShouldBeRefusedBy("no-running-legal-clock");

    [Fact]
    public void An_exercise_and_a_real_case_are_never_mixed() =>
        Knowing(Case.Raised(r => r with { Exercise = true }), Target()).When(_merge).ShouldBeRefusedBy("exercise-apart");

    [Fact]
    public void An_undecided_threat_to_life_is_merged_only_into_a_case_that_carries_it()
    {
        var raised = Knowing(Case.Raised(r => r with { ThreatToLife = true }), Target()).When(_merge).ShouldBeRefusedBy("threat-to-life-carried");

        Knowing(raised, Target() with { Flags = [Flag.ThreatToLife] }).When(_merge).ShouldBeAccepted();
    }

    [Theory]
    [InlineData(EscalationState.DecisionProposed)]
    [InlineData(EscalationState.Decided)]
    [InlineData(EscalationState.Merged)]
    [InlineData(EscalationState.Resolved)]
    public void A_case_under_decision_is_not_merged(EscalationState stage) =>
        Merge.Rule.Admits(Target() with { Stage = stage }).ShouldBeFalse();

    [Fact]
    public void The_sample_names_a_case_the_context_knows()
    {
        var raised = Case.Raised();
        var context = Contexts.Of(raised) with { Streams = System.Collections.Immutable.ImmutableDictionary<string, object>.Empty.Add(Other, Target()) };

        Merge.Samples(raised.State, context).ShouldBe([_merge]);
    }

    private static Escalation Target() => Case.Triaged().State with { Key = Other };

    private static Case Knowing(Case at, Escalation target) => at.Knowing(c => c with { Streams = c.Streams.SetItem(Other, target) });
}
