using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class RaiseTlpTests
{
    private static readonly RaiseTlp _raise = new(Tlp.RED, "names a source");

    [Fact]
    public void Raising_is_free_and_whoever_raises_to_red_stays_among_its_readers()
    {
        var raised = Case.Triaged().When(_raise).ShouldBeAccepted();

        raised.State.Tlp.ShouldBe(Tlp.RED);
        raised.State.NamedReaders.ShouldBe(["spec-04"]);
        raised.Told()!.Others.ShouldNotContainKey(Audience.Partner);
    }

    [Fact]
    public void An_owner_needs_no_naming() => Case.Assigned().When(_raise).ShouldBeAccepted().State.NamedReaders.ShouldBeEmpty();

    [Fact]
    public void Raising_goes_upwards_only() => Case.Triaged().When(new RaiseTlp(Tlp.AMBER, "x")).ShouldBeRefusedBy("tlp-upwards");

    [Fact]
    public void Nobody_raises_above_their_own_clearance() =>
        Case.Triaged().When(_raise, Case.Specialist with { Clearance = Tlp.AmberStrict }).ShouldBeRefused(RefusalKind.TlpDenied);

    [Fact]
    public void A_raise_answers_a_wish_to_lower() =>
        Case.Raised(r => r with { Source = Source.Employee }).When(new LowerTlp(Tlp.GREEN, "x")).When(_raise).ShouldBeAccepted().State.TlpLowering.ShouldBeNull();
}
