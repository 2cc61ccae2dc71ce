using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class StartInvestigationTests
{
    [Fact]
    public void The_investigation_starts_and_the_hypothesis_stays_in_the_core_team()
    {
        var started = Case.Assigned().When(new StartInvestigation("made by the perpetrator")).ShouldBeAccepted();

        started.State.State.ShouldBe(EscalationState.Investigating);
        started.Told()!.Body.ShouldBe("made by the perpetrator");
        started.Told()!.Others.Values.ShouldAllBe(t => t.Body == null);
        started.Told()!.Others.ShouldNotContainKey(Audience.Partner);
    }

    [Fact]
    public void An_investigation_starts_once_somebody_owns_the_case() =>
        Case.Triaged().When(new StartInvestigation()).ShouldBeRefused(RefusalKind.IllegalTransition);
}
