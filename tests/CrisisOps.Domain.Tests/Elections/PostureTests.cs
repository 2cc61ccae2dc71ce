using CrisisOps.Domain.Elections;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Elections;

/// <summary>How the company stands towards an election.</summary>
public class PostureTests
{
    private static readonly ChangePosture _center = new(ElectionPosture.OperationsCenter, ElectionCase.Start.AddDays(4));

    [Fact]
    public void An_operations_center_has_an_end_and_people()
    {
        var given = ElectionCase.Registered();
        given.When(_center with { PlannedUntil = null }).ShouldBeRefusedBy("planned-until");
        given.When(_center with { PlannedUntil = ElectionCase.Start }).ShouldBeRefusedBy("planned-until");
        given.When(_center with { PlannedUntil = ElectionCase.Start.AddDays(31) }).ShouldBeRefusedBy("planned-until");
        given.When(_center).ShouldBeRefusedBy("staffed-shifts");
        given.Staffed("Sunday night has nobody").When(_center).ShouldBeRefusedBy("staffed-shifts").Last.ShouldBeOfType<Ruling.Refused>().Refusal.Detail.ShouldContain("Sunday night");
        given.Staffed().When(_center, ElectionCase.DutyLead).ShouldBeAccepted();
        given.Recorded<PostureChanged>().ShouldBe(new PostureChanged(ElectionPosture.Baseline, ElectionPosture.OperationsCenter, ElectionCase.Start.AddDays(4)));
        given.Of(ElectionDeadlines.ElectionPostureEnd).ShouldHaveSingleItem().ShouldBe(new Deadline("ElectionPostureEnd", "", 1, ElectionCase.Start.AddDays(4)));
    }

    [Fact]
    public void Nobody_is_held_up_by_shifts_that_are_not_staffed_if_they_say_why()
    {
        var given = ElectionCase.Registered().When(_center with { UnstaffedReason = "attack an hour ago" }).ShouldBeAccepted();
        given.Recorded<PostureChanged>().UnstaffedReason.ShouldBe("attack an hour ago");
        given.Told().Body.ShouldBe("until 2027-02-19 09:00Z; shifts are not staffed: attack an hour ago");
    }

    [Fact]
    public void It_winds_down_at_its_end_unless_it_was_extended()
    {
        var given = ElectionCase.Registered().Staffed().When(_center).ShouldBeAccepted();
        given.When(_center).ShouldBeRefusedBy("posture-changes");
        given.When(_center with { PlannedUntil = ElectionCase.Start.AddDays(5) }).ShouldBeAccepted();
        given.At(ElectionCase.Start.AddDays(4)).When(new EndPosture(1), Caller.System).ShouldBeRefusedBy("deadline-current");
        given.When(new EndPosture(2), Caller.System).ShouldBeRefusedBy("deadline-current");
        given.Fire(given.Of(ElectionDeadlines.ElectionPostureEnd).Single()).ShouldBeAccepted();
        given.Recorded<PostureChanged>().ShouldBe(new PostureChanged(ElectionPosture.OperationsCenter, ElectionPosture.WindDown, null, Ended: true));
        given.State.Deadlines.ShouldBeEmpty();
    }

    [Fact]
    public void Other_postures_have_no_end_and_change_at_any_time()
    {
        var given = ElectionCase.Registered();
        given.When(new ChangePosture(ElectionPosture.Baseline)).ShouldBeRefusedBy("posture-changes");
        given.When(new ChangePosture(ElectionPosture.Heightened, ElectionCase.Start.AddDays(1))).ShouldBeRefusedBy("planned-until");
        given.When(new ChangePosture(ElectionPosture.Heightened)).ShouldBeAccepted().State.Posture.ShouldBe(ElectionPosture.Heightened);
        given.When(new ChangePosture(ElectionPosture.Baseline), ElectionCase.Specialist).ShouldBeRefused(RefusalKind.Forbidden);
    }
}
