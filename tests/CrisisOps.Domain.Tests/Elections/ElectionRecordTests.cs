using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Elections;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Elections;

/// <summary>What people write down, link and owe each other; and how the file is closed.</summary>
public class ElectionRecordTests
{
    [Fact]
    public void A_notice_of_the_authority_is_recorded_by_whoever_learns_of_it()
    {
        var given = ElectionCase.Registered();
        given.When(new RecordAuthorityNotice("", "closed")).ShouldBeRefusedBy("notice-given");
        given.When(new RecordAuthorityNotice("NEC-2027-118", " ")).ShouldBeRefusedBy("notice-given");
        given.When(new RecordAuthorityNotice("NEC-2027-118", "not postponed"), ElectionCase.Specialist).ShouldBeAccepted();
        given.Told().Headline.ShouldBe("NTC-1, Norland Electoral Commission: not postponed");
    }

    [Fact]
    public void Specialists_tell_colleagues_and_leads_tell_executives()
    {
        var given = ElectionCase.Registered();
        given.When(new PostElectionUpdate(" ")).ShouldBeRefusedBy("condition-given");
        given.When(new PostElectionUpdate("quiet", Audiences: [new(Audience.Public)])).ShouldBeRefusedBy("update-audience");
        given.When(new PostElectionUpdate("quiet", Audiences: [new(Audience.Partner)])).ShouldBeRefusedBy("update-audience");
        given.When(new PostElectionUpdate("quiet", Audiences: [new(Audience.Executive)]), ElectionCase.Specialist).ShouldBeRefusedBy("executive-update").ShouldBeRefused(RefusalKind.Forbidden);
        given.When(new PostElectionUpdate("quiet", "none", "none"), ElectionCase.Specialist).ShouldBeAccepted();
        given.Told().Others.Keys.ShouldBe([Audience.CrossFunctional]);
        given.When(new PostElectionUpdate("quiet", Audiences: [new(Audience.Executive, "all is quiet")])).ShouldBeAccepted();
        given.Told().Others[Audience.Executive].Headline.ShouldBe("U-2: all is quiet");
    }

    [Fact]
    public void An_update_is_corrected_in_its_newest_revision_as_secret_as_it_was()
    {
        var given = ElectionCase.Registered().When(new PostElectionUpdate("closes at 19:00") { Tlp = Tlp.AmberStrict }, ElectionCase.Specialist).ShouldBeAccepted();
        given.When(new CorrectElectionUpdate("U-9", "wrong", "right")).ShouldBeRefusedBy("update-current");
        given.When(new CorrectElectionUpdate("U-1", "", "right")).ShouldBeRefusedBy("condition-given");
        given.When(new CorrectElectionUpdate("U-1", "misheard", "closes at 20:00"), ElectionCase.Specialist).ShouldBeAccepted();
        var told = given.Told();
        (told.Supersedes, told.ReplacementText, told.Tlp).ShouldBe((2, "U-1r1: closes at 20:00", Tlp.AmberStrict));
        given.When(new CorrectElectionUpdate("U-1", "misheard", "closes at 21:00")).ShouldBeRefusedBy("update-current");
        given.When(new CorrectElectionUpdate("U-1r1", "misheard", "closes at 21:00")).ShouldBeAccepted().State.Updates.Single().UpdateId.ShouldBe("U-1r2");

        var told2 = ElectionCase.Registered().When(new PostElectionUpdate("quiet", Audiences: [new(Audience.Executive)])).ShouldBeAccepted();
        told2.When(new CorrectElectionUpdate("U-1", "wrong", "right"), ElectionCase.Specialist).ShouldBeRefusedBy("executive-update");
    }

    [Fact]
    public void A_note_is_corrected_by_its_author_or_a_lead()
    {
        var given = ElectionCase.Registered().When(new PostElectionNote("call at nine", CoreOnly: true), ElectionCase.Specialist).ShouldBeAccepted();
        given.Told().Others.ShouldBeEmpty();
        given.When(new CorrectElectionNote(2, "call at ten", "misheard")).ShouldBeRefusedBy("note-exists");
        given.KnowingNewestEntry(withdrawn: true).When(new CorrectElectionNote(2, "call at ten", "misheard")).ShouldBeRefusedBy("note-current");
        given.KnowingNewestEntry().When(new CorrectElectionNote(2, "call at ten", "misheard"), ElectionCase.Person("spec-05", Role.Specialist)).ShouldBeRefusedBy("own-note");
        given.When(new CorrectElectionNote(2, "call at ten", "misheard"), ElectionCase.Specialist).ShouldBeAccepted();
        ElectionCase.Registered().KnowingNewestEntry().When(new CorrectElectionNote(1, "x", "y")).ShouldBeRefusedBy("entry-is-a-note");
    }

    [Fact]
    public void An_entry_is_redacted_but_never_the_registration()
    {
        var given = ElectionCase.Registered();
        given.When(new RedactElectionEntry(1, "names a person")).ShouldBeRefusedBy("entry-exists");
        given.KnowingNewestEntry().When(new RedactElectionEntry(1, "names a person")).ShouldBeRefusedBy("entry-redactable");
        given.When(new PostElectionNote("a name"), ElectionCase.Specialist).KnowingNewestEntry(withdrawn: true).When(new RedactElectionEntry(2, "names a person")).ShouldBeRefusedBy("entry-current");
        given.KnowingNewestEntry().When(new RedactElectionEntry(2, "names a person"), ElectionCase.Person("spec-05", Role.Specialist)).ShouldBeRefusedBy("own-entry");
        given.When(new RedactElectionEntry(2, "names a person"), ElectionCase.DutyLead).ShouldBeAccepted();
        given.Told().ShouldSatisfyAllConditions(e => e.Supersedes.ShouldBe(2), e => e.ReplacementText.ShouldBeNull(), e => e.Others.ShouldBeEmpty());
        given.KnowingNewestEntry().When(new RedactElectionEntry(3, "again")).ShouldBeRefusedBy("entry-redactable");
    }

    [Fact]
    public void A_crisis_is_linked_with_the_concern_it_raises()
    {
        var given = ElectionCase.Registered()
            .KnowingStream("CR-2027-0008", new Crisis { Stage = CrisisState.Merged, MergedInto = "CR-2027-0007" })
            .KnowingStream("CR-2027-0009", new Crisis { Stage = CrisisState.Active, Exercise = true })
            .KnowingStream("CR-2027-0010", new Crisis { Stage = CrisisState.Rejected });
        given.When(new LinkElectionCrisis("CR-2027-0099", "rumour")).ShouldBeRefusedBy("crisis-known");
        given.When(new LinkElectionCrisis("CR-2027-0008", "rumour")).ShouldBeRefusedBy("crisis-open").Last.ShouldBeOfType<Ruling.Refused>().Refusal.Detail.ShouldContain("CR-2027-0007");
        given.When(new LinkElectionCrisis("CR-2027-0010", "rumour")).ShouldBeRefusedBy("crisis-open");
        given.When(new LinkElectionCrisis("CR-2027-0009", "rumour")).ShouldBeRefusedBy("exercise-apart");
        given.When(new LinkElectionCrisis("CR-2027-0007", "")).ShouldBeRefusedBy("concern-given");
        given.When(new LinkElectionCrisis("CR-2027-0007", "postponement rumour"), ElectionCase.Specialist).ShouldBeAccepted();
        given.When(new LinkElectionCrisis("CR-2027-0007", "again")).ShouldBeRefusedBy("linked-once");
        given.When(new UnlinkElectionCrisis("CR-2027-0009", "another story")).ShouldBeRefusedBy("crisis-linked");
        given.When(new UnlinkElectionCrisis("CR-2027-0007", "another story"), ElectionCase.Specialist).ShouldBeAccepted().State.Crises.ShouldBeEmpty();
        new LinkElectionCrisis("CR-2027-0007", "rumour").Streams().ShouldBe(["CR-2027-0007"]);
    }

    [Fact]
    public void It_becomes_more_secret_and_never_less()
    {
        var given = ElectionCase.Registered();
        given.When(new RaiseElectionTlp(Tlp.GREEN, "open")).ShouldBeRefusedBy("tlp-upwards");
        given.When(new RaiseElectionTlp(Tlp.RED, "source"), ElectionCase.Specialist with { Clearance = Tlp.AMBER }).ShouldBeRefusedBy("caller-cleared").ShouldBeRefused(RefusalKind.TlpDenied);
        given.When(new RaiseElectionTlp(Tlp.RED, "source"), ElectionCase.Specialist).ShouldBeAccepted().State.Tlp.ShouldBe(Tlp.RED);
    }

    [Fact]
    public void Tasks_wait_for_each_other_are_due_and_end()
    {
        var given = ElectionCase.Registered();
        given.When(new AddElectionTask("late", DueAt: ElectionCase.Start)).ShouldBeRefusedBy("due-ahead");
        given.When(new AddElectionTask("after nothing", BlockedBy: ["TSK-9"])).ShouldBeRefusedBy("blocking-task-known");
        given.When(new AddElectionTask("list of stations", DueAt: ElectionCase.Start.AddHours(1)), ElectionCase.Specialist).ShouldBeAccepted();
        given.When(new AddElectionTask("check them", BlockedBy: ["TSK-1"])).ShouldBeAccepted();
        given.When(new CompleteElectionTask("TSK-2")).ShouldBeRefusedBy("blocking-tasks-done");
        given.When(new AssignElectionTask("TSK-9", "spec-04")).ShouldBeRefusedBy("task-open");
        given.When(new AssignElectionTask("TSK-1", "spec-04", ElectionCase.Start)).ShouldBeRefusedBy("due-ahead");
        given.When(new AssignElectionTask("TSK-1", "spec-04", ElectionCase.Start.AddHours(2))).ShouldBeAccepted();
        given.After(TimeSpan.FromHours(1)).When(new MarkElectionTaskOverdue("TSK-1", 1), Caller.System).ShouldBeRefusedBy("deadline-current");
        given.Fire(given.Of(ElectionDeadlines.ElectionTaskDue).Single()).ShouldBeAccepted().Of(ElectionDeadlines.ElectionTaskDue).Single().Missed.ShouldBeTrue();
        given.When(new CompleteElectionTask("TSK-1"), ElectionCase.Specialist).ShouldBeAccepted().When(new CompleteElectionTask("TSK-1")).ShouldBeRefusedBy("task-open");
        given.When(new CancelElectionTask("TSK-2", "not needed")).ShouldBeAccepted().When(new CancelElectionTask("TSK-2", "again")).ShouldBeRefusedBy("task-open");
        given.State.Deadlines.ShouldBeEmpty();
    }

    [Fact]
    public void A_file_is_closed_when_reviewed_with_nothing_on_and_nothing_left_to_do()
    {
        var given = ElectionCase.In(ElectionPhase.PostElection);
        given.When(new ActivateMeasure(ElectionMeasureKind.ResultsPanel, given.Now.AddDays(2))).When(new AddElectionTask("thank the commission"));
        given.When(new CloseElection()).ShouldBeRefusedBy("tasks-done");
        given.When(new CancelElectionTask("TSK-1", "done")).When(new CloseElection()).ShouldBeRefusedBy("measures-lifted");
        given.When(new LiftMeasure("MEA-1", "over")).When(new CloseElection()).ShouldBeRefusedBy("review-filed");
        given.When(new FileElectionReview("")).ShouldBeRefusedBy("review-reference");
        given.When(new FileElectionReview("PIR-2027-0012")).ShouldBeAccepted().When(new FileElectionReview("PIR-2027-0012")).ShouldBeRefusedBy("review-once");
        given.When(new CloseElection(), ElectionCase.DutyLead).ShouldBeRefused(RefusalKind.Forbidden);
        given.When(new CloseElection()).ShouldBeAccepted();
        (given.State.Stage, given.State.EndedAt).ShouldBe((ElectionPhase.Closed, given.Now));
        given.When(new PostElectionNote("late")).ShouldBeRefused(RefusalKind.IllegalTransition);
        ElectionCase.In(ElectionPhase.Certification).When(new CloseElection()).ShouldBeRefused(RefusalKind.IllegalTransition);
        ElectionCase.In(ElectionPhase.Certification).When(new FileElectionReview("PIR-2027-0012")).ShouldBeRefused(RefusalKind.IllegalTransition);
    }

    [Fact]
    public void Who_only_reads_writes_nothing() =>
        ElectionCase.Registered().When(new PostElectionNote("I think"), ElectionCase.Analyst).ShouldBeRefused(RefusalKind.Forbidden);
}
