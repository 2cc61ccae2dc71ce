using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class RedactEntryTests
{
    private static readonly RedactEntry _redact = new(3, "names a victim");

    private static Case Noted(EntryFacts? entry) => Case.Triaged().When(new PostNote("A note")).Knowing(c => c with { Entry = entry });

    private static EntryFacts Note(long version = 3, string author = "spec-04", Tlp tlp = Tlp.AMBER, bool withdrawn = false, string kind = nameof(EscalationNotePosted)) =>
        new(version, kind, author, tlp, withdrawn);

    [Fact]
    public void Its_author_or_a_duty_lead_redacts_an_entry_at_any_time()
    {
        var redacted = Noted(Note()).When(_redact).ShouldBeAccepted();
        redacted.Recorded<EntryRedacted>().Entry.ShouldBe(3);
        var told = redacted.Told()!;
        told.Supersedes.ShouldBe(3);
        told.ReplacementText.ShouldBeNull();
        told.Others.ShouldBeEmpty();

        Noted(Note()).When(_redact, Case.DutyLead).ShouldBeAccepted();
        Case.Triaged().When(new AnswerInquiry(Outcome.Redirected, "See the help pages.")).Knowing(c => c with { Entry = Note() }).When(_redact).ShouldBeAccepted();
    }

    [Fact]
    public void Nobody_else_redacts_it() => Noted(Note()).When(_redact, Case.OtherSpecialist).ShouldBeRefusedBy("own-entry");

    [Fact]
    public void What_is_not_there_or_above_clearance_does_not_exist()
    {
        Noted(null).When(_redact).ShouldBeRefusedBy("entry-exists");
        Noted(Note(version: 2)).When(_redact).ShouldBeRefusedBy("entry-exists");
        Noted(Note(tlp: Tlp.RED)).When(_redact, Case.DutyLead with { Clearance = Tlp.AMBER }).ShouldBeRefusedBy("entry-exists");
    }

    [Fact]
    public void The_raise_and_marks_of_redactions_stay()
    {
        Noted(Note(version: 1)).When(_redact with { Entry = 1 }).ShouldBeRefusedBy("entry-redactable");
        Noted(Note(kind: nameof(EntryRedacted))).When(_redact).ShouldBeRefusedBy("entry-redactable");
    }

    [Fact]
    public void What_was_corrected_or_redacted_is_not_redacted_again() => Noted(Note(withdrawn: true)).When(_redact).ShouldBeRefusedBy("entry-current");

    [Fact]
    public void There_is_nothing_to_redact_before_the_raise() =>
        new Case().Knowing(c => c with { Entry = Note() }).When(_redact).ShouldBeRefused(RefusalKind.IllegalTransition);
}
