using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

/// <summary>Clocks as deadlines: which stand on the list, from when they warn, and what becomes of them.</summary>
public class ClockDeadlineTests
{
    [Fact]
    public void Every_running_clock_is_a_deadline_of_the_owner()
    {
        var assigned = Case.Assigned(Severity.SEV2);

        assigned.ClockDeadlines.Select(d => (d.Kind, d.Ref, d.DueAt)).ShouldBe(
        [
            ("SlaClock", "FIRST_RESPONSE", Case.Start.AddHours(2)), ("SlaClock", "UPDATE", Case.Start.AddHours(2)), ("SlaClock", "RESOLVE", Case.Start.AddHours(24)),
        ]);
        assigned.ClockDeadlines.ShouldAllBe(d => d.Owner == "spec-04" && !d.Missed);
    }

    [Fact]
    public void A_service_level_warns_when_a_fifth_of_its_time_is_left() =>
        Case.Triaged(Severity.SEV2).ClockDeadlines.Single(d => d.Ref == "RESOLVE").Warns.ShouldBe(new Warnings(Case.Start.AddHours(24 * 0.8)));

    [Fact]
    public void A_legal_duty_warns_when_half_a_quarter_and_a_tenth_of_its_time_is_left() =>
        Case.Raised(Investigations.Order).ClockDeadlines.Single(d => d.Kind == "LegalClock").Warns
            .ShouldBe(new Warnings(Case.Start.AddMinutes(30), Case.Start.AddMinutes(45), Case.Start.AddMinutes(54)));

    [Fact]
    public void Time_that_a_clock_stood_still_is_not_counted_for_the_warning()
    {
        var answered = MarkSlaBreachedTests.Known().When(new RequestInput("When was this filmed?", Case.Start.AddHours(9), FromRequester: true)).ShouldBeAccepted();
        answered.ClockDeadlines.ShouldBeEmpty();

        answered.After(TimeSpan.FromHours(3)).When(new ProvideInput("CON-1", "at noon")).ShouldBeAccepted();

        var due = Case.Start.AddHours(5);
        answered.ClockDeadlines.Single(d => d.Ref == "FIRST_RESPONSE").ShouldSatisfyAllConditions(d => d.DueAt.ShouldBe(due), d => d.Warns.ShouldBe(new Warnings(due - (TimeSpan.FromHours(2) * 0.2))));
    }

    [Fact]
    public void A_miss_stands_until_it_is_met()
    {
        var breached = MarkSlaBreachedTests.Known().After(TimeSpan.FromHours(2)).RunsOut(ClockKind.FirstResponse).ShouldBeAccepted();
        var row = breached.ClockDeadlines.Single(d => d.Ref == "FIRST_RESPONSE");
        row.Missed.ShouldBeTrue();

        breached.When(new RespondToRequester("receipt", DisclosureLevel.ReceiptOnly)).ShouldBeAccepted().ClockDeadlines.ShouldNotContain(d => d.Ref == "FIRST_RESPONSE");
    }

    [Fact]
    public void A_note_leaves_every_deadline_equal_to_itself()
    {
        var before = Case.Triaged().State.Deadlines.ToArray();

        Case.Triaged().When(new PostNote("seen")).State.Deadlines.ShouldBe(before);
    }

    [Theory]
    [InlineData(Severity.SEV2)]
    [InlineData(Severity.SEV3)]
    public void A_clock_that_starts_while_the_requester_is_asked_starts_standing_still(Severity severity)
    {
        var asked = Case.Raised(r => r with { Requester = new Requester("PRT-001") })
            .When(new RequestInput("When was this filmed?", Case.Start.AddHours(9), FromRequester: true)).ShouldBeAccepted()
            .After(TimeSpan.FromMinutes(5)).When(new Triage(severity, PolicyArea.Spam, ["XN"], DuplicateSearchDone: true)).ShouldBeAccepted();
        asked.State.Clocks.Where(c => c.Running && c.Pausable).ShouldAllBe(c => c.Result == ClockResult.Paused && c.PausedAt == asked.Now);
        var due = asked.Clock(ClockKind.FirstResponse).DueAt;

        asked.After(TimeSpan.FromHours(1)).When(new ProvideInput("CON-1", "at noon")).ShouldBeAccepted();

        asked.Clock(ClockKind.FirstResponse).DueAt.ShouldBe(due.AddHours(1));
        asked.Recorded<SlaClockResumed>().ClockIds.ShouldBe(["FIRST_RESPONSE", "UPDATE", "RESOLVE"]);
    }

    [Fact]
    public void So_does_the_first_response_that_a_voided_order_had_replaced()
    {
        var voided = Case.Raised(Investigations.Order).When(new RequestInput("Which file?", Case.Start.AddHours(9), FromRequester: true)).ShouldBeAccepted()
            .When(new VoidLegalOrder("not genuine", NotGenuine: true), Case.LegalCounsel).ShouldBeAccepted();

        voided.Clock(ClockKind.FirstResponse).Result.ShouldBe(ClockResult.Paused);
    }

    [Fact]
    public void The_answer_a_merged_case_owes_breaches_there_and_is_met_there()
    {
        var merged = MarkSlaBreachedTests.Known()
            .Knowing(c => c with { Streams = c.Streams.SetItem("ESC-2027-000102", Case.Triaged().State with { Key = "ESC-2027-000102" }) })
            .When(new Merge("ESC-2027-000102")).ShouldBeAccepted();
        merged.ClockDeadlines.ShouldHaveSingleItem().Ref.ShouldBe("FIRST_RESPONSE");

        merged.After(TimeSpan.FromHours(2)).RunsOut(ClockKind.FirstResponse).ShouldBeAccepted();
        merged.State.Stage.ShouldBe(EscalationState.Merged);
        merged.RunsOut(ClockKind.Update).ShouldBeRefusedBy("deadline-current");
        merged.RunsOut(ClockKind.Resolve).ShouldBeRefusedBy("deadline-current");

        merged.After(TimeSpan.FromMinutes(10)).When(new RespondToRequester("merged", DisclosureLevel.Outcome, "We act on it together with others.")).ShouldBeAccepted();
        merged.Clock(ClockKind.FirstResponse).Result.ShouldBe(ClockResult.MetLate);
        merged.State.Deadlines.ShouldBeEmpty();
    }

    [Fact]
    public void A_receipt_that_a_notice_owes_by_law_forbids_the_merge_until_it_is_sent()
    {
        var notice = Case.Raised(r => r with { Source = Source.Art16Notice, LegalBasis = "DSA-Art16", Requester = new Requester(ContactRef: "CNT-9") })
            .Knowing(c => c with { Streams = c.Streams.SetItem("ESC-2027-000102", Case.Triaged().State with { Key = "ESC-2027-000102" }) });
        notice.When(new Merge("ESC-2027-000102")).ShouldBeRefusedBy("no-running-legal-clock");

        notice.When(new AcknowledgeReceipt(), Caller.System).ShouldBeAccepted().When(new Merge("ESC-2027-000102")).ShouldBeAccepted();
    }
}
