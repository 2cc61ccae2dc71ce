using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class AddTaskTests
{
    private static readonly AddTask _task = new("Ask for the original upload", "spec-09", Case.Start.AddHours(1));

    [Fact]
    public void A_task_gets_an_id_and_its_due_time_is_a_deadline()
    {
        var added = Case.Raised().When(_task).ShouldBeAccepted().When(_task with { DueAt = null, BlockedBy = ["TSK-1", "TSK-1"] }).ShouldBeAccepted();

        added.Recorded<TaskAdded>().BlockedBy.ShouldBe(["TSK-1"]);
        added.State.OpenTasks.Select(t => t.TaskId).ShouldBe(["TSK-1", "TSK-2"]);
        added.Deadlines.ShouldHaveSingleItem().ShouldBe(new Deadline("TaskDue", "TSK-1", 1, Case.Start.AddHours(1), "spec-09"));
    }

    [Fact]
    public void A_task_waits_only_for_tasks_that_exist()
    {
        Case.Raised().When(_task with { BlockedBy = ["TSK-1"] }).ShouldBeRefusedBy("blocking-task-known");
        Case.Raised().When(_task with { BlockedBy = ["", null!] }).ShouldBeRefusedBy("blocking-task-known");
    }

    [Fact]
    public void A_task_is_due_ahead() => Case.Raised().When(_task with { DueAt = Case.Start }).ShouldBeRefusedBy("due-ahead");

    [Fact]
    public void Work_under_way_takes_a_case_out_of_awaiting_input()
    {
        var waiting = Investigations.Started().When(new RequestInput("May this stay up?", Case.Start.AddHours(1), Function.Legal)).ShouldBeAccepted();
        waiting.State.State.ShouldBe(EscalationState.AwaitingInput);

        waiting.When(_task).ShouldBeAccepted().State.State.ShouldBe(EscalationState.Investigating);
    }
}
