using CrisisOps.Domain.Recommendations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Recommendations;

/// <summary>From the proposal to the measured change; rejected, deferred, taken up again; overdue.</summary>
public class RecommendationWorkTests
{
    private static readonly AcceptRecommendation _accept = new("spec-11", RecommendationCase.Due);

    [Fact]
    public void A_lead_accepts_it_for_an_owner_with_a_due_time_and_a_metric()
    {
        RecommendationCase.Proposed().When(_accept, RecommendationCase.Specialist).ShouldBeRefused(RefusalKind.Forbidden);
        RecommendationCase.Proposed().When(_accept with { Owner = "" }).ShouldBeRefusedBy("owner-named");
        RecommendationCase.Proposed().When(_accept with { DueAt = RecommendationCase.Start }).ShouldBeRefusedBy("due-ahead");
        RecommendationCase.Proposed(p => p with { Metric = null }).When(_accept).ShouldBeRefusedBy("metric-named");
        RecommendationCase.Proposed().When(_accept with { Metric = new MetricAim("", 1, 2) }).ShouldBeRefusedBy("metric-aims");
        RecommendationCase.Proposed(p => p with { Metric = null }).When(_accept with { Metric = RecommendationCase.Metric }).ShouldBeAccepted();

        var accepted = RecommendationCase.Accepted();
        (accepted.State.Stage, accepted.State.Owner, accepted.State.Owned, accepted.State.DueAt).ShouldBe((RecommendationState.Accepted, "spec-11", true, RecommendationCase.Due));
        accepted.Told().Others.Keys.ShouldBe([Audience.CrossFunctional, Audience.Executive], ignoreOrder: true);
        accepted.State.Deadlines.ShouldHaveSingleItem().ShouldBe(new Deadline(RecommendationDeadlines.RecommendationDue, "", 2, RecommendationCase.Due, "spec-11"));
    }

    [Fact]
    public void Its_owner_or_a_lead_hands_it_on()
    {
        var accepted = RecommendationCase.Accepted();
        accepted.When(new AssignRecommendation("spec-12"), RecommendationCase.Specialist).ShouldBeRefusedBy("recommendation-owner");
        accepted.When(new AssignRecommendation(" "), RecommendationCase.Owner).ShouldBeRefusedBy("owner-named");
        accepted.When(new AssignRecommendation("spec-12", RecommendationCase.Start), RecommendationCase.Owner).ShouldBeRefusedBy("due-ahead");
        accepted.When(new AssignRecommendation("spec-11"), RecommendationCase.Owner).ShouldBeRefusedBy("owner-new");
        accepted.When(new AssignRecommendation("spec-12"), RecommendationCase.Owner).ShouldBeAccepted().State.DueGeneration.ShouldBe(2);
        accepted.When(new AssignRecommendation("spec-12", RecommendationCase.Due.AddDays(1))).ShouldBeAccepted();
        accepted.State.Deadlines.ShouldHaveSingleItem().ShouldBe(new Deadline(RecommendationDeadlines.RecommendationDue, "", 3, RecommendationCase.Due.AddDays(1), "spec-12"));
    }

    [Fact]
    public void What_is_implemented_or_deferred_has_no_due_time_to_move()
    {
        RecommendationCase.Implemented().When(new AssignRecommendation("spec-12", RecommendationCase.Due)).ShouldBeRefusedBy("due-open");
        Deferred().When(new AssignRecommendation("spec-12", RecommendationCase.Due)).ShouldBeRefusedBy("due-open");
        Deferred().When(new AssignRecommendation("spec-12")).ShouldBeAccepted().State.Owned.ShouldBeTrue();
    }

    [Fact]
    public void Its_owner_starts_and_implements_it()
    {
        RecommendationCase.Accepted().When(new StartRecommendation(), RecommendationCase.Specialist).ShouldBeRefusedBy("recommendation-owner");
        RecommendationCase.Accepted().When(new ImplementRecommendation(), RecommendationCase.Owner).ShouldBeRefused(RefusalKind.IllegalTransition);
        RecommendationCase.Started().When(new ImplementRecommendation(), RecommendationCase.Specialist).ShouldBeRefusedBy("recommendation-owner");
        var implemented = RecommendationCase.Started().When(new ImplementRecommendation("two readers") { OccurredAt = RecommendationCase.Start.AddHours(-1) }, RecommendationCase.Lead).ShouldBeAccepted();
        (implemented.State.Stage, implemented.State.ImplementedAt).ShouldBe((RecommendationState.Implemented, RecommendationCase.Start.AddHours(-1)));
        // Measured 14 days after the change at the earliest, and within four weeks from then.
        implemented.State.Deadlines.ShouldHaveSingleItem().ShouldBe(
            new Deadline(RecommendationDeadlines.RecommendationDue, "", 3, RecommendationCase.Start.AddHours(-1).AddDays(42), "spec-11"));
    }

    [Fact]
    public void It_is_measured_by_an_analyst_14_days_later_at_the_earliest()
    {
        var implemented = RecommendationCase.Implemented().After(TimeSpan.FromDays(20));
        var enough = RecommendationCase.Start.AddDays(14);
        implemented.When(new VerifyRecommendation(4, enough), RecommendationCase.Owner).ShouldBeRefused(RefusalKind.Forbidden);
        implemented.When(new VerifyRecommendation(4, implemented.Now.AddSeconds(1)), RecommendationCase.Analyst).ShouldBeRefusedBy("measured-already");
        implemented.When(new VerifyRecommendation(4, enough.AddSeconds(-1)), RecommendationCase.Analyst).ShouldBeRefusedBy("measured-late-enough");
        implemented.When(new VerifyRecommendation(4, enough), RecommendationCase.Analyst).ShouldBeAccepted();
        (implemented.State.Stage, implemented.State.Metric).ShouldBe((RecommendationState.Verified, new RecommendationMetric(RecommendationCase.Metric.Name, 14, 5, 4, enough)));
        (implemented.Told().Headline, implemented.Told().Body).ShouldBe(("Verified: the target is reached", "median minutes to first response: 14 before, 4 after, target 5"));
    }

    [Fact]
    public void How_long_to_wait_is_configuration() =>
        RecommendationCase.Implemented().After(TimeSpan.FromDays(1))
            .Knowing(c => c with { Rules = c.Rules with { Recommendations = new RecommendationRules { MeasureAfter = TimeSpan.FromDays(1) } } })
            .When(new VerifyRecommendation(4, RecommendationCase.Start.AddDays(1)), RecommendationCase.Lead).ShouldBeAccepted();

    [Theory]
    [InlineData(14, 5, 5, true)]
    [InlineData(14, 5, 6, false)]
    [InlineData(50, 90, 91, true)]
    [InlineData(50, 90, 89, false)]
    public void A_target_is_reached_from_where_it_was(int before, int target, int after, bool reached) =>
        new RecommendationMetric("share answered in time", before, target, after).Reached.ShouldBe(reached);

    [Fact]
    public void A_target_that_was_missed_is_recorded_too() =>
        RecommendationCase.Implemented().After(TimeSpan.FromDays(20)).When(new VerifyRecommendation(9, RecommendationCase.Start.AddDays(15)), RecommendationCase.Analyst)
            .ShouldBeAccepted().Told().Headline.ShouldBe("Verified: the target is missed");

    [Fact]
    public void A_lead_rejects_it_with_a_reason_and_it_asks_nothing_of_anybody()
    {
        RecommendationCase.Proposed().When(new RejectRecommendation("x"), RecommendationCase.Specialist).ShouldBeRefused(RefusalKind.Forbidden);
        RecommendationCase.Proposed().When(new RejectRecommendation("")).ShouldBeRefusedBy("reason-given");
        var rejected = RecommendationCase.Proposed().When(new RejectRecommendation("costs too much")).ShouldBeAccepted();
        (rejected.State.Stage, rejected.State.Owned).ShouldBe((RecommendationState.Rejected, true));
        RecommendationCase.Started().When(new RejectRecommendation("can not be done")).ShouldBeAccepted().State.Deadlines.ShouldBeEmpty();
        RecommendationCase.Implemented().When(new RejectRecommendation("x")).ShouldBeRefused(RefusalKind.IllegalTransition);
    }

    [Fact]
    public void What_is_put_off_is_due_to_be_looked_at_again()
    {
        RecommendationCase.Accepted().When(new DeferRecommendation(RecommendationCase.Start, "x")).ShouldBeRefusedBy("until-ahead");
        RecommendationCase.Accepted().When(new DeferRecommendation(RecommendationCase.Due, "")).ShouldBeRefusedBy("reason-given");
        RecommendationCase.Accepted().When(new DeferRecommendation(RecommendationCase.Due, "x"), RecommendationCase.Owner).ShouldBeRefused(RefusalKind.Forbidden);
        var deferred = Deferred();
        deferred.State.Deadlines.ShouldHaveSingleItem().DueAt.ShouldBe(RecommendationCase.Start.AddDays(90));
        deferred.At(RecommendationCase.Start.AddDays(90)).When(new MarkRecommendationOverdue(2), Caller.System).ShouldBeAccepted();
        deferred.Told().Headline.ShouldBe("Was deferred until 2027-08-22: look at it again");
        deferred.When(new DeferRecommendation(deferred.Now.AddDays(30), "still no budget")).ShouldBeAccepted().State.Deadlines.ShouldHaveSingleItem().Missed.ShouldBeFalse();
    }

    [Fact]
    public void What_was_put_off_or_rejected_is_a_proposal_again_that_nobody_owns()
    {
        var rejected = RecommendationCase.Accepted().When(new RejectRecommendation("costs too much"));
        rejected.When(new ReopenRecommendation(" ")).ShouldBeRefusedBy("reason-given");
        rejected.When(new ReopenRecommendation("it happened again"), RecommendationCase.Specialist).ShouldBeRefused(RefusalKind.Forbidden);
        rejected.When(new ReopenRecommendation("it happened again")).ShouldBeAccepted();
        (rejected.State.Stage, rejected.State.Owner, rejected.State.Owned, rejected.State.DueAt).ShouldBe(
            (RecommendationState.Proposed, null, false, RecommendationCase.Start.AddDays(14)));
        rejected.When(_accept).ShouldBeAccepted().State.Metric!.Target.ShouldBe(5);
        Deferred().When(new ReopenRecommendation("there is a budget")).ShouldBeAccepted().State.Deadlines.ShouldHaveSingleItem().DueAt.ShouldBe(RecommendationCase.Start.AddDays(14));
        RecommendationCase.Accepted().When(new ReopenRecommendation("x")).ShouldBeRefused(RefusalKind.IllegalTransition);
    }

    [Fact]
    public void It_is_overdue_once_and_only_by_its_newest_due_time()
    {
        var accepted = RecommendationCase.Accepted();
        accepted.At(RecommendationCase.Due.AddSeconds(-1)).When(new MarkRecommendationOverdue(2), Caller.System).ShouldBeRefusedBy("deadline-current");
        accepted.At(RecommendationCase.Due).When(new MarkRecommendationOverdue(9), Caller.System).ShouldBeRefusedBy("deadline-current");
        accepted.When(new MarkRecommendationOverdue(2)).ShouldBeRefused(RefusalKind.Forbidden);
        accepted.When(new MarkRecommendationOverdue(2), Caller.System).ShouldBeAccepted();
        (accepted.Told().Kind, accepted.State.Deadlines.Single().Missed).ShouldBe((EntryKind.Clock, true));
        accepted.When(new MarkRecommendationOverdue(2), Caller.System).ShouldBeRefusedBy("deadline-current");
        RecommendationCase.Implemented().At(RecommendationCase.Due).When(new MarkRecommendationOverdue(2), Caller.System).ShouldBeRefusedBy("deadline-current");
    }

    [Fact]
    public void A_proposal_that_nobody_decides_and_a_change_that_nobody_measures_are_overdue_too()
    {
        var proposed = RecommendationCase.Proposed();
        var decide = proposed.State.Deadlines.ShouldHaveSingleItem();
        (decide.DueAt, decide.Owner).ShouldBe((RecommendationCase.Start.AddDays(14), null));
        proposed.At(decide.DueAt).When(new MarkRecommendationOverdue(decide.Generation), Caller.System).ShouldBeAccepted().Told().Headline.ShouldStartWith("Waits for a decision since");

        var implemented = RecommendationCase.Implemented();
        var measure = implemented.State.Deadlines.ShouldHaveSingleItem();
        implemented.At(measure.DueAt).When(new MarkRecommendationOverdue(measure.Generation), Caller.System).ShouldBeAccepted().Told().Headline.ShouldStartWith("Not measured by");
        implemented.When(new VerifyRecommendation(4, implemented.Now), RecommendationCase.Lead).ShouldBeAccepted().State.Deadlines.ShouldBeEmpty();
    }

    private static RecommendationCase Deferred() =>
        RecommendationCase.Proposed().When(new DeferRecommendation(RecommendationCase.Start.AddDays(90), "the budget is set in autumn"), RecommendationCase.Lead).ShouldBeAccepted();
}
