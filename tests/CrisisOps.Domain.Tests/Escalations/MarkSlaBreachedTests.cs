using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Escalations;

public class MarkSlaBreachedTests
{
    private static readonly Requester _press = new(ContactRef: "CNT-7");

    [Fact]
    public void The_press_inquiry_of_the_scenario_breaches_its_first_response_at_18_02_and_is_answered_38_minutes_late()
    {
        var raised = new DateTimeOffset(2027, 5, 15, 14, 2, 0, TimeSpan.Zero);
        var e102 = new Case().At(raised)
            .When(new RaiseEscalation("Is the video real?", Source.Press, Surface.Other, Region: ["XN"], Requester: _press, ProposedSeverity: Severity.SEV3)).ShouldBeAccepted()
            .After(TimeSpan.FromMinutes(4)).When(new Triage(Severity.SEV3, PolicyArea.MediaInquiry, ["XN"], DuplicateSearchDone: true)).ShouldBeAccepted();

        e102.At(raised.AddHours(4)).RunsOut(ClockKind.FirstResponse).ShouldBeAccepted();

        e102.Recorded<SlaBreached>().ShouldBe(new SlaBreached("FIRST_RESPONSE", ClockKind.FirstResponse, TimeSpan.FromHours(4), raised.AddHours(4), raised.AddHours(4)));
        e102.Clock(ClockKind.FirstResponse).Result.ShouldBe(ClockResult.Breached);
        e102.Told()!.Kind.ShouldBe(EntryKind.Clock);
        e102.Told()!.Others.Keys.ShouldBe([Audience.CrossFunctional]);

        e102.After(TimeSpan.FromMinutes(38)).When(new AnswerInquiry(Outcome.InformationProvided, "The approved line."), Case.Communications).ShouldBeAccepted();
        e102.Clock(ClockKind.FirstResponse).Result.ShouldBe(ClockResult.MetLate);
        (e102.Clock(ClockKind.FirstResponse).MetAt - e102.Clock(ClockKind.FirstResponse).DueAt).ShouldBe(TimeSpan.FromMinutes(38));
        e102.Clock(ClockKind.FirstResponse).Breaches.ShouldBe(1);
    }

    [Fact]
    public void An_item_nobody_touches_breaches_acknowledgement_and_triage_from_its_proposal()
    {
        var raised = Case.Raised(r => r with { ProposedSeverity = null });

        raised.After(TimeSpan.FromMinutes(15)).RunsOut(ClockKind.Acknowledge).ShouldBeAccepted();
        raised.After(TimeSpan.FromMinutes(45)).RunsOut(ClockKind.Triage).ShouldBeAccepted();

        raised.History.Select(h => h.Event).OfType<SlaBreached>().Select(b => (b.ClockId, b.TargetDuration)).ShouldBe([("ACK", TimeSpan.FromMinutes(15)), ("TRIAGE", TimeSpan.FromHours(1))]);
    }

    [Fact]
    public void A_miss_is_recorded_once()
    {
        var breached = Case.Triaged().After(TimeSpan.FromMinutes(30)).RunsOut(ClockKind.FirstResponse).ShouldBeAccepted();

        breached.RunsOut(ClockKind.FirstResponse).ShouldBeRefusedBy("deadline-current");
        breached.After(TimeSpan.FromHours(9)).RunsOut(ClockKind.FirstResponse).ShouldBeRefusedBy("deadline-current");
    }

    [Fact]
    public void After_an_outage_it_keeps_its_due_time_and_the_real_time_of_detection()
    {
        var late = Case.Triaged().After(TimeSpan.FromHours(3)).RunsOut(ClockKind.FirstResponse).ShouldBeAccepted();

        var breach = late.Recorded<SlaBreached>();
        (breach.DueAt, breach.DetectedAt).ShouldBe((Case.Start.AddMinutes(30), Case.Start.AddHours(3)));
        (late.Clock(ClockKind.FirstResponse).BreachedAt, late.Clock(ClockKind.FirstResponse).DetectedAt).ShouldBe((Case.Start.AddMinutes(30), Case.Start.AddHours(3)));
    }

    [Fact]
    public void A_timer_that_comes_too_early_or_for_an_older_generation_does_nothing()
    {
        var triaged = Case.Triaged(Severity.SEV2);
        var older = triaged.Clock(ClockKind.FirstResponse);
        triaged.After(TimeSpan.FromHours(1)).RunsOut(ClockKind.FirstResponse).ShouldBeRefusedBy("deadline-current");

        triaged.When(new ChangeSeverity(Severity.SEV1)).ShouldBeAccepted();

        triaged.When(new MarkSlaBreached(older.ClockId, older.Generation), Caller.System).ShouldBeRefusedBy("deadline-current");
        triaged.RunsOut(ClockKind.FirstResponse).ShouldBeAccepted();
    }

    [Fact]
    public void No_other_clock_runs_out_and_no_person_says_that_one_did()
    {
        var late = Case.Raised(r => r with { LegalBasis = "EU-TCO-Art3" }).After(TimeSpan.FromHours(2));

        late.When(new MarkSlaBreached("TCO_REMOVAL_1H", 1), Caller.System).ShouldBeRefusedBy("deadline-current");
        late.When(new MarkSlaBreached("UNHEARD_OF", 1), Caller.System).ShouldBeRefusedBy("deadline-current");
        late.When(new MarkSlaBreached(null!, 1), Caller.System).ShouldBeRefusedBy("deadline-current");
        late.When(new MarkSlaBreached("TRIAGE", 1), Case.DutyLead).ShouldBeRefused(RefusalKind.Forbidden);
    }

    [Fact]
    public void A_clock_that_was_met_stands_still_or_was_stopped_does_not_run_out()
    {
        var known = Known();
        known.When(new RequestInput("When was this filmed?", Case.Start.AddHours(9), FromRequester: true)).ShouldBeAccepted();
        known.After(TimeSpan.FromHours(5)).RunsOut(ClockKind.FirstResponse).ShouldBeRefusedBy("deadline-current");

        Known().When(new RespondToRequester("receipt", DisclosureLevel.ReceiptOnly)).ShouldBeAccepted().After(TimeSpan.FromHours(5)).RunsOut(ClockKind.FirstResponse).ShouldBeRefusedBy("deadline-current");
        Endings.Resolved().After(TimeSpan.FromDays(2)).RunsOut(ClockKind.FirstResponse).ShouldBeRefusedBy("deadline-current");
    }

    [Fact]
    public void What_it_stood_still_is_no_part_of_what_was_promised()
    {
        var answered = Known().When(new RequestInput("When was this filmed?", Case.Start.AddHours(9), FromRequester: true)).ShouldBeAccepted()
            .After(TimeSpan.FromHours(3)).When(new ProvideInput("CON-1", "at noon")).ShouldBeAccepted();
        answered.Clock(ClockKind.FirstResponse).DueAt.ShouldBe(Case.Start.AddHours(5));

        answered.At(Case.Start.AddHours(5)).RunsOut(ClockKind.FirstResponse).ShouldBeAccepted().Recorded<SlaBreached>().TargetDuration.ShouldBe(TimeSpan.FromHours(2));
    }

    [Fact]
    public void What_ran_out_does_not_stand_still_afterwards()
    {
        var breached = Known().After(TimeSpan.FromHours(2)).RunsOut(ClockKind.FirstResponse).ShouldBeAccepted();

        breached.When(new RequestInput("When was this filmed?", breached.Now.AddHours(9), FromRequester: true)).ShouldBeAccepted();

        breached.Clock(ClockKind.FirstResponse).PausedAt.ShouldBeNull();
        breached.Clock(ClockKind.Resolve).PausedAt.ShouldNotBeNull();
        breached.Recorded<SlaClockPaused>().ClockIds.ShouldNotContain("FIRST_RESPONSE");
    }

    [Fact]
    public void A_raise_of_the_severity_does_not_record_a_miss_twice_and_more_time_takes_it_back()
    {
        var breached = Case.Triaged(Severity.SEV2).After(TimeSpan.FromHours(2)).RunsOut(ClockKind.FirstResponse).ShouldBeAccepted();

        breached.When(new ChangeSeverity(Severity.SEV1)).ShouldBeAccepted().RunsOut(ClockKind.FirstResponse).ShouldBeRefusedBy("deadline-current");
        breached.Clock(ClockKind.FirstResponse).Result.ShouldBe(ClockResult.Breached);

        breached.When(new ChangeSeverity(Severity.SEV3, "less reach than thought"), Case.DutyLead).ShouldBeAccepted();
        breached.Clock(ClockKind.FirstResponse).Result.ShouldBe(ClockResult.Running);
        breached.At(Case.Start.AddHours(4)).RunsOut(ClockKind.FirstResponse).ShouldBeAccepted();
        breached.Clock(ClockKind.FirstResponse).Breaches.ShouldBe(2);
    }

    [Fact]
    public void An_update_nobody_gave_is_overdue_once_until_something_is_told()
    {
        var late = Known().After(TimeSpan.FromHours(2)).RunsOut(ClockKind.Update).ShouldBeAccepted();
        late.Recorded<UpdateOverdue>().ShouldBe(new UpdateOverdue(Case.Start.AddHours(2), late.Now));

        late.When(new PostNote("still looking")).ShouldBeAccepted().After(TimeSpan.FromHours(4)).RunsOut(ClockKind.Update).ShouldBeRefusedBy("deadline-current");

        late.When(new RespondToRequester("update", DisclosureLevel.Outcome)).ShouldBeAccepted();
        late.Clock(ClockKind.Update).ShouldSatisfyAllConditions(c => c.Result.ShouldBe(ClockResult.Running), c => c.StartedAt.ShouldBe(late.Now), c => c.DueAt.ShouldBe(late.Now.AddHours(2)));
        late.After(TimeSpan.FromHours(2)).RunsOut(ClockKind.Update).ShouldBeAccepted();
    }

    [Fact]
    public void That_a_referral_is_owed_is_told_in_core_only()
    {
        var raised = Case.Raised(r => r with { ThreatToLife = true }).After(TimeSpan.FromMinutes(15)).RunsOut(ClockKind.ThreatToLifeReferral).ShouldBeAccepted();

        raised.Recorded<SlaBreached>().Kind.ShouldBe(ClockKind.ThreatToLifeReferral);
        raised.Told()!.Others.ShouldBeEmpty();
    }

    [Fact]
    public void The_referral_of_a_threat_to_life_is_due_15_minutes_after_the_claim_and_again_after_triage()
    {
        var raised = Case.Raised(r => r with { ThreatToLife = true });
        raised.Clock(ClockKind.ThreatToLifeReferral).DueAt.ShouldBe(Case.Start.AddMinutes(15));

        raised.After(TimeSpan.FromMinutes(2)).When(new Triage(Severity.SEV1, PolicyArea.ViolenceAndIncitement, ["XN"], DuplicateSearchDone: true)).ShouldBeAccepted();
        raised.Clock(ClockKind.ThreatToLifeReferral).DueAt.ShouldBe(Case.Start.AddMinutes(17));
    }

    [Fact]
    public void What_we_found_ourselves_owes_nobody_a_first_response()
    {
        var found = Case.Raised(r => r with { Source = Source.ProactiveDetection }).When(new Triage(Severity.SEV2, PolicyArea.Spam, ["XN"], DuplicateSearchDone: true)).ShouldBeAccepted();

        found.State.Clocks.ShouldNotContain(c => c.Kind == ClockKind.FirstResponse);
    }

    internal static Case Known() =>
        Case.Raised(r => r with { Requester = new Requester("PRT-001", "CNT-1") })
            .When(new Triage(Severity.SEV2, PolicyArea.DangerousOrgsAndIndividuals, ["XN"], DuplicateSearchDone: true)).ShouldBeAccepted();
}
