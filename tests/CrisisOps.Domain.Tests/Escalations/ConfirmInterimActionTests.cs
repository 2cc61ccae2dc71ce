using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class ConfirmInterimActionTests
{
    private static readonly ConfirmInterimAction _confirm = new("ACT-1");

    private static Case Taken(EnforcementAction action = EnforcementAction.RemoveContent) =>
        Case.Triaged().When(new TakeInterimAction(action, "the live video", "attack in progress")).ShouldBeAccepted();

    [Fact]
    public void A_second_person_confirms_and_the_deadline_is_settled()
    {
        foreach (var second in new[] { Case.OtherSpecialist, Case.DutyLead, Case.PolicyExpert, Case.LegalCounsel })
        {
            var confirmed = Taken().When(_confirm, second).ShouldBeAccepted();
            confirmed.Recorded<InterimActionConfirmed>().ActionId.ShouldBe("ACT-1");
            confirmed.State.InterimActions[0].State.ShouldBe(InterimActionState.Confirmed);
            confirmed.DeadlineKinds.ShouldNotContain("InterimActionExpiry");
        }
    }

    [Fact]
    public void Whoever_took_it_does_not_confirm_it() => Taken().When(_confirm).ShouldBeRefusedBy("four-eyes");

    [Fact]
    public void What_is_confirmed_unknown_or_past_its_time_is_not_confirmed()
    {
        Taken().When(_confirm, Case.DutyLead).When(_confirm, Case.DutyLead).ShouldBeRefusedBy("interim-action-awaits");
        Taken().When(new ConfirmInterimAction("ACT-9"), Case.DutyLead).ShouldBeRefusedBy("interim-action-awaits");
        Taken().After(TimeSpan.FromHours(4)).When(_confirm, Case.DutyLead).ShouldBeRefusedBy("interim-action-awaits");
    }

    [Fact]
    public void Preserved_data_needs_nobody() => Taken(EnforcementAction.PreserveData).When(_confirm, Case.DutyLead).ShouldBeRefusedBy("interim-action-awaits");

    [Fact]
    public void Communications_does_not_confirm() => Taken().When(_confirm, Case.Communications).ShouldBeRefused(RefusalKind.Forbidden);
}
