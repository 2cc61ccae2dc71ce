using CrisisOps.Domain.Recommendations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Recommendations;

public class ProposeRecommendationTests
{
    [Fact]
    public void One_of_a_review_is_where_and_as_secret_as_the_review()
    {
        var proposed = RecommendationCase.Proposed();
        (proposed.State.Stage, proposed.State.Type, proposed.State.ReviewKey, proposed.State.Tlp, proposed.State.ProposedBy)
            .ShouldBe((RecommendationState.Proposed, RecommendationType.Staffing, "PIR-2027-0007", Tlp.AmberStrict, "spec-04"));
        proposed.State.Regions.ShouldBe(["XN"]);
        proposed.State.Title.ShouldBe("Keep one reader of every language on call.");
        proposed.State.Metric.ShouldBe(new RecommendationMetric("median minutes to first response", 14, 5));
        proposed.State.Evidence!.Values[0].Value.ShouldBe(14);
        (proposed.State.Owned, proposed.Told().Body).ShouldBe((false, "Reports waited 14 minutes for a reader. [PIR-2027-0007]"));
        RecommendationCase.Proposal.Streams().ShouldBe(["PIR-2027-0007"]);
    }

    [Fact]
    public void One_of_an_escalation_is_where_the_escalation_is_and_its_secrecy_may_be_raised()
    {
        var of = RecommendationCase.Proposal with { ReviewKey = null, EscalationKey = "ESC-2027-000105", Title = "Readers" };
        new RecommendationCase().When(of, Caller.System).ShouldBeAccepted().State.Regions.ShouldBe(["XN-01"]);
        new RecommendationCase().When(of).ShouldBeAccepted().State.Tlp.ShouldBe(Tlp.GREEN);
        new RecommendationCase().When(of with { Tlp = Tlp.RED }).ShouldBeAccepted().State.Tlp.ShouldBe(Tlp.RED);
        new RecommendationCase().When(of with { Tlp = Tlp.CLEAR }).ShouldBeAccepted().State.Tlp.ShouldBe(Tlp.GREEN);
    }

    [Fact]
    public void One_of_nothing_else_stands_for_itself()
    {
        var alone = RecommendationCase.Proposed(p => p with { ReviewKey = null, Region = ["XM"], Evidence = null, Metric = null });
        (alone.State.Tlp, alone.State.Metric, alone.State.Evidence).ShouldBe((Tlp.AMBER, null, null));
        alone.State.Regions.ShouldBe(["XM"]);
        alone.Told().Body.ShouldBe("Reports waited 14 minutes for a reader.");
    }

    [Fact]
    public void What_it_came_of_exists_and_is_no_exercise()
    {
        Refused(p => p with { ReviewKey = "PIR-2027-0099" }, "review-known");
        Refused(p => p with { ReviewKey = "PIR-2027-0009" }, "review-known");
        Refused(p => p with { EscalationKey = "ESC-2027-000999" }, "escalation-known");
        Refused(p => p with { ReviewKey = "PIR-2027-0008" }, "exercise-apart");
        Refused(p => p with { Exercise = true }, "exercise-apart");
        RecommendationCase.Proposed(p => p with { ReviewKey = "PIR-2027-0008", Exercise = true }).Told().Headline.ShouldStartWith("Exercise: ");
    }

    [Fact]
    public void It_says_what_is_wrong_what_to_do_and_how_to_see_it()
    {
        Refused(p => p with { Problem = "" }, "proposal-reasoned");
        Refused(p => p with { Proposal = " " }, "proposal-reasoned");
        Refused(p => p with { Evidence = new RecommendationEvidence("", []) }, "evidence-repeatable");
        Refused(p => p with { Evidence = new RecommendationEvidence("q", [null!]) }, "evidence-repeatable");
        Refused(p => p with { Metric = RecommendationCase.Metric with { Name = "" } }, "metric-aims");
        Refused(p => p with { Metric = RecommendationCase.Metric with { Target = 14 } }, "metric-aims");
        new RecommendationCase().When(RecommendationCase.Proposal, RecommendationCase.Analyst).ShouldBeRefused(RefusalKind.Forbidden);
    }

    [Fact]
    public void What_the_review_masks_is_masked_here_outside_core()
    {
        var told = RecommendationCase.Proposed(p => p with { Problem = "The perpetrator's name was searched for." }).Told();
        told.Body!.ShouldContain("perpetrator");
        told.Others[Audience.CrossFunctional].Body.ShouldBe("[masked] was searched for.");
    }

    private static void Refused(Func<ProposeRecommendation, ProposeRecommendation> with, string guard) =>
        new RecommendationCase().When(with(RecommendationCase.Proposal)).ShouldBeRefusedBy(guard);
}
