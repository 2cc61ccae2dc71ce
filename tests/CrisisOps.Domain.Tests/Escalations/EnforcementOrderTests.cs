using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class EnforcementOrderTests
{
    private const string Key = "DEC-2027-000101-1";

    private static Case Taken(EnforcementAction action = EnforcementAction.Demote) =>
        Case.Triaged().When(new TakeInterimAction(action, "the live video", "attack in progress")).ShouldBeAccepted();

    private static Case Ended() => Taken().After(TimeSpan.FromHours(4)).When(new ExpireInterimAction("ACT-1"), Caller.System).ShouldBeAccepted();

    [Fact]
    public void A_decision_orders_what_is_left_of_it()
    {
        var decided = Investigations.Decided();
        EnforcementOrder.OfDecision(decided.State, Key)!.Actions.ShouldBe(
            [new OrderedAction($"{Key}/1", EnforcementAction.RemoveContent), new OrderedAction($"{Key}/2", EnforcementAction.TerminateAccount)]);

        decided.When(new RecordEnforcement([new(EnforcementAction.RemoveContent, Done: true)])).ShouldBeAccepted();

        var rest = EnforcementOrder.OfDecision(decided.State, Key)!;
        rest.Actions.ShouldHaveSingleItem().ActionId.ShouldBe($"{Key}/2");
        rest.TerritorialScope.ShouldBe(["Global"]);
        EnforcementOrder.OfDecision(decided.State, Key, [$"{Key}/1"]).ShouldBeNull();
    }

    [Fact]
    public void What_is_not_approved_or_was_replaced_orders_nothing()
    {
        EnforcementOrder.OfDecision(Investigations.Proposed().State, Key).ShouldBeNull();
        EnforcementOrder.OfDecision(Investigations.Decided().State, "DEC-2027-000101-9").ShouldBeNull();
    }

    [Fact]
    public void What_people_do_and_nothing_at_all_are_no_orders()
    {
        var decided = Investigations.Started()
            .When(Investigations.Removal with { Actions = [EnforcementAction.ReferToLawEnforcement, EnforcementAction.Label] })
            .When(new ApproveDecision(), Case.DutyLead).ShouldBeAccepted();

        EnforcementOrder.OfDecision(decided.State, Key)!.Actions.ShouldHaveSingleItem().ShouldBe(new OrderedAction($"{Key}/2", EnforcementAction.Label));
    }

    [Fact]
    public void An_interim_action_is_ordered_until_it_ends_and_its_end_afterwards()
    {
        var taken = Taken();
        var order = EnforcementOrder.OfInterimAction(taken.State, "ACT-1")!;
        order.Actions.ShouldBe([new OrderedAction("ACT-1", EnforcementAction.Demote)]);
        order.ExpiresAt.ShouldBe(taken.Now.AddHours(4));
        EnforcementOrder.OfEnd(taken.State, "ACT-1").ShouldBeNull();

        var ended = Ended();
        EnforcementOrder.OfInterimAction(ended.State, "ACT-1").ShouldBeNull();
        var end = EnforcementOrder.OfEnd(ended.State, "ACT-1")!;
        end.Ends.ShouldBeTrue();
        end.ExpiresAt.ShouldBeNull();
        EnforcementOrder.OfEnd(ended.State, "ACT-9").ShouldBeNull();
    }

    [Fact]
    public void A_confirmed_interim_action_stands_without_an_end() =>
        EnforcementOrder.OfInterimAction(Taken().When(new ConfirmInterimAction("ACT-1"), Case.DutyLead).ShouldBeAccepted().State, "ACT-1")!.ExpiresAt.ShouldBeNull();

    [Fact]
    public void An_end_that_a_decision_has_taken_over_undoes_nothing()
    {
        var decided = Investigations.Started().When(new TakeInterimAction(EnforcementAction.RemoveContent, "the video", "spreading")).ShouldBeAccepted()
            .When(Investigations.Removal).ShouldBeAccepted().After(TimeSpan.FromHours(4)).When(new ExpireInterimAction("ACT-1"), Caller.System).ShouldBeAccepted();
        EnforcementOrder.OfEnd(decided.State, "ACT-1").ShouldNotBeNull();

        decided.When(new ApproveDecision(), Case.DutyLead).ShouldBeAccepted();

        EnforcementOrder.OfEnd(decided.State, "ACT-1").ShouldBeNull();
    }

    [Fact]
    public void Where_only_local_law_forbids_it_an_interim_action_holds_only_there() =>
        EnforcementOrder.OfInterimAction(Case.Triaged(area: PolicyArea.LocalLaw).When(new TakeInterimAction(EnforcementAction.DisableAccess, "the posts", "order")).ShouldBeAccepted().State, "ACT-1")!
            .TerritorialScope.ShouldBe(["XN"]);

    [Fact]
    public void What_became_of_an_interim_action_stands_on_it()
    {
        var taken = Taken();
        taken.When(Record(new EnforcementReport(EnforcementAction.Demote, Done: false, Failure: "ranking is down", ActionId: "ACT-1"))).ShouldBeAccepted();
        taken.Recorded<EnforcementFailed>().Results.ShouldHaveSingleItem().Failure.ShouldBe("ranking is down");
        taken.State.InterimActions[0].Result!.Done.ShouldBeFalse();

        taken.When(Record(new EnforcementReport(EnforcementAction.Demote, Done: true, "RNK-1", ActionId: "ACT-1"))).ShouldBeAccepted();

        taken.State.InterimActions[0].Result.ShouldBe(new EnforcementResult("ACT-1", EnforcementAction.Demote, true, "RNK-1", taken.Now));
        taken.State.Decision.ShouldBeNull();
        taken.Told()!.Headline.ShouldBe("Done: Demote");
        EnforcementOrder.OfInterimAction(taken.State, "ACT-1").ShouldBeNull();
    }

    [Fact]
    public void Undoing_is_recorded_beside_what_was_done()
    {
        var ended = Ended();
        ended.When(Record(new EnforcementReport(EnforcementAction.Demote, Done: true, ActionId: "ACT-1", Undo: true))).ShouldBeAccepted();

        ended.State.InterimActions[0].Undone!.Done.ShouldBeTrue();
        ended.State.InterimActions[0].Result.ShouldBeNull();
        ended.Told()!.Headline.ShouldBe("Undone: Demote");
        EnforcementOrder.OfEnd(ended.State, "ACT-1").ShouldBeNull();
    }

    [Fact]
    public void Reports_that_fit_no_action_are_refused()
    {
        var taken = Taken();
        taken.When(Record(new EnforcementReport(EnforcementAction.Demote, Done: true))).ShouldBeRefusedBy("action-decided");
        taken.When(Record(new EnforcementReport(EnforcementAction.Label, Done: true, ActionId: "ACT-1"))).ShouldBeRefusedBy("action-decided");
        taken.When(Record(new EnforcementReport(EnforcementAction.Demote, Done: true, ActionId: "ACT-1", Undo: true))).ShouldBeRefusedBy("interim-action-ended");
        taken.When(Record(new EnforcementReport(EnforcementAction.Demote, Done: true, At: taken.Now.AddSeconds(1), ActionId: "ACT-1"))).ShouldBeRefusedBy("happened-already");
        var decided = Investigations.Decided();
        decided.When(Record(new EnforcementReport(EnforcementAction.RemoveContent, Done: true, ActionId: $"{Key}/2"))).ShouldBeRefusedBy("action-decided");
        decided.When(Record(new EnforcementReport(EnforcementAction.RemoveContent, Done: true, Undo: true))).ShouldBeRefusedBy("interim-action-ended");
    }

    [Fact]
    public void The_word_of_the_platform_adds_nothing_to_what_a_person_recorded()
    {
        var decided = Investigations.Decided().When(Record(new EnforcementReport(EnforcementAction.RemoveContent, Done: true, "by hand"))).ShouldBeAccepted();

        decided.When(Record(new EnforcementReport(EnforcementAction.RemoveContent, Done: false), new EnforcementReport(EnforcementAction.TerminateAccount, Done: true)), Caller.System).ShouldBeAccepted();

        decided.State.Decision!.Results.Single(r => r.Action == EnforcementAction.RemoveContent).ExternalRef.ShouldBe("by hand");
        decided.State.Decision.AllDone.ShouldBeTrue();
    }

    [Fact]
    public void A_sample_reports_an_interim_action_that_nobody_has_reported()
    {
        var ended = Ended();
        var sample = RecordEnforcement.Samples(ended.State, Contexts.Of(ended)).Single();
        sample.Results.ShouldHaveSingleItem().Undo.ShouldBeTrue();
        ended.When(sample).ShouldBeAccepted();
    }

    private static RecordEnforcement Record(params EnforcementReport[] results) => new(results);
}
