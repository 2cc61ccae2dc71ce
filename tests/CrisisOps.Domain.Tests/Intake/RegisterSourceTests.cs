using CrisisOps.Domain.Intake;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Intake;

public class RegisterSourceTests
{
    [Fact]
    public void A_partner_manager_registers_one_and_it_is_active()
    {
        var registered = SourceCase.Registered(r => r with { Name = " OpenHash matches " });
        (registered.State.Stage, registered.State.Name, registered.State.Kind, registered.State.PartnerId, registered.State.Surface, registered.State.ReportTlp, registered.State.RatePerMinute)
            .ShouldBe((SourceState.Active, "OpenHash matches", Source.IndustryPeer, "OpenHash Exchange", Surface.Feed, Tlp.AMBER, 6000));
        registered.State.Formats.ShouldBe([AlertFormat.CloudEvents]);
        registered.State.Regions.ShouldBe(["XN"]);
        (registered.State.RegisteredBy, registered.State.RegisteredAt, registered.State.Open, registered.State.Exercise).ShouldBe(("pm-01", SourceCase.Start, true, false));
        registered.State.Deadlines.ShouldBeEmpty();
        (registered.Told().Headline, registered.Told().Body)
            .ShouldBe(("Source registered: OpenHash matches", "IndustryPeer of OpenHash Exchange; XN; CloudEvents; every policy area; Feed; TLP:AMBER; 6000 a minute"));
        registered.Told().Others[Audience.Executive].Body.ShouldBeNull();
        new SourceCase().When(SourceCase.Registration with { Exercise = true }, SourceCase.Admin).ShouldBeAccepted().Told().Body.ShouldEndWith("; exercise");
    }

    [Fact]
    public void Nobody_else_registers_one()
    {
        new SourceCase().When(SourceCase.Registration, SourceCase.Lead).ShouldBeRefused(RefusalKind.Forbidden);
        new SourceCase().When(SourceCase.Registration, Caller.System).ShouldBeRefused(RefusalKind.Forbidden);
        SourceCase.Registered().When(SourceCase.Registration).ShouldBeRefused(RefusalKind.IllegalTransition);
    }

    [Fact]
    public void Its_name_is_its_own()
    {
        Refused(r => r with { Name = " " }, "name-given");
        SourceCase.Registration.Facts(AlertSource.None).ShouldBe([("source-name", "openhash matches")]);
        Held(new SourceCase(), "SRC-009").When(SourceCase.Registration).ShouldBeRefusedBy("source-name-unique");
    }

    [Theory]
    [InlineData(Source.GovernmentOrder)]
    [InlineData(Source.GovernmentRequest)]
    [InlineData(Source.LawEnforcement)]
    [InlineData(Source.CourtOrder)]
    public void What_needs_a_legal_basis_comes_from_a_person(Source kind) => Refused(r => r with { Kind = kind }, "kind-without-basis");

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(10_000_001)]
    public void A_rate_has_its_bounds(int rate) => Refused(r => r with { RatePerMinute = rate }, "rate-range");

    [Fact]
    public void Reports_are_no_more_secret_than_their_giver_is_cleared_for()
    {
        var green = SourceCase.Manager with { Clearance = Tlp.GREEN };
        new SourceCase().When(SourceCase.Registration, green).ShouldBeRefusedBy("report-tlp").ShouldBeRefused(RefusalKind.TlpDenied);
        new SourceCase().When(SourceCase.Registration with { ReportTlp = Tlp.GREEN, RatePerMinute = 10_000_000 }, green).ShouldBeAccepted();
    }

    internal static SourceCase Held(SourceCase source, string holder) => source.Knowing(c => c with { Facts = c.Facts.SetItem("source-name/openhash matches", holder) });

    private static void Refused(Func<RegisterSource, RegisterSource> with, string guard) => new SourceCase().When(with(SourceCase.Registration)).ShouldBeRefusedBy(guard);
}
