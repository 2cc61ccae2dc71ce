using CrisisOps.Domain.Elections;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Elections;

/// <summary>What an election is, and what is to be expected of it.</summary>
public class RegistrationTests
{
    [Fact]
    public void A_registration_needs_where_what_when_and_who()
    {
        var given = new ElectionCase().When(ElectionCase.Registration with { MeasurePlan = null }).ShouldBeAccepted();
        (given.State.Stage, given.State.Region, given.State.Round, given.State.Tlp).ShouldBe((ElectionPhase.Registered, "XN", 1, Tlp.AMBER));
        (given.State.Title, given.State.ElectionDay, given.State.Posture).ShouldBe(("Parliamentary, XN, 2027-05-16", new DateOnly(2027, 5, 16), ElectionPosture.Baseline));
        given.State.MeasurePlan.ShouldBeEmpty();
        given.State.Deadlines.ShouldBeEmpty();
        given.Told().Others.Keys.ShouldBe([Audience.CrossFunctional, Audience.Executive], ignoreOrder: true);
    }

    [Fact]
    public void Only_the_election_lead_registers()
    {
        new ElectionCase().When(ElectionCase.Registration, ElectionCase.DutyLead).ShouldBeRefused(RefusalKind.Forbidden);
        new ElectionCase().When(ElectionCase.Registration, ElectionCase.Specialist).ShouldBeRefused(RefusalKind.Forbidden);
        ElectionCase.Registered().When(ElectionCase.Registration).ShouldBeRefused(RefusalKind.IllegalTransition);
    }

    [Theory]
    [InlineData("xn")]
    [InlineData("Norland")]
    [InlineData("XN-")]
    [InlineData("")]
    public void The_region_is_a_country_or_a_subdivision(string region) =>
        new ElectionCase().When(ElectionCase.Registration with { Region = region }).ShouldBeRefusedBy("region-code");

    [Fact]
    public void A_subdivision_may_vote_alone() =>
        new ElectionCase().When(ElectionCase.Registration with { Region = "XN-01" }).ShouldBeAccepted().State.Regions.ShouldBe(["XN-01"]);

    [Theory]
    [InlineData("Europe/Norland")]
    [InlineData("W. Europe Standard Time")]
    [InlineData("CET")]
    public void The_zone_is_an_area_and_a_place(string zone) => new ElectionCase().When(ElectionCase.Registration with { Tz = zone }).ShouldBeRefusedBy("zone-known");

    [Fact]
    public void There_is_an_authority_and_a_round()
    {
        new ElectionCase().When(ElectionCase.Registration with { Authority = " " }).ShouldBeRefusedBy("authority-given");
        new ElectionCase().When(ElectionCase.Registration with { Round = 0 }).ShouldBeRefusedBy("round-range");
        new ElectionCase().When(ElectionCase.Registration with { Round = 2 }).ShouldBeAccepted().State.Round.ShouldBe(2);
    }

    [Fact]
    public void One_election_is_open_for_a_region_a_type_and_a_day_and_an_exercise_beside_it()
    {
        var given = new ElectionCase().KnowingFact(ElectionDayGuard.OpenElectionFact, "XN/Parliamentary/2027-05-16", "EL-XN-2027-02");
        given.When(ElectionCase.Registration).ShouldBeRefusedBy("one-open-election");
        given.When(ElectionCase.Registration with { Exercise = true }).ShouldBeAccepted();
        ElectionDayGuard.FactId(given.State).ShouldBe("XN/Parliamentary/2027-05-16/exercise");
        given.Told().Headline.ShouldStartWith("Exercise: ");
        new ElectionCase().KnowingFact(ElectionDayGuard.OpenElectionFact, "XN/Parliamentary/2027-05-16", "EL-XN-2027-02")
            .When(ElectionCase.Registration with { ElectionType = ElectionType.Referendum }).ShouldBeAccepted();
    }

    [Fact]
    public void An_assessment_makes_it_assessed_and_a_later_one_moves_no_phase()
    {
        var given = ElectionCase.Registered();
        given.When(new AssessElectionRisk(RiskTier.Low, [" "], Confidence.Low)).ShouldBeRefusedBy("drivers-given");
        given.When(new AssessElectionRisk(RiskTier.Low, ["FirstVote"], Confidence.Low)).ShouldBeAccepted().State.Stage.ShouldBe(ElectionPhase.Assessed);

        var voting = ElectionCase.In(ElectionPhase.Voting).When(new AssessElectionRisk(RiskTier.WatchOnly, ["Calm"], Confidence.High)).ShouldBeAccepted();
        (voting.State.Stage, voting.State.Risk!.Tier).ShouldBe((ElectionPhase.Voting, RiskTier.WatchOnly));
        voting.Told().Headline.ShouldBe("Risk: High to WatchOnly");
        voting.When(new AssessElectionRisk(RiskTier.Low, ["Calm"], Confidence.Low), ElectionCase.DutyLead).ShouldBeRefused(RefusalKind.Forbidden);
    }
}
