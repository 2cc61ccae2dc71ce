using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class ReassignTests
{
    private static readonly Reassign _reassign = new("spec-09", HandoffRef: "HND-1515");

    [Fact]
    public void Reassigning_names_both_owners_the_shift_and_the_handoff()
    {
        var moved = Case.Assigned(area: PolicyArea.VoterInterference)
            .Knowing(Case.Facts("spec-09", PolicyArea.VoterInterference)).When(_reassign).ShouldBeAccepted();

        var @event = moved.Recorded<EscalationReassigned>();
        (@event.From, @event.To, @event.Shift, @event.HandoffRef).ShouldBe(("spec-04", "spec-09", "SHF-1515A", "HND-1515"));
        moved.State.Owner.ShouldBe("spec-09");
        moved.State.State.ShouldBe(EscalationState.Assigned);
        moved.Told()!.Kind.ShouldBe(EntryKind.Handoff);
        moved.Told()!.Others.ShouldNotContainKey(Audience.Partner);
    }

    [Fact]
    public void An_unknown_assignee_is_refused()
    {
        Case.Assigned().When(_reassign).ShouldBeRefusedBy("assignee-known");
        Case.Assigned().When(new Reassign(null!, "x")).ShouldBeRefusedBy("assignee-known");
        Case.Assigned().When(new Reassign("spec-04", "x", CoOwners: ["spec-77"])).ShouldBeRefusedBy("assignee-known");
    }

    [Fact]
    public void Somebody_not_on_shift_or_not_cleared_for_the_area_takes_a_reason() =>
        Case.Assigned().Knowing(Case.Facts("spec-09", PolicyArea.Spam)).When(_reassign).ShouldBeRefusedBy("assignee-on-shift")
            .When(_reassign with { Reason = "speaks the language" }).ShouldBeAccepted();

    [Fact]
    public void Nobody_owns_above_their_clearance() =>
        Case.Assigned().Knowing(Case.Facts("spec-09") with { Clearance = Tlp.GREEN }).When(_reassign with { Reason = "x" }).ShouldBeRefusedBy("assignee-cleared");

    [Fact]
    public void The_owner_must_change_or_the_co_owners()
    {
        var assigned = Case.Assigned().Knowing(Case.Facts("spec-09")).When(new Reassign("spec-04", "x")).ShouldBeRefusedBy("owner-changes");

        assigned.When(new Reassign("spec-04", "x", CoOwners: ["spec-09"])).ShouldBeAccepted().State.CoOwners.ShouldBe(["spec-09"]);
        assigned.When(new Reassign("spec-09", "x")).ShouldBeAccepted().State.CoOwners.ShouldBeEmpty();
    }

    [Fact]
    public void A_case_without_an_owner_is_assigned_not_reassigned() =>
        Case.Triaged().When(new Reassign("spec-04", "x")).ShouldBeRefused(RefusalKind.IllegalTransition);

    [Fact]
    public void The_sample_gives_the_case_to_the_caller() =>
        Reassign.Samples(Case.Assigned().State, Contexts.Of(Case.Assigned(), Case.OtherSpecialist)).First().To.ShouldBe("spec-09");

    [Fact]
    public void The_owner_s_sample_gives_it_to_a_colleague_and_failing_that_sends_the_co_owners_home()
    {
        var alone = Case.Assigned();
        var shared = Case.Assigned().Knowing(Case.Facts("spec-09")).When(new Reassign("spec-04", "x", CoOwners: ["spec-09"])).ShouldBeAccepted();

        Reassign.Samples(alone.State, Contexts.Of(alone)).ShouldBeEmpty();
        var last = Reassign.Samples(shared.State, Contexts.Of(shared)).Single();
        shared.When(last).ShouldBeAccepted().State.CoOwners.ShouldBeEmpty();
        var known = Contexts.Of(alone) with { People = Contexts.Of(alone).People.Add("spec-21", Case.Facts("spec-21")) };
        Reassign.Samples(alone.State, known).Single().To.ShouldBe("spec-21");
        Reassign.ChoosesFrom(alone.State, Case.DutyLead).ShouldBeOfType<Candidates.Colleagues>().Except.ShouldBe(["spec-04", "lead-01"]);
    }
}
