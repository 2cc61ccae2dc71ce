using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Risks;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Risks;

/// <summary>What may come of a signal, and what a weak one may not do by itself.</summary>
public class SignalOutcomeTests
{
    private static readonly ProposeCrisisOfRisk _propose = new(CrisisType.CivilUnrest);

    [Fact]
    public void A_case_or_a_crisis_deals_with_it_or_a_case_is_raised_of_it()
    {
        RiskCase.Captured().When(new EscalateRisk("ESC-2027-000105")).ShouldBeAccepted().State.EscalationKey.ShouldBe("ESC-2027-000105");
        RiskCase.Captured().When(new EscalateRisk(CrisisKey: "CR-2027-0007")).ShouldBeAccepted().State.CrisisKey.ShouldBe("CR-2027-0007");
        var raised = RiskCase.Captured().When(new EscalateRisk(ProposedSeverity: Severity.SEV1)).ShouldBeAccepted();
        (raised.State.Stage, raised.Told().Headline).ShouldBe((RiskState.Escalated, "Escalated: a case is raised of it"));
        raised.When(new LinkRisk("ESC-2027-000107")).ShouldBeRefused(RefusalKind.Forbidden);
        raised.When(new LinkRisk(), Caller.System).ShouldBeRefusedBy("case-known");
        raised.When(new LinkRisk("ESC-2027-000107"), Caller.System).ShouldBeAccepted().State.EscalationKey.ShouldBe("ESC-2027-000107");
        raised.When(new LinkRisk("ESC-2027-000108"), Caller.System).ShouldBeRefusedBy("linked-once");
    }

    [Fact]
    public void What_it_is_escalated_to_exists_is_one_thing_and_no_exercise()
    {
        RiskCase.Captured().When(new EscalateRisk("ESC-2027-000999")).ShouldBeRefusedBy("case-known");
        RiskCase.Captured().When(new EscalateRisk("CR-2027-0007")).ShouldBeRefusedBy("case-known");
        RiskCase.Captured().When(new EscalateRisk(CrisisKey: "ESC-2027-000105")).ShouldBeRefusedBy("case-known");
        RiskCase.Captured().When(new EscalateRisk("ESC-2027-000106")).ShouldBeRefusedBy("exercise-apart");
        RiskCase.Captured().When(new EscalateRisk("ESC-2027-000105", "CR-2027-0007")).ShouldBeRefusedBy("one-way");
        RiskCase.Captured().When(new EscalateRisk("ESC-2027-000105", ProposedSeverity: Severity.SEV1)).ShouldBeRefusedBy("one-way");
        RiskCase.Captured().When(new EscalateRisk(), RiskCase.Analyst).ShouldBeRefused(RefusalKind.Forbidden);
    }

    [Fact]
    public void A_duty_lead_proposes_a_crisis_of_a_signal_that_is_good_enough()
    {
        RiskCase.Graded().When(_propose).ShouldBeRefused(RefusalKind.Forbidden);
        var proposed = RiskCase.Graded().When(_propose, RiskCase.Lead).ShouldBeAccepted();
        proposed.State.Stage.ShouldBe(RiskState.Escalated);
        proposed.Recorded<RiskCrisisProposed>().ShouldBe(new RiskCrisisProposed(CrisisType.CivilUnrest, RiskCase.Capture.Summary, CrisisTrigger.RiskSignal, null));
        RiskCase.Surging().When(_propose, RiskCase.Lead).ShouldBeAccepted().Recorded<RiskCrisisProposed>().Trigger.ShouldBe(CrisisTrigger.SurgeRule);
    }

    [Theory]
    [InlineData(SourceReliability.E, 4, true)]
    [InlineData(SourceReliability.F, 6, true)]
    [InlineData(SourceReliability.E, 3, false)]
    [InlineData(SourceReliability.D, 6, false)]
    public void An_unreliable_source_that_says_something_improbable_proposes_no_crisis_by_itself(SourceReliability reliability, int credibility, bool weak)
    {
        var graded = RiskCase.Graded(reliability, credibility).When(_propose, RiskCase.Lead);
        if (weak)
        {
            graded.ShouldBeRefusedBy("signal-too-weak");
            graded.When(_propose with { With = RiskCase.Second }, RiskCase.Lead).ShouldBeAccepted();
        }
        else
        {
            graded.ShouldBeAccepted();
        }
    }

    [Fact]
    public void One_that_nobody_graded_proposes_none_either_unless_somebody_else_says_the_same()
    {
        RiskCase.Captured().When(_propose, RiskCase.Lead).ShouldBeRefusedBy("signal-too-weak");
        RiskCase.Captured().When(new CorroborateSignal("a newsroom")).When(_propose, RiskCase.Lead).ShouldBeAccepted();
    }

    [Fact]
    public void What_is_red_opens_nothing_that_nobody_could_read()
    {
        static RiskCase Red() => RiskCase.Captured(c => c with { Tlp = Tlp.RED, Reliability = SourceReliability.A, Credibility = 1 });
        Red().When(_propose, RiskCase.Lead).ShouldBeRefusedBy("red-names-readers");
        Red().When(new EscalateRisk()).ShouldBeRefusedBy("red-names-readers");
        Red().When(new EscalateRisk("ESC-2027-000105")).ShouldBeAccepted();
    }

    [Fact]
    public void There_is_one_open_crisis_for_each_type_and_region() =>
        RiskCase.Graded().Knowing(c => c with { Facts = c.Facts.SetItem("open-crisis/CivilUnrest/XN", "CR-2027-0007") })
            .When(_propose, RiskCase.Lead).ShouldBeRefusedBy("one-open-proposal");

    [Fact]
    public void By_rule_it_takes_a_surge_that_runs_and_a_second_signal()
    {
        RiskCase.Surging().When(_propose, Caller.System).ShouldBeRefusedBy("second-signal");
        RiskCase.Graded().When(_propose with { With = RiskCase.Second }, Caller.System).ShouldBeRefusedBy("second-signal");
        RiskCase.Surging().When(_propose with { With = RiskCase.Second }, Caller.System).ShouldBeAccepted().Told().Body!.ShouldContain(RiskCase.Second);
    }

    [Fact]
    public void A_second_signal_is_open_graded_near_and_does_not_have_it_from_the_first()
    {
        Dependent(s => s with { Kind = SignalKind.VolumeAnomaly, Origin = "userreport" });
        Dependent(s => s with { Stage = RiskState.Dismissed });
        Dependent(s => s with { Grade = null });
        Dependent(s => s with { Grade = new SignalGrade(SourceReliability.F, 6) });
        Dependent(s => s with { Regions = ["XS"] });
        Beside(s => s with { Exercise = true }).ShouldBeRefusedBy("exercise-apart");
        Beside(s => s with { Kind = SignalKind.VolumeAnomaly, Origin = "TrustedFlagger" }).ShouldBeAccepted();
        Beside(s => s with { Origin = "UserReport" }).ShouldBeAccepted();
        Beside(s => s with { Regions = [] }).ShouldBeAccepted();
        RiskCase.Surging().When(_propose with { With = "RSK-2027-000099" }, RiskCase.Lead).ShouldBeRefusedBy("signal-known");
    }

    private static void Dependent(Func<RiskSignal, RiskSignal> second) => Beside(second).ShouldBeRefusedBy("signal-independent");

    private static RiskCase Beside(Func<RiskSignal, RiskSignal> second) => RiskCase.Surging().Beside(second).When(_propose with { With = RiskCase.Second }, Caller.System);
}
