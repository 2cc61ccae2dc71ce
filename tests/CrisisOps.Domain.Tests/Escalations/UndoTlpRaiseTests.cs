using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class UndoTlpRaiseTests
{
    [Fact]
    public void Ones_own_raise_is_taken_back_within_ten_minutes_once()
    {
        var undone = Raised().After(TimeSpan.FromMinutes(10)).When(new UndoTlpRaise()).ShouldBeAccepted();

        undone.State.Tlp.ShouldBe(Tlp.AMBER);
        undone.When(new UndoTlpRaise()).ShouldBeRefusedBy("raise-stands");
    }

    [Fact]
    public void A_raise_is_not_taken_back_later() => Raised().After(TimeSpan.FromMinutes(11)).When(new UndoTlpRaise()).ShouldBeRefusedBy("undo-in-time");

    [Fact]
    public void Only_ones_own_raise_is_taken_back() => Raised().When(new UndoTlpRaise(), Case.DutyLead).ShouldBeRefusedBy("own-raise");

    [Fact]
    public void There_must_be_a_raise() => Case.Triaged().When(new UndoTlpRaise()).ShouldBeRefusedBy("raise-stands");

    private static Case Raised() => Case.Triaged().When(new RaiseTlp(Tlp.AmberStrict, "names a source")).ShouldBeAccepted();
}
