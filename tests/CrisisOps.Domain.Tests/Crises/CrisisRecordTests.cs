using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Crises;

/// <summary>What is written down beside the response: decisions, referrals, links, notes, masked terms, secrecy, tasks.</summary>
public class CrisisRecordTests
{
    private static readonly DateTimeOffset _due = CrisisCase.Start.AddHours(1);

    [Fact]
    public void A_decision_weighs_options_and_keeps_the_objections()
    {
        var decide = new RecordCommandDecision("Restrict live video?", ["country", "nothing"], "country", "They move.", ["press freedom"]);
        var given = CrisisCase.Commanded();
        given.When(decide with { Options = ["country", "country"] }, CrisisCase.Commander).ShouldBeRefusedBy("options-weighed");
        given.When(decide with { Chosen = "capital" }, CrisisCase.Commander).ShouldBeRefusedBy("chosen-option");
        given.When(decide with { Rationale = "" }, CrisisCase.Commander).ShouldBeRefusedBy("decision-reasoned");
        given.When(decide, CrisisCase.Commander).ShouldBeAccepted().State.Decisions[0].DecisionId.ShouldBe("D-1");
        given.Told().Others[Audience.CrossFunctional].Body!.ShouldContain("press freedom");
    }

    [Fact]
    public void Law_enforcement_is_told_of_in_core_only_and_red()
    {
        var refer = new ReferCrisisToLawEnforcement("ThreatToLife", "Norland National Police", "LEA-77", ["ESC-2027-000101"]);
        CrisisCase.Commanded().When(refer with { Escalations = ["ESC-2027-000105"] }, CrisisCase.Commander).ShouldBeRefusedBy("escalation-linked");
        var referred = CrisisCase.Commanded().When(refer, CrisisCase.Commander).ShouldBeAccepted();
        (referred.Told().Tlp, referred.Told().Others.Count).ShouldBe((Tlp.RED, 0));
        referred.State.Referrals[0].Escalations.ShouldBe(["ESC-2027-000101"]);
        CrisisCase.Commanded().When(refer, CrisisCase.Lead).ShouldBeAccepted();
    }

    [Fact]
    public void An_escalation_is_attached_once_by_hand_or_by_rule_and_detached_again()
    {
        var given = CrisisCase.Commanded();
        given.When(new AttachEscalation("ESC-2027-000101"), CrisisCase.Specialist).ShouldBeRefusedBy("attached-once");
        given.When(new AttachEscalation("ESC-2027-000999"), CrisisCase.Specialist).ShouldBeRefusedBy("escalation-known");
        given.When(new AttachEscalation("ESC-2027-000105"), Caller.System).ShouldBeAccepted().Recorded<EscalationAttached>().ByRule.ShouldBeTrue();
        given.When(new DetachEscalation("ESC-2027-000105", "another story"), CrisisCase.Specialist).ShouldBeAccepted().State.Has("ESC-2027-000105").ShouldBeFalse();
        given.When(new DetachEscalation("ESC-2027-000105", "another story"), CrisisCase.Specialist).ShouldBeRefusedBy("escalation-linked");
    }

    [Fact]
    public void A_note_is_corrected_by_its_author_the_scribe_or_a_lead()
    {
        var noted = CrisisCase.Commanded().When(new PostCrisisNote("two partners asked"), CrisisCase.Specialist).ShouldBeAccepted().KnowingNewestEntry();
        var correction = new CorrectCrisisNote(noted.State.Version, "one partner asked", "miscounted");
        noted.When(correction, CrisisCase.Counsel).ShouldBeRefusedBy("own-note");
        noted.When(correction, CrisisCase.Specialist).ShouldBeAccepted();
        (noted.Told().Supersedes, noted.Told().ReplacementText).ShouldBe((correction.Entry, "one partner asked"));
    }

    [Fact]
    public void Only_a_note_that_stands_is_corrected()
    {
        CrisisCase.Commanded().When(new CorrectCrisisNote(99, "x", "y")).ShouldBeRefusedBy("note-exists");
        CrisisCase.Commanded().KnowingNewestEntry().When(new CorrectCrisisNote(4, "x", "y")).ShouldBeRefusedBy("entry-is-a-note");
        CrisisCase.Commanded().When(new PostCrisisNote("x")).KnowingNewestEntry(withdrawn: true).When(new CorrectCrisisNote(5, "x", "y")).ShouldBeRefusedBy("note-current");
        CrisisCase.Commanded().When(new PostCrisisNote("x", CoreOnly: true)).Told().Others.ShouldBeEmpty();
    }

    [Fact]
    public void An_entry_is_redacted_but_not_the_proposal_nor_a_redaction()
    {
        var noted = CrisisCase.Commanded().When(new PostCrisisNote("names a victim"), CrisisCase.Specialist).KnowingNewestEntry();
        var redact = new RedactCrisisEntry(noted.State.Version, "names a victim");
        noted.When(redact with { Entry = 99 }).ShouldBeRefusedBy("entry-exists");
        noted.When(redact, CrisisCase.Counsel).ShouldBeRefusedBy("own-entry");
        noted.When(redact, CrisisCase.Specialist).ShouldBeAccepted().Told().ShouldSatisfyAllConditions(e => e.Supersedes.ShouldBe(redact.Entry), e => e.ReplacementText.ShouldBeNull());
        noted.KnowingNewestEntry().When(redact with { Entry = noted.State.Version }).ShouldBeRefusedBy("entry-redactable");
        CrisisCase.Proposed().KnowingNewestEntry().When(redact with { Entry = 1 }).ShouldBeRefusedBy("entry-redactable");
        CrisisCase.Commanded().When(new PostCrisisNote("x")).KnowingNewestEntry(withdrawn: true).When(redact).ShouldBeRefusedBy("entry-current");
    }

    [Fact]
    public void A_masked_term_stands_in_core_only()
    {
        var masked = CrisisCase.Commanded().When(new MaskTerm(" Breivald "), CrisisCase.Specialist).ShouldBeAccepted();
        masked.Told().Others.ShouldBeEmpty();
        var told = masked.When(new PostCrisisUpdate("BREIVALD streams", "Breivald's page is down", Audiences: [new(Audience.CrossFunctional), new(Audience.Executive, "About Breivald")]), CrisisCase.Commander)
            .ShouldBeAccepted().Told();
        told.Headline.ShouldBe("U-1: BREIVALD streams");
        told.Others[Audience.CrossFunctional].ShouldBe(new AudienceText("U-1: [masked] streams", $"Actions: [masked]'s page is down; next update {masked.State.NextSitRepDue:yyyy-MM-dd HH:mm}Z"));
        told.Others[Audience.Executive].Headline.ShouldBe("U-1: About [masked]");
        masked.When(new CorrectCrisisUpdate("U-1", "x", "Breivald does not stream"), CrisisCase.Commander).Told().ReplacementText.ShouldBe("U-1r1: [masked] does not stream");
    }

    [Fact]
    public void Terms_are_masked_once_and_unmasked_by_command()
    {
        var masked = CrisisCase.Commanded(CommandRole.PublicInformationOfficer).When(new MaskTerm("Breivald"), CrisisCase.Specialist);
        masked.When(new MaskTerm("breivald"), CrisisCase.Specialist).ShouldBeRefusedBy("term-masked");
        masked.When(new MaskTerm("of"), CrisisCase.Specialist).ShouldBeRefusedBy("term-length");
        masked.When(new UnmaskTerm("nobody", "x"), CrisisCase.Commander).ShouldBeRefusedBy("term-masked");
        masked.When(new DraftPublicUpdate("Breivald was arrested."), CrisisCase.Press).ShouldBeRefusedBy("masked-term");
        masked.When(new PostCrisisUpdate("Breivald was arrested.", Audiences: [new(Audience.Public)], DraftedBy: "pio-01"), CrisisCase.Commander).ShouldBeRefusedBy("masked-term");
        masked.When(new UnmaskTerm("BREIVALD", "a common word"), CrisisCase.Commander).ShouldBeAccepted().State.MaskedTerms.ShouldBeEmpty();
    }

    [Fact]
    public void Secrecy_is_raised_by_whoever_may_read_as_high()
    {
        var given = CrisisCase.Commanded();
        given.When(new RaiseCrisisTlp(Tlp.AMBER, "x"), CrisisCase.Specialist).ShouldBeRefusedBy("tlp-upwards");
        given.When(new RaiseCrisisTlp(Tlp.RED, "x"), CrisisCase.Specialist with { Clearance = Tlp.AMBER }).ShouldBeRefusedBy("caller-cleared").ShouldBeRefused(RefusalKind.TlpDenied);
        given.When(new RaiseCrisisTlp(Tlp.AmberStrict, "names a source"), CrisisCase.Specialist).ShouldBeAccepted().State.Tlp.ShouldBe(Tlp.AmberStrict);
    }

    [Fact]
    public void Tasks_wait_for_each_other_and_are_due()
    {
        var given = CrisisCase.Commanded();
        given.When(new AddCrisisTask("ask", DueAt: CrisisCase.Start), CrisisCase.Specialist).ShouldBeRefusedBy("due-ahead");
        given.When(new AddCrisisTask("ask", BlockedBy: ["TSK-9"]), CrisisCase.Specialist).ShouldBeRefusedBy("blocking-task-known");
        given.When(new AddCrisisTask("ask", "spec-04", _due), CrisisCase.Specialist).When(new AddCrisisTask("compare", BlockedBy: ["TSK-1"]), CrisisCase.Specialist).ShouldBeAccepted();
        given.Of(CrisisDeadlines.CrisisTaskDue).ShouldHaveSingleItem().ShouldBe(new Deadline("CrisisTaskDue", "TSK-1", 1, _due, "spec-04"));
        given.When(new CompleteCrisisTask("TSK-2"), CrisisCase.Specialist).ShouldBeRefusedBy("blocking-tasks-done");
        given.When(new AssignCrisisTask("TSK-1", "ic-05", CrisisCase.Start), CrisisCase.Specialist).ShouldBeRefusedBy("due-ahead");
        given.When(new AssignCrisisTask("TSK-7", "ic-05"), CrisisCase.Specialist).ShouldBeRefusedBy("task-open");

        given.When(new MarkCrisisTaskOverdue("TSK-1", 1), Caller.System).ShouldBeRefusedBy("deadline-current");
        given.At(_due).When(new MarkCrisisTaskOverdue("TSK-1", 1), Caller.System).ShouldBeAccepted().Of(CrisisDeadlines.CrisisTaskDue).ShouldHaveSingleItem().Missed.ShouldBeTrue();
        given.When(new AssignCrisisTask("TSK-1", "ic-05", _due.AddHours(1)), CrisisCase.Specialist).ShouldBeAccepted().State.Tasks[0].ShouldSatisfyAllConditions(
            t => t.Generation.ShouldBe(2), t => t.Overdue.ShouldBeFalse());
        given.When(new CompleteCrisisTask("TSK-1"), CrisisCase.Specialist).When(new CompleteCrisisTask("TSK-2"), CrisisCase.Specialist).ShouldBeAccepted();
        given.State.OpenTasks.ShouldBeEmpty();
        given.When(new CancelCrisisTask("TSK-1", "x"), CrisisCase.Specialist).ShouldBeRefusedBy("task-open");
    }

    [Fact]
    public void Whoever_has_a_task_completes_it() =>
        CrisisCase.Commanded().When(new AddCrisisTask("advise", "legal-counsel-01"), CrisisCase.Specialist).When(new CompleteCrisisTask("TSK-1"), CrisisCase.Counsel).ShouldBeAccepted()
            .State.Tasks[0].State.ShouldBe(CaseTaskState.Completed);
}
