using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class SnoozeEscalationTests
{
    private static readonly SnoozeEscalation _snooze = new("the office opens then", Case.Start.AddHours(2));

    [Fact]
    public void A_snoozed_case_leaves_the_queue_until_its_deadline()
    {
        var snoozed = Case.Triaged(Severity.SEV3).When(_snooze).ShouldBeAccepted();

        Queueing.Queued(snoozed.State).ShouldBeFalse();
        snoozed.Deadlines.ShouldHaveSingleItem().ShouldBe(new Deadline("SnoozeEnd", "", 1, Case.Start.AddHours(2)));
        snoozed.Told()!.Others.ShouldNotContainKey(Audience.Partner);
    }

    [Fact]
    public void Each_snooze_has_a_generation_of_its_own_also_after_a_wake()
    {
        var snoozed = Case.Triaged(Severity.SEV3).When(_snooze).When(_snooze with { Until = Case.Start.AddHours(3) }).ShouldBeAccepted();
        snoozed.State.Snooze!.Generation.ShouldBe(2);

        snoozed.When(new WakeEscalation()).When(_snooze).ShouldBeAccepted().State.Snooze!.Generation.ShouldBe(3);
    }

    [Theory]
    [InlineData(Flag.ThreatToLife)]
    [InlineData(Flag.LiveContent)]
    public void Live_danger_does_not_sleep(Flag flag) => Case.Triaged(Severity.SEV3, flags: flag).When(_snooze).ShouldBeRefusedBy("never-live-danger");

    [Fact]
    public void A_sev1_does_not_sleep() => Case.Triaged(Severity.SEV1).When(_snooze).ShouldBeRefusedBy("never-sev1");

    [Fact]
    public void A_case_wakes_before_its_legal_clock()
    {
        var order = Case.Raised(r => r with { LegalBasis = "EU-TCO-Art3", ProposedSeverity = Severity.SEV2 }).When(_snooze).ShouldBeRefusedBy("legal-clock-first");

        order.When(_snooze with { Until = Case.Start.AddMinutes(30) }).ShouldBeAccepted();
    }

    [Fact]
    public void The_wake_up_time_lies_ahead_and_within_the_limit()
    {
        Case.Triaged(Severity.SEV3).When(_snooze with { Until = Case.Start }).ShouldBeRefusedBy("snooze-limit");
        Case.Triaged(Severity.SEV3).When(_snooze with { Until = Case.Start.AddDays(31) }).ShouldBeRefusedBy("snooze-limit");
        Case.Triaged(Severity.SEV3).When(_snooze with { Until = DateTimeOffset.MaxValue }).ShouldBeRefusedBy("snooze-limit");
    }

    [Fact]
    public void A_sleeping_case_triaged_as_urgent_is_awake() =>
        Case.Raised(r => r with { ProposedSeverity = Severity.SEV3 }).When(_snooze).ShouldBeAccepted()
            .When(new Triage(Severity.SEV1, PolicyArea.Spam, ["XN"], DuplicateSearchDone: true)).ShouldBeAccepted()
            .State.Snooze.ShouldBeNull();

    [Fact]
    public void A_resolved_case_is_not_snoozed() =>
        SnoozeEscalation.Rule.Admits(Case.Triaged().State with { Stage = EscalationState.Resolved }).ShouldBeFalse();
}
