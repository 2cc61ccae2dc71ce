using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

/// <summary>Which desk a case goes to (domain §3, P1): by policy area, region and source, and by a person.</summary>
public class RoutingTests
{
    private static readonly Rules _rules = Rules.Default with
    {
        Routing =
        [
            new RoutingRule("Norland votes", Function.PublicPolicy) { PolicyAreas = [PolicyArea.VoterInterference], Regions = ["XN"] },
            new RoutingRule("press of Norland", Function.Executive) { Sources = [Source.Press], Regions = ["XN"] },
            .. Routing.Default,
        ],
    };

    [Theory]
    [InlineData(Source.CourtOrder, PolicyArea.Undetermined, "XN", Function.Legal, "orders")]
    [InlineData(Source.Press, PolicyArea.Undetermined, "XO", Function.Comms, "press")]
    [InlineData(Source.Press, PolicyArea.Undetermined, "XN-02", Function.Executive, "press of Norland")]
    [InlineData(Source.UserReport, PolicyArea.VoterInterference, "XN", Function.PublicPolicy, "Norland votes")]
    [InlineData(Source.UserReport, PolicyArea.VoterInterference, "XO", Function.GlobalOps, "everything else")]
    [InlineData(Source.UserReport, PolicyArea.Copyright, "XN", Function.Legal, "rights and local law")]
    [InlineData(Source.ProactiveDetection, PolicyArea.Spam, "XN", Function.GlobalOps, "everything else")]
    public void The_first_rule_that_matches_chooses_the_desk(Source source, PolicyArea area, string region, Function desk, string rule) =>
        Routing.Of(source, area, [region], _rules).ShouldBe(new Route(desk, rule));

    [Fact]
    public void A_rule_for_a_region_does_not_take_a_case_whose_region_nobody_knows() =>
        Routing.Of(Source.Press, PolicyArea.Undetermined, [], _rules).Desk.ShouldBe(Function.Comms);

    [Fact]
    public void Every_case_has_a_desk_from_its_raise_on_and_its_timeline_says_so()
    {
        var raised = new Case().When(new RaiseEscalation("Court order", Source.RightsHolder, Surface.Feed)).ShouldBeAccepted();

        raised.State.Route.ShouldBe(new Route(Function.Legal, "rights holders"));
        raised.Told()!.Headline.ShouldBe("Raised from RightsHolder, to Legal: Court order");
    }

    [Fact]
    public void Triage_sends_it_where_what_was_learned_belongs()
    {
        var triaged = Case.Raised().When(new Triage(Severity.SEV2, PolicyArea.Copyright, ["XN"], DuplicateSearchDone: true)).ShouldBeAccepted();

        triaged.State.Route.ShouldBe(new Route(Function.Legal, "rights and local law"));
        triaged.Told()!.Headline.ShouldBe("Triaged SEV2, Copyright, XN, to Legal");
        triaged.Told()!.Others[Audience.CrossFunctional].Headline.ShouldBe("Triaged SEV2, Copyright, XN");
    }

    [Fact]
    public void A_triage_that_leaves_the_desk_says_nothing_of_it() =>
        Case.Raised().When(new Triage(Severity.SEV2, PolicyArea.Spam, ["XN"], DuplicateSearchDone: true)).ShouldBeAccepted()
            .Told()!.Headline.ShouldBe("Triaged SEV2, Spam, XN");

    [Fact]
    public void A_reclassification_moves_it_too() =>
        Case.Assigned().When(new Reclassify(PolicyArea: PolicyArea.LocalLaw)).ShouldBeAccepted().State.Route!.Desk.ShouldBe(Function.Legal);

    [Fact]
    public void What_a_person_routes_no_rule_routes_again()
    {
        var routed = Case.Raised().When(new RouteEscalation(Function.HumanRights, "a journalist is named")).ShouldBeAccepted();
        routed.Told()!.Headline.ShouldBe("Routed from GlobalOps to HumanRights");

        routed.When(new Triage(Severity.SEV2, PolicyArea.Copyright, ["XN"], DuplicateSearchDone: true)).ShouldBeAccepted()
            .State.Route.ShouldBe(new Route(Function.HumanRights, null));
    }

    [Fact]
    public void A_person_may_hold_a_case_at_the_desk_where_a_rule_sent_it() =>
        Case.Raised().When(new RouteEscalation(Function.GlobalOps, "stays with us")).ShouldBeAccepted().State.Route.ShouldBe(new Route(Function.GlobalOps, null));

    [Fact]
    public void Routing_to_where_it_is_says_nothing_new() =>
        Case.Raised().When(new RouteEscalation(Function.Legal, "x")).When(new RouteEscalation(Function.Legal, "y")).ShouldBeRefusedBy("desk-changes");

    [Fact]
    public void Only_the_core_team_reads_of_desks_for_one_of_them_speaks_with_the_police() =>
        Case.Raised().When(new RouteEscalation(Function.Legal, "x")).ShouldBeAccepted().Told()!.Others.ShouldBeEmpty();
}
