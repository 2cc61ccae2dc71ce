using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class NameReaderTests
{
    private static readonly NameReader _name = new("spec-09", "relieves the owner");

    [Fact]
    public void A_named_reader_is_told_to_the_core_team_only()
    {
        var named = Case.Assigned().Knowing(Case.Facts("spec-09")).When(_name).ShouldBeAccepted();

        named.State.NamedReaders.ShouldBe(["spec-09"]);
        named.Told()!.Others.ShouldBeEmpty();
    }

    [Fact]
    public void Nobody_names_themselves() => Case.Assigned().When(new NameReader("lead-01", "x"), Case.DutyLead).ShouldBeRefusedBy("not-oneself");

    [Fact]
    public void Readers_are_named_by_somebody_who_needs_to_know()
    {
        var assigned = Case.Assigned().Knowing(Case.Facts("spec-10"));

        assigned.When(new NameReader("spec-10", "x"), Case.OtherSpecialist).ShouldBeRefusedBy("namer-needs-to-know");
        assigned.When(new NameReader("spec-10", "x"), Case.DutyLead).ShouldBeAccepted();
    }

    [Fact]
    public void The_raiser_names_readers_until_somebody_owns_the_case() =>
        Case.Raised().Knowing(Case.Facts("spec-09")).When(_name).ShouldBeAccepted();

    [Fact]
    public void The_reader_must_be_known() => Case.Assigned().When(_name).ShouldBeRefusedBy("reader-known");

    [Fact]
    public void The_reader_must_be_cleared_for_red() =>
        Case.Assigned().Knowing(Case.Facts("spec-09") with { Clearance = Tlp.AmberStrict }).When(_name).ShouldBeRefusedBy("reader-cleared");

    [Fact]
    public void A_reader_is_named_once() =>
        Case.Assigned().Knowing(Case.Facts("spec-09")).When(_name).When(_name).ShouldBeRefusedBy("reader-new");

    [Fact]
    public void A_reader_is_taken_off_again() =>
        Case.Assigned().Knowing(Case.Facts("spec-09")).When(_name)
            .When(new UnnameReader("spec-09")).ShouldBeAccepted().State.NamedReaders.ShouldBeEmpty();

    [Fact]
    public void A_reader_may_step_back() =>
        Case.Assigned().Knowing(Case.Facts("spec-09")).When(_name).When(new UnnameReader("spec-09"), Case.OtherSpecialist).ShouldBeAccepted()
            .Told()!.Others.ShouldBeEmpty();

    [Fact]
    public void Only_a_named_reader_is_taken_off() => Case.Assigned().When(new UnnameReader("spec-09")).ShouldBeRefusedBy("reader-named");

    [Fact]
    public void A_reader_is_not_taken_off_by_somebody_without_need_to_know() =>
        Case.Assigned().Knowing(Case.Facts("spec-10")).When(new NameReader("spec-10", "x"))
            .When(new UnnameReader("spec-10"), Case.OtherSpecialist).ShouldBeRefusedBy("namer-needs-to-know");

    [Fact]
    public void A_reader_is_sought_by_those_only_who_may_name_one_among_those_who_do_not_read_yet()
    {
        var named = Case.Assigned().Knowing(Case.Facts("spec-09")).When(_name).ShouldBeAccepted();

        NameReader.ChoosesFrom(named.State, Case.PolicyExpert).ShouldBeNull();
        var sought = NameReader.ChoosesFrom(named.State, Case.DutyLead).ShouldBeOfType<Candidates.Colleagues>();
        sought.Cleared.ShouldBe(Tlp.RED);
        sought.Except.ShouldBe(["lead-01", "spec-04", "spec-09"]);
    }
}
