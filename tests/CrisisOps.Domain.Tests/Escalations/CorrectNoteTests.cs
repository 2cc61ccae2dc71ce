using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class CorrectNoteTests
{
    private static readonly CorrectNote _correct = new(3, "not confirmed", "one source only");

    private static Case Noted(EntryFacts? entry) => Case.Triaged().When(new PostNote("11 injured")).Knowing(c => c with { Entry = entry });

    private static EntryFacts Note(string author = "spec-04", Tlp tlp = Tlp.AMBER, bool withdrawn = false, string kind = nameof(EscalationNotePosted)) =>
        new(3, kind, author, tlp, withdrawn);

    [Fact]
    public void Its_author_or_a_duty_lead_corrects_a_note()
    {
        var corrected = Noted(Note()).When(_correct).ShouldBeAccepted();

        corrected.Recorded<NoteCorrected>().Entry.ShouldBe(3);
        corrected.Told()!.Supersedes.ShouldBe(3);
        Noted(Note()).When(_correct, Case.DutyLead).ShouldBeAccepted();
        Noted(Note()).When(_correct, Case.OtherSpecialist).ShouldBeRefusedBy("own-note");
    }

    [Fact]
    public void Only_the_newest_text_of_a_note_is_corrected()
    {
        Noted(Note(withdrawn: true)).When(_correct).ShouldBeRefusedBy("note-current");
        Noted(Note(kind: nameof(EvidenceAttached))).When(_correct).ShouldBeRefusedBy("entry-is-a-note");
        Noted(Note(kind: nameof(NoteCorrected))).When(_correct).ShouldBeAccepted();
    }

    [Fact]
    public void A_note_that_the_caller_may_not_read_does_not_exist()
    {
        Noted(null).When(_correct).ShouldBeRefusedBy("note-exists");
        Noted(Note(tlp: Tlp.AmberStrict)).When(_correct, Case.DutyLead with { Clearance = Tlp.AMBER }).ShouldBeRefusedBy("note-exists");
        // RED is read by name, not by clearance.
        Noted(Note(tlp: Tlp.RED)).When(_correct, Case.DutyLead).ShouldBeRefusedBy("note-exists");
    }

    [Fact]
    public void A_duty_lead_corrects_a_RED_note_once_named_or_by_break_glass()
    {
        Noted(Note(tlp: Tlp.RED)).Knowing(Case.Facts("lead-01")).When(new NameReader("lead-01", "x")).ShouldBeAccepted().When(_correct, Case.DutyLead).ShouldBeAccepted();
        Noted(Note(tlp: Tlp.RED)).When(new BreakGlassRead("owner asleep"), Case.DutyLead).ShouldBeAccepted().When(_correct, Case.DutyLead).ShouldBeAccepted();
    }

    [Fact]
    public void Whoever_wrote_a_note_may_correct_it_however_secret_it_is() =>
        Noted(Note(tlp: Tlp.RED, author: "spec-09")).When(_correct, Case.OtherSpecialist).ShouldBeAccepted();

    [Fact]
    public void The_sample_corrects_the_entry_that_was_found()
    {
        var noted = Noted(Note());

        CorrectNote.Samples(noted.State, Contexts.Of(noted)).ShouldBeEmpty();
        CorrectNote.Samples(noted.State, Contexts.Of(noted) with { Entry = Note() }).Single().Entry.ShouldBe(3);
        CorrectNote.ChoosesFrom(noted.State, Case.Specialist).ShouldBeOfType<Candidates.NewestEntry>().OfOthers.ShouldBeNull();
        CorrectNote.ChoosesFrom(noted.State, Case.DutyLead).ShouldBeOfType<Candidates.NewestEntry>().OfOthers.ShouldBe(Tlp.AmberStrict);
    }
}
