using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Intake;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Intake;

/// <summary>The escalation that an alert raises.</summary>
public class RaisingTests
{
    private static readonly DateTimeOffset _now = SourceCase.Start;
    private static readonly AlertSource _own = AlertSource.None with { Key = "SRC-001", Kind = Source.ProactiveDetection, Surface = Surface.Feed };
    private static readonly AlertSource _partner = _own with { PartnerId = "Norland Civic Watch", Kind = Source.TrustedPartner };
    private static readonly IncomingAlert _alert = new(AlertFormat.Alerts, "ref-1", "Smoke");

    [Fact]
    public void It_says_what_the_alert_says_and_for_the_rest_what_its_source_is()
    {
        var raise = Raised(_alert with { Text = "Seen at noon.", Languages = ["de", "en"], ThreatToLife = true, EvidenceRefs = ["T-5"], ContactRef = "desk-3" }, _partner);

        (raise.Title, raise.Allegation, raise.Source, raise.Surface, raise.ThreatToLife, raise.ProposedSeverity, raise.PolicyArea)
            .ShouldBe(("Smoke", "Seen at noon.", Source.TrustedPartner, Surface.Feed, true, Severity.SEV2, PolicyArea.Undetermined));
        raise.Requester.ShouldBe(new Requester("Norland Civic Watch", "desk-3", Language: "de"));
        raise.EvidenceRefs.ShouldBe(["T-5"]);
        Raised(_alert with { Surface = Surface.Live }, _own).Surface.ShouldBe(Surface.Live);
        Raised(_alert, _own).Requester.ShouldBeNull();
    }

    [Fact]
    public void The_reference_of_a_partner_is_the_partners_and_that_of_our_own_system_the_systems()
    {
        Raised(_alert, _partner).ExternalRef.ShouldBe("ref-1");
        Raised(_alert, _own).ExternalRef.ShouldBe("SRC-001/ref-1");
    }

    [Theory]
    [InlineData(null, Tlp.AMBER, Tlp.AMBER)]
    [InlineData(Tlp.CLEAR, Tlp.AMBER, Tlp.AMBER)]
    [InlineData(Tlp.AmberStrict, Tlp.AMBER, Tlp.AmberStrict)]
    [InlineData(Tlp.RED, Tlp.GREEN, Tlp.AmberStrict)]
    [InlineData(null, Tlp.RED, Tlp.AmberStrict)]
    public void It_is_as_secret_as_the_alert_asks_not_less_than_its_source_and_never_red(Tlp? asked, Tlp report, Tlp secret) =>
        Raised(_alert with { Tlp = asked }, _own with { ReportTlp = report }).Tlp.ShouldBe(secret);

    [Fact]
    public void An_exercise_of_the_alert_or_of_the_source_is_one()
    {
        Raised(_alert with { Exercise = true }, _own).Exercise.ShouldBeTrue();
        Raised(_alert, _own with { Exercise = true }).Exercise.ShouldBeTrue();
        Raised(_alert, _own).Exercise.ShouldBeFalse();
    }

    [Fact]
    public void A_time_ahead_and_a_product_that_is_not_ours_are_left_out()
    {
        Raised(_alert with { OccurredAt = _now.AddMinutes(-5) }, _own).OccurredAt.ShouldBe(_now.AddMinutes(-5));
        Raised(_alert with { OccurredAt = _now.AddSeconds(1) }, _own).OccurredAt.ShouldBeNull();
        Raised(_alert with { Product = "Unheard of" }, _own).Product.ShouldBeNull();
        Raised(_alert with { Product = Rules.Default.Products[0] }, _own).Product.ShouldBe(Rules.Default.Products[0]);
    }

    [Fact]
    public void Whoever_reports_is_the_source_which_sees_nothing()
    {
        var caller = Raising.CallerOf(_partner);
        (caller.Id, caller.Type).ShouldBe(("SRC-001", ActorType.Integration));
        caller.Roles.ShouldBe([Role.Integration]);
        caller.Regions.ShouldBeEmpty();
    }

    [Fact]
    public void What_it_raises_is_taken()
    {
        var raise = Raised(_alert, _partner);
        new Escalations.Case().When(raise, Raising.CallerOf(_partner)).ShouldBeAccepted().State.Stage.ShouldBe(EscalationState.Received);
    }

    private static RaiseEscalation Raised(IncomingAlert alert, AlertSource source) => Raising.Of(alert, source, IntakeRules.None.Read(alert, source), Rules.Default, _now);
}
