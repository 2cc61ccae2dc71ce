using CrisisOps.Domain.Elections;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Elections;

/// <summary>When the phases are to begin.</summary>
public class ScheduleTests
{
    [Fact]
    public void Local_times_are_read_in_the_zone_of_the_election()
    {
        var set = ElectionCase.Scheduled().Recorded<PhaseScheduleSet>();
        set.Version.ShouldBe(1);
        set.Phases.Select(p => p.StartsAt).ShouldBe(
        [
            ElectionCase.Utc("04-15T22:00"), ElectionCase.Utc("05-14T22:00"), ElectionCase.Utc("05-16T04:00"), ElectionCase.Utc("05-16T18:00"), ElectionCase.Utc("05-28T10:00"),
            ElectionCase.Utc("05-29T10:00"),
        ]);
    }

    [Fact]
    public void Instants_and_local_times_may_stand_side_by_side_in_any_order()
    {
        PhaseAt[] mixed = [.. ElectionCase.Phases.Reverse().Select(p => p.Phase == ElectionPhase.Voting ? p with { At = "2027-05-16T04:00Z" } : p)];
        var given = ElectionCase.Assessed().When(new SetSchedule(mixed)).ShouldBeAccepted();
        given.Recorded<PhaseScheduleSet>().Phases.ShouldBe(ElectionCase.Scheduled().Recorded<PhaseScheduleSet>().Phases);
    }

    [Fact]
    public void A_schedule_names_each_phase_once_and_only_phases_of_the_vote()
    {
        var given = ElectionCase.Assessed();
        given.When(new SetSchedule([])).ShouldBeRefusedBy("schedule-phases");
        given.When(new SetSchedule([.. ElectionCase.Phases, null])).ShouldBeRefusedBy("schedule-phases");
        given.When(new SetSchedule([.. ElectionCase.Phases, ElectionCase.Phases[0]])).ShouldBeRefusedBy("schedule-phases");
        given.When(new SetSchedule([.. ElectionCase.Phases, new(ElectionPhase.Closed, "2027-06-30T00:00")])).ShouldBeRefusedBy("schedule-phases");
    }

    [Fact]
    public void A_time_is_a_time() =>
        ElectionCase.Assessed().When(new SetSchedule(With(ElectionPhase.Voting, "in the morning"))).ShouldBeRefusedBy("phase-time");

    [Fact]
    public void The_zone_must_still_be_known()
    {
        var given = ElectionCase.Assessed();
        SetSchedule.Decide(new SetSchedule(ElectionCase.Phases), given.State with { Tz = "Europe/Norland" }, given.Context)
            .ShouldBeOfType<Ruling.Refused>().Refusal.Guard.ShouldBe("zone-known");
    }

    [Fact]
    public void Voting_and_counting_are_never_left_open()
    {
        ElectionCase.Assessed().When(new SetSchedule(Without(ElectionPhase.Voting))).ShouldBeRefusedBy("schedule-complete");
        ElectionCase.Assessed().When(new SetSchedule([.. ElectionCase.Phases.Take(3)])).ShouldBeRefusedBy("schedule-complete");
        ElectionCase.Assessed().When(new SetSchedule([.. ElectionCase.Phases.Take(4)])).ShouldBeAccepted();
    }

    [Fact]
    public void No_phase_waits_for_one_that_nothing_begins()
    {
        ElectionCase.Assessed().When(new SetSchedule(Without(ElectionPhase.PreElection))).ShouldBeRefusedBy("schedule-unbroken");
        ElectionCase.Assessed().When(new SetSchedule(Without(ElectionPhase.Certification))).ShouldBeRefusedBy("schedule-unbroken");
        ElectionCase.Assessed().When(new SetSchedule(Without(ElectionPhase.SilencePeriod))).ShouldBeAccepted();
        ElectionCase.Assessed().When(new EnterPhase(ElectionPhase.PreElection)).When(new SetSchedule(Without(ElectionPhase.PreElection))).ShouldBeAccepted();
    }

    [Fact]
    public void Phases_begin_one_after_the_other()
    {
        ElectionCase.Assessed().When(new SetSchedule(With(ElectionPhase.Counting, "2027-05-16T05:00"))).ShouldBeRefusedBy("phases-ascending");
        ElectionCase.Assessed().When(new SetSchedule(With(ElectionPhase.Counting, "2027-05-16T06:00"))).ShouldBeRefusedBy("phases-ascending");
    }

    [Fact]
    public void A_new_date_lies_ahead() =>
        ElectionCase.Assessed().When(new SetSchedule(With(ElectionPhase.PreElection, "2026-04-16T00:00"))).ShouldBeRefusedBy("phase-ahead");

    [Fact]
    public void A_schedule_in_force_is_amended_with_a_reason_and_not_set_again()
    {
        var given = ElectionCase.Scheduled();
        given.When(new SetSchedule(ElectionCase.Phases)).ShouldBeRefusedBy("schedule-unset");
        given.When(new AmendSchedule(ElectionCase.Phases, " ")).ShouldBeRefusedBy("reason-given");
        given.When(new AmendSchedule(With(ElectionPhase.Counting, "2027-05-16T21:00"), "longer hours"), ElectionCase.DutyLead).ShouldBeAccepted();
        (given.State.ScheduleVersion, given.State.ScheduledStart(ElectionPhase.Counting)).ShouldBe((2, ElectionCase.Utc("05-16T19:00")));
        given.When(new AmendSchedule(ElectionCase.Phases, "back"), ElectionCase.Specialist).ShouldBeRefused(RefusalKind.Forbidden);
        ElectionCase.Assessed().When(new AmendSchedule(ElectionCase.Phases, "first")).ShouldBeRefusedBy("schedule-set");
    }

    [Fact]
    public void What_is_past_is_left_out_or_stands_as_it_stood()
    {
        var given = ElectionCase.In(ElectionPhase.SilencePeriod);
        given.When(new AmendSchedule(With(ElectionPhase.PreElection, "2027-04-17T00:00"), "typing error")).ShouldBeRefusedBy("phase-past");
        given.When(new AmendSchedule(With(ElectionPhase.Counting, "2027-05-16T21:00"), "longer hours")).ShouldBeAccepted();
        given.When(new AmendSchedule([.. ElectionCase.Phases.Skip(2)], "as it was")).ShouldBeAccepted().State.ScheduleVersion.ShouldBe(3);
    }

    [Fact]
    public void What_was_due_while_the_server_was_down_may_stand_as_it_stood()
    {
        var given = ElectionCase.Scheduled().At(ElectionCase.Utc("04-16T09:00"));
        given.When(new AmendSchedule(With(ElectionPhase.PreElection, "2027-04-16T01:00"), "late")).ShouldBeRefusedBy("phase-ahead");
        given.When(new AmendSchedule(With(ElectionPhase.Counting, "2027-05-16T21:00"), "longer hours")).ShouldBeAccepted();
        given.Fire(given.Of(ElectionDeadlines.ElectionPhaseDue).Single()).ShouldBeAccepted().State.Stage.ShouldBe(ElectionPhase.PreElection);
    }

    private static IReadOnlyList<PhaseAt> With(ElectionPhase phase, string at) => [.. ElectionCase.Phases.Select(p => p.Phase == phase ? p with { At = at } : p)];

    private static IReadOnlyList<PhaseAt> Without(ElectionPhase phase) => [.. ElectionCase.Phases.Where(p => p.Phase != phase)];
}
