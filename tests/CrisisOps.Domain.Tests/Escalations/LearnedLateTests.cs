using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

/// <summary>What happened in time and was recorded after its clock had run out (domain §9.2).</summary>
public class LearnedLateTests
{
    private static readonly DateTimeOffset _inTime = new(2027, 5, 15, 14, 52, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset _learned = new(2027, 5, 15, 15, 25, 0, TimeSpan.Zero);

    [Fact]
    public void An_order_followed_in_time_and_recorded_late_keeps_its_miss_and_says_when_it_was_met_and_learned()
    {
        var e104 = Decided().At(Case.Start.AddHours(1)).RunsOut(ClockKind.Legal).ShouldBeAccepted();
        e104.Clock(ClockKind.Legal).Result.ShouldBe(ClockResult.Breached);

        e104.At(_learned).When(new RecordEnforcement([new(EnforcementAction.DisableAccess, Done: true, At: _inTime)])).ShouldBeAccepted();

        e104.Clock(ClockKind.Legal).ShouldSatisfyAllConditions(
            c => c.Result.ShouldBe(ClockResult.MetInTimeLearnedLate), c => c.MetAt.ShouldBe(_inTime), c => c.LearnedAt.ShouldBe(_learned), c => c.BreachedAt.ShouldBe(Case.Start.AddHours(1)));
        e104.Told()!.Body!.ShouldEndWith("TCO_REMOVAL_1H: met at 14:52, learned 15:25");
        e104.Told()!.Others.Values.ShouldAllBe(text => !$"{text.Body}".Contains("learned", StringComparison.Ordinal));
        e104.History.Count(h => h.Event is LegalDeadlineMissed).ShouldBe(1);
        e104.ClockDeadlines.ShouldNotContain(d => d.Ref == "TCO_REMOVAL_1H");
    }

    [Fact]
    public void As_of_an_instant_between_the_two_it_was_missed()
    {
        var e104 = Decided().At(Case.Start.AddHours(1)).RunsOut(ClockKind.Legal).At(_learned)
            .When(new RecordEnforcement([new(EnforcementAction.DisableAccess, Done: true, At: _inTime)])).ShouldBeAccepted();

        var between = e104.History.Last(h => h.Stamp.RecordedAt < _learned).After;
        between.Clocks.Single(c => c.Legal).Result.ShouldBe(ClockResult.Breached);
    }

    [Fact]
    public void An_answer_given_in_time_and_recorded_late_is_no_late_answer()
    {
        var answered = MarkSlaBreachedTests.Known().After(TimeSpan.FromHours(2)).RunsOut(ClockKind.FirstResponse).ShouldBeAccepted()
            .After(TimeSpan.FromHours(1)).When(new RespondToRequester("receipt", DisclosureLevel.ReceiptOnly) { OccurredAt = Case.Start.AddHours(1) }).ShouldBeAccepted();

        answered.Clock(ClockKind.FirstResponse).Result.ShouldBe(ClockResult.MetInTimeLearnedLate);
        answered.Told()!.Body.ShouldBe("FIRST_RESPONSE: met at 14:55, learned 16:55");
    }

    [Fact]
    public void An_answer_in_time_says_nothing_of_clocks_and_one_after_it_was_due_is_late()
    {
        var inTime = MarkSlaBreachedTests.Known().After(TimeSpan.FromHours(1)).When(new RespondToRequester("receipt", DisclosureLevel.ReceiptOnly)).ShouldBeAccepted();
        inTime.Clock(ClockKind.FirstResponse).Result.ShouldBe(ClockResult.Met);
        inTime.Told()!.Body.ShouldBeNull();

        var late = MarkSlaBreachedTests.Known().After(TimeSpan.FromHours(3)).When(new RespondToRequester("receipt", DisclosureLevel.ReceiptOnly)).ShouldBeAccepted();
        late.Clock(ClockKind.FirstResponse).Result.ShouldBe(ClockResult.MetLate);
        late.Told()!.Body.ShouldBeNull();
    }

    [Fact]
    public void A_triage_recorded_on_the_next_day_names_the_days()
    {
        var late = Case.Raised().After(TimeSpan.FromDays(1)).When(new Triage(Severity.SEV1, PolicyArea.Spam, ["XN"], DuplicateSearchDone: true) { OccurredAt = Case.Start.AddMinutes(4) }).ShouldBeAccepted();

        late.Told()!.Body.ShouldBe("ACK: met at 2027-05-15 13:59Z, learned 2027-05-16 13:55Z\nTRIAGE: met at 2027-05-15 13:59Z, learned 2027-05-16 13:55Z");
    }

    [Fact]
    public void A_clock_that_was_met_while_it_stood_still_had_that_time_left()
    {
        var answered = MarkSlaBreachedTests.Known().When(new RequestInput("When was this filmed?", Case.Start.AddHours(9), FromRequester: true)).ShouldBeAccepted()
            .After(TimeSpan.FromHours(4)).When(new RespondToRequester("receipt", DisclosureLevel.ReceiptOnly)).ShouldBeAccepted();

        answered.Clock(ClockKind.FirstResponse).Result.ShouldBe(ClockResult.Met);
    }

    private static Case Decided() => Investigations.Of(Investigations.Order)
        .When(Investigations.Removal with { Verdict = Verdict.Comply, Actions = [EnforcementAction.DisableAccess] }).ShouldBeAccepted()
        .When(new ApproveDecision(), Case.LegalCounsel).ShouldBeAccepted();
}
