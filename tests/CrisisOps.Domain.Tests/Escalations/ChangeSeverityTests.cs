using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class ChangeSeverityTests
{
    [Fact]
    public void Anybody_raises_and_the_clocks_are_aimed_from_the_raise()
    {
        var changed = Case.Triaged(Severity.SEV3).After(TimeSpan.FromMinutes(10)).When(new ChangeSeverity(Severity.SEV1)).ShouldBeAccepted();

        changed.State.Severity.ShouldBe(Severity.SEV1);
        changed.Clock(ClockKind.FirstResponse).DueAt.ShouldBe(Case.Start.AddMinutes(30));
        changed.Clock(ClockKind.Resolve).DueAt.ShouldBe(Case.Start.AddHours(4));
        changed.Clock(ClockKind.Resolve).Generation.ShouldBe(2);
        changed.State.NextUpdateDue.ShouldBe(Case.Start.AddMinutes(30));
        changed.State.LastSeverityRaise.ShouldBe(new SeverityRaise(Severity.SEV3, Severity.SEV1, "spec-04", changed.Now));
        changed.Told()!.Others.ShouldNotContainKey(Audience.Partner);
    }

    [Fact]
    public void Before_triage_it_changes_the_proposal_and_its_clocks()
    {
        var changed = Case.Raised(r => r with { ProposedSeverity = Severity.SEV3 }).When(new ChangeSeverity(Severity.SEV1)).ShouldBeAccepted();

        changed.State.ProposedSeverity.ShouldBe(Severity.SEV1);
        changed.State.Severity.ShouldBeNull();
        changed.Clock(ClockKind.Acknowledge).DueAt.ShouldBe(Case.Start.AddMinutes(5));
        changed.Clock(ClockKind.Triage).DueAt.ShouldBe(Case.Start.AddMinutes(15));
        changed.State.Clocks.ShouldNotContain(c => c.Kind == ClockKind.Update);
    }

    [Fact]
    public void A_severity_without_updates_ends_the_update_clock_and_another_starts_it_again()
    {
        var lowered = Case.Triaged(Severity.SEV1).When(new ChangeSeverity(Severity.SEV4, "contained"), Case.DutyLead).ShouldBeAccepted();
        lowered.Clock(ClockKind.Update).Running.ShouldBeFalse();
        lowered.State.NextUpdateDue.ShouldBeNull();

        lowered.After(TimeSpan.FromHours(1)).When(new ChangeSeverity(Severity.SEV1)).ShouldBeAccepted();
        lowered.Clock(ClockKind.Update).DueAt.ShouldBe(lowered.Now.AddMinutes(30));
    }

    [Fact]
    public void A_clock_that_stood_still_keeps_the_time_it_was_given()
    {
        var answered = Case.Raised(r => r with { Requester = new Requester("PRT-001") })
            .When(new Triage(Severity.SEV2, PolicyArea.Spam, ["XN"], DuplicateSearchDone: true))
            .When(new RequestInput("When was this filmed?", Case.Start.AddHours(1), FromRequester: true))
            .After(TimeSpan.FromMinutes(40)).When(new ProvideInput("CON-1", "At noon")).ShouldBeAccepted();

        answered.When(new ChangeSeverity(Severity.SEV1)).ShouldBeAccepted().Clock(ClockKind.Resolve).DueAt.ShouldBe(Case.Start.AddHours(4).AddMinutes(40));
    }

    [Fact]
    public void Lowering_is_a_duty_leads_word() =>
        Case.Triaged(Severity.SEV1).When(new ChangeSeverity(Severity.SEV2, "less reach")).ShouldBeRefusedBy("downgrade-by-lead").ShouldBeRefused(RefusalKind.Forbidden)
            .When(new ChangeSeverity(Severity.SEV2, "less reach"), Case.DutyLead).ShouldBeAccepted().State.LastSeverityRaise.ShouldBeNull();

    [Fact]
    public void Lowering_takes_a_reason() =>
        Case.Triaged(Severity.SEV1).When(new ChangeSeverity(Severity.SEV2, " "), Case.DutyLead).ShouldBeRefusedBy("downgrade-reason");

    [Fact]
    public void The_same_severity_is_no_change() => Case.Triaged(Severity.SEV1).When(new ChangeSeverity(Severity.SEV1)).ShouldBeRefusedBy("severity-changes");

    [Fact]
    public void Voter_interference_stays_above_the_floor_of_the_election_phase()
    {
        var floor = Case.Triaged(Severity.SEV1, PolicyArea.VoterInterference).Knowing(c => c with { Facts = c.Facts.SetItem("election-floor/XN", "SEV2") });

        floor.When(new ChangeSeverity(Severity.SEV3, "less reach"), Case.DutyLead).ShouldBeRefusedBy("election-severity-floor");
        floor.When(new ChangeSeverity(Severity.SEV2, "less reach"), Case.DutyLead).ShouldBeAccepted();
    }

    [Fact]
    public void A_sleeping_case_raised_to_sev1_is_awake() =>
        Case.Triaged(Severity.SEV3).When(new SnoozeEscalation("later", Case.Start.AddHours(1))).When(new ChangeSeverity(Severity.SEV1)).ShouldBeAccepted()
            .State.Snooze.ShouldBeNull();

    [Fact]
    public void A_closed_case_keeps_its_severity() => ChangeSeverity.Rule.Admits(Case.Triaged().State with { Stage = EscalationState.Closed }).ShouldBeFalse();
}
