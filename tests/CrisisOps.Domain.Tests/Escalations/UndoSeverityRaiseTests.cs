using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class UndoSeverityRaiseTests
{
    private static readonly TimeSpan _within = TimeSpan.FromMinutes(10);

    [Fact]
    public void Ones_own_raise_is_taken_back_within_ten_minutes_and_so_are_its_clocks()
    {
        var raised = Raised();

        raised.After(_within).When(new UndoSeverityRaise()).ShouldBeAccepted();

        raised.State.Severity.ShouldBe(Severity.SEV3);
        raised.Clock(ClockKind.Resolve).DueAt.ShouldBe(Case.Start.AddHours(72));
        raised.When(new UndoSeverityRaise()).ShouldBeRefusedBy("raise-stands");
    }

    [Fact]
    public void A_raise_is_not_taken_back_later() => Raised().After(_within + TimeSpan.FromSeconds(1)).When(new UndoSeverityRaise()).ShouldBeRefusedBy("undo-in-time");

    [Fact]
    public void Only_ones_own_raise_is_taken_back() => Raised().When(new UndoSeverityRaise(), Case.DutyLead).ShouldBeRefusedBy("own-raise");

    [Fact]
    public void There_must_be_a_raise() => Case.Triaged().When(new UndoSeverityRaise()).ShouldBeRefusedBy("raise-stands");

    [Fact]
    public void What_was_triaged_since_is_not_undone() =>
        Case.Raised(r => r with { ProposedSeverity = Severity.SEV3 }).When(new ChangeSeverity(Severity.SEV1))
            .When(new Triage(Severity.SEV1, PolicyArea.Spam, ["XN"], DuplicateSearchDone: true)).ShouldBeAccepted()
            .When(new UndoSeverityRaise()).ShouldBeRefusedBy("raise-stands");

    [Fact]
    public void An_undo_stays_above_the_floor_of_an_election_phase_that_began_meanwhile() =>
        Case.Triaged(Severity.SEV3, PolicyArea.VoterInterference).When(new ChangeSeverity(Severity.SEV1))
            .Knowing(c => c with { Facts = c.Facts.SetItem("election-floor/XN", "SEV2") })
            .When(new UndoSeverityRaise()).ShouldBeRefusedBy("election-severity-floor");

    private static Case Raised() => Case.Triaged(Severity.SEV3).When(new ChangeSeverity(Severity.SEV1)).ShouldBeAccepted();
}
