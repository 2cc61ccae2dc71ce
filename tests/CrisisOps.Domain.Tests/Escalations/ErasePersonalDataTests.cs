using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class ErasePersonalDataTests
{
    private static readonly ErasePersonalData _erase = new(3, ErasureGround.ConsentWithdrawn, "asked by the person who is named");
    private static readonly ErasePersonalData _agreed = _erase with { Counsel = "legal-02" };

    private static Case Over(EntryFacts? entry, string hold = "none") => Knowing(Endings.Resolved().After(TimeSpan.FromHours(72)).When(new Close(), Caller.System), entry, hold);

    private static Case Knowing(Case when, EntryFacts? entry, string hold) => when.Knowing(c => c with
    {
        Entry = entry,
        Facts = c.Facts.SetItem($"legal-hold/{when.State.Key}", hold),
        People = c.People.SetItem("legal-02", new PersonFacts("legal-02", [Role.LegalCounsel], [], ["*"], Tlp.RED, [], [])).SetItem("spec-09", new PersonFacts("spec-09", [Role.Specialist], [], ["*"], Tlp.RED, [], [])),
    });

    private static EntryFacts Note(long version = 3, string kind = nameof(EscalationNotePosted), Tlp tlp = Tlp.AMBER) => new(version, kind, "spec-04", tlp, false);

    [Fact]
    public void A_duty_lead_erases_the_words_of_a_note_with_the_agreement_of_counsel()
    {
        var erased = Over(Note()).When(_agreed, Case.DutyLead).ShouldBeAccepted();

        erased.Recorded<PersonalDataErased>().Members.ShouldBe(["text"]);
        erased.State.Erased.ShouldBe([3]);
        erased.Told()!.Others.ShouldBeEmpty();
    }

    [Fact]
    public void Of_the_raise_what_names_people_goes_out_of_the_state_too()
    {
        var erased = Over(Note(version: 1, kind: nameof(EscalationRaised))).When(_agreed with { Entry = 1 }, Case.DutyLead).ShouldBeAccepted();

        erased.State.Title.ShouldBe(IErases.Mark);
        (erased.State.Requester?.ContactRef ?? IErases.Mark).ShouldBe(IErases.Mark);
    }

    [Fact]
    public void Nobody_erases_without_counsel()
    {
        Over(Note()).When(_erase, Case.DutyLead).ShouldBeRefusedBy("counsel-agrees");
        Over(Note()).When(_erase with { Counsel = "spec-09" }, Case.DutyLead).ShouldBeRefusedBy("counsel-agrees");
        Over(Note()).When(_erase with { Counsel = "nobody" }, Case.DutyLead).ShouldBeRefusedBy("counsel-agrees");
        Over(Note()).When(_erase with { Counsel = Case.DutyLead.Id }, Case.DutyLead).ShouldBeRefusedBy("counsel-agrees");
    }

    [Fact]
    public void Under_a_legal_hold_or_where_nobody_knows_of_one_nothing_goes()
    {
        Over(Note(), hold: "placed").When(_agreed, Case.DutyLead).ShouldBeRefusedBy("legal-hold");
        Over(Note()).Knowing(c => c with { Facts = c.Facts.Clear() }).When(_agreed, Case.DutyLead).ShouldBeRefusedBy("legal-hold");
    }

    [Fact]
    public void While_the_case_is_open_it_stays() =>
        Knowing(Case.Triaged(), Note(), "none").When(_agreed, Case.DutyLead).ShouldBeRefused(RefusalKind.IllegalTransition);

    [Fact]
    public void What_holds_decisions_stays() => Over(Note(kind: nameof(EscalationTriaged))).When(_agreed, Case.DutyLead).ShouldBeRefusedBy("entry-erasable");

    [Fact]
    public void What_is_not_there_or_above_clearance_does_not_exist()
    {
        Over(null).When(_agreed, Case.DutyLead).ShouldBeRefusedBy("entry-exists");
        Over(Note(version: 2)).When(_agreed, Case.DutyLead).ShouldBeRefusedBy("entry-exists");
        Over(Note(tlp: Tlp.RED)).When(_agreed, Case.DutyLead with { Clearance = Tlp.AMBER }).ShouldBeRefusedBy("entry-exists");
    }

    [Fact]
    public void Nothing_is_erased_twice()
    {
        var once = Over(Note()).When(_agreed, Case.DutyLead).ShouldBeAccepted();
        Knowing(once, Note(), "none").When(_agreed, Case.DutyLead).ShouldBeRefusedBy("erased-once");
    }
}
