using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Crises;

/// <summary>Situation reports and when they are due (domain §3 P5, §9.2).</summary>
public class SitRepTests
{
    private static readonly PublishSitRep _report = CrisisCase.Report;

    [Fact]
    public void What_the_state_knows_is_filled_in()
    {
        var published = CrisisCase.Commanded().After(TimeSpan.FromMinutes(20)).When(_report, CrisisCase.Commander).ShouldBeAccepted().Recorded<SitRepPublished>();
        (published.Number, published.Version, published.IncidentName, published.Commander, published.Place, published.PreparedBy, published.ApprovedBy)
            .ShouldBe((1, SitRepVersion.Initial, "HARBOUR", "ic-01", "XN", "ic-01", "ic-01"));
        (published.PeriodFrom, published.PeriodTo, published.IncidentDefinition).ShouldBe((CrisisCase.Start, CrisisCase.Start.AddMinutes(20), "Live video of an attack"));
        published.SentTo.ShouldBe(["Core", "CrossFunctional"]);
    }

    [Fact]
    public void The_starred_blocks_are_filled()
    {
        var commanded = CrisisCase.Commanded();
        commanded.When(_report with { SignificantEvents = "" }, CrisisCase.Commander).ShouldBeRefusedBy("starred-blocks");
        commanded.When(_report with { PlannedActions = " " }, CrisisCase.Commander).ShouldBeRefusedBy("starred-blocks");
        CrisisCase.Declared().When(_report).ShouldBeRefusedBy("starred-blocks");
    }

    [Fact]
    public void The_first_is_the_initial_one_and_the_final_one_ends_a_stabilizing_crisis()
    {
        var commanded = CrisisCase.Commanded();
        commanded.When(_report with { Version = SitRepVersion.Update }, CrisisCase.Commander).ShouldBeRefusedBy("sit-rep-version");
        commanded.When(_report, CrisisCase.Commander).When(_report with { Version = SitRepVersion.Initial }, CrisisCase.Commander).ShouldBeRefusedBy("sit-rep-version");
        commanded.When(_report with { Version = SitRepVersion.Final }, CrisisCase.Commander).ShouldBeRefusedBy("final-when-stabilizing");
        commanded.When(new Stabilize(["x"]), CrisisCase.Commander).When(_report with { Version = SitRepVersion.Final }, CrisisCase.Commander).ShouldBeAccepted();
        commanded.State.FinalReported.ShouldBeTrue();
        commanded.Of(CrisisDeadlines.SitRepDue).ShouldBeEmpty();
        commanded.When(_report, CrisisCase.Commander).ShouldBeAccepted().State.FinalReported.ShouldBeFalse();
    }

    [Fact]
    public void The_period_is_in_order_and_the_approver_holds_a_role()
    {
        var commanded = CrisisCase.Commanded(CommandRole.PlanningSectionChief);
        commanded.When(_report with { PeriodFrom = commanded.Now.AddMinutes(1) }, CrisisCase.Commander).ShouldBeRefusedBy("period-order");
        commanded.When(_report with { PeriodTo = commanded.Now.AddMinutes(1) }, CrisisCase.Commander).ShouldBeRefusedBy("period-order");
        commanded.When(_report with { ApprovedBy = "spec-04" }, CrisisCase.Planner).ShouldBeRefusedBy("approver-holds-role");
        commanded.When(_report with { ApprovedBy = "ic-01" }, CrisisCase.Planner).ShouldBeAccepted();
    }

    [Fact]
    public void Next_due_counts_from_the_due_time_not_from_the_publishing()
    {
        var early = CrisisCase.Commanded().After(new TimeSpan(0, 29, 20)).When(_report, CrisisCase.Commander);
        early.State.NextSitRepDue.ShouldBe(CrisisCase.Start.AddMinutes(60));

        // A second one right after satisfies no further slot.
        early.After(TimeSpan.FromSeconds(30)).When(_report, CrisisCase.Commander).State.NextSitRepDue.ShouldBe(CrisisCase.Start.AddMinutes(60));
        var inTime = early.At(CrisisCase.Start.AddMinutes(60)).When(_report, CrisisCase.Commander);
        inTime.State.NextSitRepDue.ShouldBe(CrisisCase.Start.AddMinutes(90));
        inTime.History.ShouldNotContain(h => h.Event is SitRepOverdue);
    }

    [Fact]
    public void A_missed_slot_is_recorded_once_and_owed_until_the_next_report()
    {
        var missed = CrisisCase.Commanded();
        var generation = missed.State.SitRepSlots;
        missed.When(new MarkSitRepOverdue(generation), Caller.System).ShouldBeRefusedBy("deadline-current");
        missed.At(CrisisCase.Start.AddMinutes(30)).When(new MarkSitRepOverdue(generation), Caller.System).ShouldBeAccepted();
        missed.When(new MarkSitRepOverdue(generation), Caller.System).ShouldBeRefusedBy("deadline-current");

        missed.Of(CrisisDeadlines.SitRepDue).Select(d => (d.Generation, d.DueAt, d.Missed)).ShouldBe(
            [(generation, CrisisCase.Start.AddMinutes(30), true), (generation + 1, CrisisCase.Start.AddMinutes(60), false)]);
        missed.When(_report, CrisisCase.Commander).Of(CrisisDeadlines.SitRepDue).ShouldHaveSingleItem().Missed.ShouldBeFalse();
    }

    [Fact]
    public void After_an_outage_every_slot_is_recorded_with_its_own_due_time()
    {
        var back = CrisisCase.Commanded().At(CrisisCase.Start.AddHours(3).AddMinutes(10));
        back.When(new MarkSitRepOverdue(back.State.SitRepSlots), Caller.System).ShouldBeAccepted();

        var overdue = back.History.Select(h => h.Event).OfType<SitRepOverdue>().ToArray();
        overdue.Select(o => o.DueAt).ShouldBe(Enumerable.Range(1, 6).Select(n => CrisisCase.Start.AddMinutes(30 * n)));
        overdue.ShouldAllBe(o => o.DetectedAt == back.Now);
        back.Of(CrisisDeadlines.SitRepDue).Count(d => d.Missed).ShouldBe(6);
        back.State.NextSitRepDue.ShouldBe(CrisisCase.Start.AddMinutes(210));
    }

    [Fact]
    public void A_late_report_moves_the_next_to_half_a_cadence_ahead_at_least()
    {
        // 20 minutes late: the next slot would come in 10 minutes, so it comes in 15.
        var late = CrisisCase.Commanded().At(CrisisCase.Start.AddMinutes(50));
        late.When(new MarkSitRepOverdue(late.State.SitRepSlots), Caller.System).When(_report, CrisisCase.Commander).State.NextSitRepDue.ShouldBe(CrisisCase.Start.AddMinutes(65));

        // 5 minutes late: the grid holds. The report itself records the slot that nobody noticed.
        var little = CrisisCase.Commanded().At(CrisisCase.Start.AddMinutes(35)).When(_report, CrisisCase.Commander).ShouldBeAccepted();
        little.State.NextSitRepDue.ShouldBe(CrisisCase.Start.AddMinutes(60));
        little.History.Count(h => h.Event is SitRepOverdue).ShouldBe(1);
    }

    [Fact]
    public void A_change_of_cadence_starts_anew_from_now()
    {
        var changed = CrisisCase.Commanded().After(TimeSpan.FromMinutes(10)).When(new ChangeLevel(CrisisLevel.Level2, "less"), CrisisCase.Commander).ShouldBeAccepted();
        (changed.State.Cadence, changed.State.NextSitRepDue).ShouldBe((TimeSpan.FromHours(2), CrisisCase.Start.AddMinutes(130)));
        changed.When(new Stabilize(["quiet"]), CrisisCase.Commander).State.NextSitRepDue.ShouldBe(CrisisCase.Start.AddMinutes(250));

        // Stabilizing has one cadence for every level: nothing moves.
        changed.After(TimeSpan.FromMinutes(5)).When(new ChangeLevel(CrisisLevel.Level1, "more"), CrisisCase.Commander).State.NextSitRepDue.ShouldBe(CrisisCase.Start.AddMinutes(250));
        changed.When(new Reescalate("again"), CrisisCase.Commander).State.NextSitRepDue.ShouldBe(CrisisCase.Start.AddMinutes(45));
    }

    [Fact]
    public void A_level_changes_to_another_with_a_reason()
    {
        var commanded = CrisisCase.Commanded();
        commanded.When(new ChangeLevel(CrisisLevel.Level1, "same"), CrisisCase.Commander).ShouldBeRefusedBy("level-changes");
        commanded.When(new ChangeLevel(CrisisLevel.Level2, ""), CrisisCase.Commander).ShouldBeRefusedBy("reason-given");
    }
}
