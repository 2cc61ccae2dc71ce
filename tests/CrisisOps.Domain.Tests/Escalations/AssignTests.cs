using System.Collections.Immutable;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class AssignTests
{
    [Fact]
    public void Co_owners_are_known_and_cleared_like_the_owner()
    {
        var assign = new Assign("spec-04", "I take it", ["spec-09"]);

        Case.Triaged().When(assign).ShouldBeRefusedBy("assignee-known");
        Case.Triaged().Knowing(Case.Facts("spec-09") with { Clearance = Tlp.CLEAR }).When(assign).ShouldBeRefusedBy("assignee-cleared");
        Case.Triaged().Knowing(Case.Facts("spec-09")).When(assign).ShouldBeAccepted().State.CoOwners.ShouldBe(["spec-09"]);
    }

    [Fact]
    public void Nobody_is_co_owner_twice_or_beside_themselves() =>
        Case.Triaged().Knowing(Case.Facts("spec-04")).Knowing(Case.Facts("spec-09"))
            .When(new Assign("spec-04", "I take it", ["spec-09", "spec-04", "spec-09"])).ShouldBeAccepted().State.CoOwners.ShouldBe(["spec-09"]);

    [Fact]
    public void Samples_name_oneself_and_then_colleagues_those_on_shift_first()
    {
        var triaged = Case.Triaged();
        var known = Contexts.Of(triaged) with
        {
            People = new[] { Case.Facts("spec-05"), Case.Facts("spec-06", triaged.State.PolicyArea), Case.Facts("spec-04") }.ToImmutableDictionary(p => p.Id),
        };

        Assign.Samples(triaged.State, known).Select(a => a.Assignee).ShouldBe(["spec-04", "spec-06", "spec-05"]);
        Assign.ChoosesFrom(triaged.State, Case.Specialist).ShouldBeOfType<Candidates.Colleagues>().Cleared.ShouldBe(triaged.State.Tlp);
    }
}
