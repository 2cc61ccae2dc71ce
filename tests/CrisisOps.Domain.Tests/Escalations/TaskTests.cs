using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

/// <summary>Tasks after they were added: assigned, completed, cancelled, overdue.</summary>
public class TaskTests
{
    private static readonly DateTimeOffset _due = Case.Start.AddHours(1);

    private static Case Added() => Case.Raised()
        .When(new AddTask("Ask for the original upload", null, _due)).ShouldBeAccepted()
        .When(new AddTask("Compare frames", BlockedBy: ["TSK-1"])).ShouldBeAccepted();

    [Fact]
    public void A_new_due_time_makes_a_new_generation_and_a_new_owner_alone_does_not()
    {
        var assigned = Added().When(new AssignTask("TSK-1", "spec-09")).ShouldBeAccepted();
        assigned.State.Tasks[0].ShouldBe(assigned.State.Tasks[0] with { Owner = "spec-09", DueAt = _due, Generation = 1 });

        assigned.After(TimeSpan.FromHours(1)).When(new MarkTaskOverdue("TSK-1", 1), Caller.System).ShouldBeAccepted()
            .When(new AssignTask("TSK-1", "spec-04", _due.AddHours(1))).ShouldBeAccepted();
        assigned.State.Tasks[0].ShouldBe(assigned.State.Tasks[0] with { Owner = "spec-04", DueAt = _due.AddHours(1), Generation = 2, Overdue = false });
    }

    [Fact]
    public void A_task_is_moved_ahead_only() => Added().When(new AssignTask("TSK-1", "spec-09", Case.Start)).ShouldBeRefusedBy("due-ahead");

    [Fact]
    public void A_task_waits_for_its_blocking_tasks()
    {
        var added = Added().When(new CompleteTask("TSK-2")).ShouldBeRefusedBy("blocking-tasks-done");

        added.When(new CompleteTask("TSK-1", "received")).ShouldBeAccepted().When(new CompleteTask("TSK-2")).ShouldBeAccepted();
        added.State.OpenTasks.ShouldBeEmpty();
        added.Told()!.Headline.ShouldBe("TSK-2 done: Compare frames");
    }

    [Fact]
    public void A_cancelled_task_holds_nothing_up()
    {
        var added = Added().When(new CancelTask("TSK-1", "they will not answer")).ShouldBeAccepted();

        added.State.Tasks[0].State.ShouldBe(CaseTaskState.Cancelled);
        added.When(new CompleteTask("TSK-2")).ShouldBeAccepted();
    }

    [Fact]
    public void A_task_that_is_not_open_is_neither_assigned_nor_completed_nor_cancelled()
    {
        foreach (var id in new[] { "TSK-1", "TSK-9", null! })
        {
            var added = Added().When(new CompleteTask("TSK-1"));
            added.When(new AssignTask(id, "spec-09")).ShouldBeRefusedBy("task-open");
            added.When(new CompleteTask(id)).ShouldBeRefusedBy("task-open");
            added.When(new CancelTask(id, "over")).ShouldBeRefusedBy("task-open");
        }
    }

    [Fact]
    public void An_open_task_is_marked_overdue_once()
    {
        var overdue = Added().After(TimeSpan.FromHours(1)).When(new MarkTaskOverdue("TSK-1", 1), Caller.System).ShouldBeAccepted();

        overdue.Recorded<TaskOverdue>().DueAt.ShouldBe(_due);
        overdue.Deadlines.ShouldHaveSingleItem().Missed.ShouldBeTrue();
        overdue.When(new MarkTaskOverdue("TSK-1", 1), Caller.System).ShouldBeRefusedBy("deadline-current");
    }

    [Fact]
    public void A_stale_early_or_unknown_timer_does_nothing()
    {
        Added().When(new MarkTaskOverdue("TSK-1", 1), Caller.System).ShouldBeRefusedBy("deadline-current");
        var late = Added().After(TimeSpan.FromHours(2));
        late.When(new MarkTaskOverdue("TSK-1", 2), Caller.System).ShouldBeRefusedBy("deadline-current");
        late.When(new MarkTaskOverdue("TSK-2", 1), Caller.System).ShouldBeRefusedBy("deadline-current");
        late.When(new MarkTaskOverdue("TSK-9", 1), Caller.System).ShouldBeRefusedBy("deadline-current");
        late.When(new CompleteTask("TSK-1")).When(new MarkTaskOverdue("TSK-1", 1), Caller.System).ShouldBeRefusedBy("deadline-current");
        late.When(new MarkTaskOverdue("TSK-1", 1)).ShouldBeRefused(RefusalKind.Forbidden);
    }

    [Fact]
    public void Tasks_give_one_sample_for_each_open_task()
    {
        var added = Added().When(new CompleteTask("TSK-1"));
        var context = Contexts.Of(added);

        CompleteTask.Samples(added.State, context).Select(s => s.TaskId).ShouldBe(["TSK-2"]);
        CancelTask.Samples(added.State, context).Select(s => s.TaskId).ShouldBe(["TSK-2"]);
        AssignTask.Samples(added.State, context).Select(s => s.TaskId).ShouldBe(["TSK-2"]);
        MarkTaskOverdue.Samples(added.State, context).ShouldBeEmpty();
    }
}
