using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Reviews.Facts;
using CrisisOps.Domain.Shared;
using CrisisOps.Domain.Tests.Crises;
using Shouldly;
using Case = CrisisOps.Domain.Tests.Escalations.Case;

namespace CrisisOps.Domain.Tests.Reviews;

/// <summary>What went less well than in the story: reports that came late, clocks that ran out, what was taken back or done alone.</summary>
public class LateFactsTests
{
    [Fact]
    public void A_report_that_came_after_two_slots_is_late_for_each_from_its_own_due_time()
    {
        var crisis = CrisisCase.Commanded();
        var due = crisis.State.NextSitRepDue!.Value;
        crisis.At(due.AddMinutes(30)).When(new MarkSitRepOverdue(crisis.State.SitRepSlots), Caller.System).ShouldBeAccepted();
        crisis.At(due.AddMinutes(41)).When(CrisisCase.Report, CrisisCase.Commander).ShouldBeAccepted();

        var facts = Facts(crisis);

        facts.Late.Select(l => (l.Kind, l.DueAt, l.LateBy)).ShouldBe(
        [
            (LateKind.SituationReport, due, TimeSpan.FromMinutes(41)), (LateKind.SituationReport, due.AddMinutes(30), TimeSpan.FromMinutes(11)),
        ]);
        facts.SituationReports!.ShouldSatisfyAllConditions(r => (r.Published, r.InTime, r.MissedSlots).ShouldBe((1, 1, 2)));
    }

    [Fact]
    public void A_promised_update_is_late_until_somebody_is_told_something()
    {
        var crisis = CrisisCase.Commanded();
        var promised = crisis.Now.AddMinutes(10);
        crisis.When(new PostCrisisUpdate("Looking.", NextUpdateAt: promised), CrisisCase.Commander).ShouldBeAccepted();
        crisis.At(promised).When(new MarkUpdateOverdue(crisis.State.PromisedUpdate!.Generation), Caller.System).ShouldBeAccepted();

        Facts(crisis.After(TimeSpan.FromMinutes(2))).Late.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            l => (l.Kind, l.Done, l.LateBy).ShouldBe((LateKind.Update, null, TimeSpan.FromMinutes(2))));
        crisis.After(TimeSpan.FromMinutes(3)).When(new PostCrisisUpdate("Found it."), CrisisCase.Commander).ShouldBeAccepted();
        Facts(crisis.After(TimeSpan.FromHours(1))).Late.ShouldHaveSingleItem().LateBy.ShouldBe(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public void A_clock_that_ran_out_and_was_met_later_is_a_breach_with_how_late()
    {
        var given = Case.Raised(r => r with { Requester = new Requester(ContactRef: "vault:desk") })
            .When(new Triage(Severity.SEV3, PolicyArea.HatefulConduct, ["XN"], DuplicateSearchDone: true)).ShouldBeAccepted();
        var due = given.Clock(ClockKind.FirstResponse).DueAt;
        given.At(due).RunsOut(ClockKind.FirstResponse).ShouldBeAccepted();

        Of(given).Breaches.ShouldHaveSingleItem().LateBy.ShouldBeNull();
        given.At(due.AddMinutes(38)).When(new RespondToRequester("press", DisclosureLevel.Outcome, "One line."), Case.Specialist).ShouldBeAccepted();

        var facts = Of(given);
        facts.Breaches.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            b => (b.ClockId, b.DueAt, b.MetAt, b.LateBy).ShouldBe(("FIRST_RESPONSE", due, due.AddMinutes(38), TimeSpan.FromMinutes(38))));
        facts.Clocks.Single(c => c.Kind == ClockKind.FirstResponse).ShouldSatisfyAllConditions(c => (c.Result, c.Margin).ShouldBe((ClockResult.MetLate, TimeSpan.FromMinutes(-38))));
    }

    [Fact]
    public void What_became_worse_and_what_one_person_did_at_once_stands_with_when()
    {
        var given = Case.Assigned(Severity.SEV2);
        given.After(TimeSpan.FromMinutes(1)).When(new TakeInterimAction(EnforcementAction.RemoveContent, "the video", "attack in progress")).ShouldBeAccepted();
        given.After(TimeSpan.FromMinutes(4)).When(new ChangeSeverity(Severity.SEV1)).ShouldBeAccepted();
        given.After(TimeSpan.FromMinutes(5)).When(new ConfirmInterimAction("ACT-1"), Case.DutyLead).ShouldBeAccepted();

        var facts = Of(given);

        facts.Changes.Select(c => (c.Of, c.From, c.To, c.At.At)).ShouldBe(
            [(Band.Severity, "SEV1", "SEV2", given.History[1].Stamp.RecordedAt), (Band.Severity, "SEV2", "SEV1", given.Now.AddMinutes(-5))]);
        facts.InterimActions.ShouldHaveSingleItem().ShouldSatisfyAllConditions(i => (i.State, i.Lasted).ShouldBe((InterimActionState.Confirmed, TimeSpan.FromMinutes(9))));
    }

    [Fact]
    public void A_lever_that_was_extended_and_lifted_and_an_entry_that_was_taken_back()
    {
        var crisis = CrisisCase.Commanded();
        crisis.When(new ActivateLever(LeverKind.HashBankMatch, "XN", TimeSpan.FromHours(1), "ic-01"), CrisisCase.Commander).ShouldBeAccepted();
        crisis.After(TimeSpan.FromMinutes(30)).When(new ExtendLever("LEV-1", TimeSpan.FromHours(2), "goes on"), CrisisCase.Lead).ShouldBeAccepted();
        crisis.When(new PostCrisisNote("The name of a victim."), CrisisCase.Commander).ShouldBeAccepted();
        var told = crisis.State.Version;
        crisis.After(TimeSpan.FromMinutes(7)).Knowing(c => c with { Entry = new EntryFacts(told, "CrisisNotePosted", "ic-01", Tlp.AMBER, false) })
            .When(new RedactCrisisEntry(told, "a name"), CrisisCase.Lead).ShouldBeAccepted();
        crisis.After(TimeSpan.FromMinutes(3)).When(new DeactivateLever("LEV-1", "not needed"), CrisisCase.Commander).ShouldBeAccepted();

        var facts = Facts(crisis);

        facts.Levers.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            l => (l.End, l.Lasted, l.Extensions, l.Alone, l.Sources.Count).ShouldBe((LeverEnd.Lifted, TimeSpan.FromMinutes(40), 1, false, 3)));
        facts.Corrections.ShouldHaveSingleItem().ShouldSatisfyAllConditions(c => (c.TakenBack, c.Stood, c.Wrong.Version).ShouldBe((true, TimeSpan.FromMinutes(7), told)));
    }

    [Fact]
    public void A_stream_that_does_not_belong_to_the_crisis_is_left_out_unless_the_review_names_it()
    {
        var crisis = new IncidentAccount(CrisisCase.Key, [], CrisisCase.Start.AddDays(1));
        FactsTests.Read(crisis, CrisisCase.Key, new CrisisCase().When(CrisisCase.Proposal with { Refs = null }, CrisisCase.Specialist).ShouldBeAccepted());
        FactsTests.Read(crisis, Case.Key, Case.Raised());
        crisis.Facts(Beside.Nothing(CrisisCase.Start.AddDays(1))).Streams.Select(s => s.Stream).ShouldBe([CrisisCase.Key]);

        Of(Case.Raised()).Streams.Select(s => s.Stream).ShouldContain(Case.Key);
    }

    private static IncidentFacts Facts(CrisisCase crisis)
    {
        var account = new IncidentAccount(CrisisCase.Key, [], crisis.Now);
        FactsTests.Read(account, CrisisCase.Key, crisis);
        return account.Facts(Beside.Nothing(crisis.Now));
    }

    /// <summary>Of a case that the review names.</summary>
    private static IncidentFacts Of(Case given)
    {
        var account = new IncidentAccount(CrisisCase.Key, [Case.Key], given.Now);
        FactsTests.Read(account, Case.Key, given);
        return account.Facts(Beside.Nothing(given.Now));
    }
}
