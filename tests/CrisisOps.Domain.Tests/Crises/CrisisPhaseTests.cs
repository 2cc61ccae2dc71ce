using System.Collections.Immutable;
using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Crises;

/// <summary>From stabilizing to the closed file; merged, annulled, taken up again.</summary>
public class CrisisPhaseTests
{
    [Fact]
    public void Stabilizing_names_its_indicators_and_slows_the_reports()
    {
        CrisisCase.Commanded().When(new Stabilize([" "]), CrisisCase.Commander).ShouldBeRefusedBy("exit-indicators");
        var stabilized = CrisisCase.Stabilized();
        stabilized.Recorded<CrisisStabilized>().ShouldSatisfyAllConditions(
            s => s.CadenceBefore.ShouldBe(TimeSpan.FromMinutes(30)), s => s.Cadence.ShouldBe(TimeSpan.FromHours(4)), s => s.NextSitRepDue.ShouldBe(CrisisCase.Start.AddHours(4)));
        stabilized.When(new Reescalate(""), CrisisCase.Commander).ShouldBeRefusedBy("reason-given");
        stabilized.When(new Reescalate("again"), CrisisCase.Commander).ShouldBeAccepted().State.NextSitRepDue.ShouldBe(CrisisCase.Start.AddMinutes(30));
    }

    [Fact]
    public void Standing_down_ends_the_response()
    {
        var down = CrisisCase.Reported().When(new StandDown(), CrisisCase.Commander).ShouldBeAccepted();
        (down.State.Stage, down.State.Commander, down.State.ReviewDueAt).ShouldBe((CrisisState.StoodDown, null, CrisisCase.Start.AddDays(3)));
        down.State.Deadlines.ShouldBeEmpty();
        down.State.Served.ShouldContain("ic-01");
    }

    [Fact]
    public void Nothing_stands_down_before_its_final_report()
    {
        CrisisCase.Stabilized().When(new StandDown(), CrisisCase.Commander).ShouldBeRefusedBy("final-sit-rep");
        CrisisCase.Commanded().When(new StandDown(), CrisisCase.Commander).ShouldBeRefused(RefusalKind.IllegalTransition);
    }

    [Fact]
    public void Nothing_stands_down_with_an_open_alert() =>
        CrisisCase.Reported().When(new IssueAlert(["VideoHub Alliance"], "x", "y"), CrisisCase.Commander).When(new StandDown(), CrisisCase.Commander).ShouldBeRefusedBy("alerts-cancelled")
            .When(new CancelAlert(CrisisCase.Alert), CrisisCase.Commander).When(new StandDown(), CrisisCase.Commander).ShouldBeAccepted();

    [Fact]
    public void Nothing_stands_down_with_a_lever_on_unless_it_is_handed_over()
    {
        static CrisisCase Levered() => CrisisCase.Reported().When(new ActivateLever(LeverKind.DedicatedQueue, "XN", TimeSpan.FromHours(30), "lo-02"), CrisisCase.Commander).ShouldBeAccepted();
        Levered().When(new StandDown(), CrisisCase.Commander).ShouldBeRefusedBy("levers-ended")
            .When(new StandDown(KeptLevers: ["LEV-2"]), CrisisCase.Commander).ShouldBeRefusedBy("kept-lever-active")
            .When(new DeactivateLever("LEV-1", "done"), CrisisCase.Commander).When(new StandDown(), CrisisCase.Commander).ShouldBeAccepted();

        var kept = Levered().When(new StandDown(KeptLevers: ["LEV-1"]), CrisisCase.Commander).ShouldBeAccepted();
        kept.Of(CrisisDeadlines.LeverExpiry).ShouldHaveSingleItem().Owner.ShouldBe("lo-02");
        kept.After(TimeSpan.FromHours(30)).When(new ExpireLever("LEV-1", 1), Caller.System).ShouldBeAccepted();
    }

    [Fact]
    public void Nothing_stands_down_with_an_open_or_unreadable_sev1()
    {
        var reported = CrisisCase.Reported().KnowingStream(CrisisCase.Escalation("ESC-2027-000102"));
        reported.When(new StandDown(), CrisisCase.Commander).ShouldBeRefusedBy("no-open-sev1");
        reported.Knowing(c => c with { Streams = c.Streams.Clear() }).When(new StandDown(), CrisisCase.Commander).ShouldBeRefusedBy("linked-known");
        new StandDown().Streams(reported.State).ShouldBe(["ESC-2027-000101", "ESC-2027-000102", "ESC-2027-000103"]);
        CrisisCase.Reported().KnowingStream(CrisisCase.Escalation("ESC-2027-000102", severity: Severity.SEV2)).When(new StandDown(), CrisisCase.Commander).ShouldBeAccepted();
    }

    [Fact]
    public void A_duty_lead_stands_down_what_nobody_commands()
    {
        // It comes as far as the Final report, which names a commander: somebody takes command, and gives the rest.
        var declared = CrisisCase.Declared().When(new Stabilize(["x"])).ShouldBeAccepted();
        declared.When(new StandDown()).ShouldBeRefusedBy("final-sit-rep");
    }

    [Theory]
    [InlineData(CrisisLevel.Level1, 3)]
    [InlineData(CrisisLevel.Level2, 6)]
    [InlineData(CrisisLevel.Level3, 6)]
    public void The_review_is_due_by_the_level(CrisisLevel level, int days) =>
        CrisisRules.Default.ReviewDue(level, CrisisCase.Start, ["XN"], BusinessDays.Default).ShouldBe(CrisisCase.Start.AddDays(days));

    [Fact]
    public void A_holiday_of_its_regions_moves_the_review_of_a_level_counted_in_business_days()
    {
        var given = CrisisCase.Reported().Knowing(c => c with
        {
            Rules = c.Rules with { BusinessDays = new BusinessDays { Holidays = ImmutableDictionary<string, ImmutableArray<DateOnly>>.Empty.Add("XN", [new DateOnly(2027, 5, 17)]) } },
        });
        var calendar = given.Context.Rules.BusinessDays;
        CrisisRules.Default.ReviewDue(CrisisLevel.Level2, CrisisCase.Start, ["XN-01"], calendar).ShouldBe(CrisisCase.Start.AddDays(9));
        CrisisRules.Default.ReviewDue(CrisisLevel.Level2, CrisisCase.Start, ["XM"], calendar).ShouldBe(CrisisCase.Start.AddDays(6));
        CrisisRules.Default.ReviewDue(CrisisLevel.Level1, CrisisCase.Start, ["XN"], calendar).ShouldBe(CrisisCase.Start.AddDays(3));

        given.When(new ChangeLevel(CrisisLevel.Level2, "half of it is over"), CrisisCase.Commander).ShouldBeAccepted();
        given.When(new StandDown(), CrisisCase.Commander).ShouldBeAccepted().State.ReviewDueAt.ShouldBe(CrisisCase.Start.AddDays(9));
    }

    [Fact]
    public void A_crisis_is_taken_up_again_within_72_hours_with_a_commander()
    {
        var down = CrisisCase.UnderReview();
        down.When(new Reactivate(""), CrisisCase.Lead).ShouldBeRefusedBy("reason-given");
        down.When(new Reactivate("again"), CrisisCase.Specialist).ShouldBeRefusedBy("crisis-role");
        down.When(new Reactivate("again", "nobody"), CrisisCase.Lead).ShouldBeRefusedBy("person-known");
        down.When(new Reactivate("again", "ic-05"), CrisisCase.Lead).ShouldBeAccepted();
        (down.State.Stage, down.State.Commander, down.State.NextSitRepDue).ShouldBe((CrisisState.Active, "ic-05", CrisisCase.Start.AddMinutes(30)));

        var late = CrisisCase.UnderReview().After(TimeSpan.FromHours(72) + TimeSpan.FromSeconds(1)).When(new Reactivate("again"), CrisisCase.Lead).ShouldBeRefusedBy("reactivate-within");
        late.Last.ShouldBeOfType<Ruling.Refused>().Refusal.Detail.ShouldContain("predecessorKey CR-2027-0007");
    }

    [Fact]
    public void The_review_has_the_number_of_the_crisis_and_an_owner()
    {
        CrisisCase.Reported().When(new StandDown(), CrisisCase.Commander).When(new OpenReview(""), Caller.System).ShouldBeRefusedBy("review-owner");
        var opened = CrisisCase.UnderReview();
        opened.Recorded<CrisisReviewOpened>().ShouldBe(new CrisisReviewOpened("PIR-2027-0007", "spec-04", CrisisCase.Start.AddDays(3)));
    }

    [Fact]
    public void A_file_is_closed_when_reviewed_owned_and_decided()
    {
        var close = new CloseCrisis("HLD-9 kept", ["IMP-31"]);
        var given = CrisisCase.UnderReview();
        given.When(close, CrisisCase.Counsel).ShouldBeRefusedBy("crisis-role");
        given.When(close with { HoldDecision = "" }).ShouldBeRefusedBy("hold-decision");
        given.When(close).ShouldBeRefusedBy("review-reviewed");
        Reviewed(given, false, false).When(close).ShouldBeRefusedBy("review-reviewed");
        Reviewed(given, true, false).When(close).ShouldBeRefusedBy("recommendations-owned");
        Reviewed(given, true, true).When(new AddCrisisTask("write to the partners")).When(close).ShouldBeRefusedBy("tasks-done");
        given.When(new CancelCrisisTask("TSK-1", "done")).When(close, CrisisCase.Specialist).ShouldBeAccepted();
        (given.State.Stage, given.State.HoldDecision).ShouldBe((CrisisState.Closed, "HLD-9 kept"));
        given.Told().Others[Audience.Executive].Body.ShouldBe("PIR-2027-0007 came to IMP-31");
    }

    [Fact]
    public void A_kept_lever_ends_before_the_file_is_closed() =>
        Reviewed(
            CrisisCase.Reported().When(new ActivateLever(LeverKind.DedicatedQueue, "XN", TimeSpan.FromHours(30), "lo-02"), CrisisCase.Commander)
                .When(new StandDown(KeptLevers: ["LEV-1"]), CrisisCase.Commander).When(new OpenReview("spec-04"), Caller.System),
            true, true).When(new CloseCrisis("none")).ShouldBeRefusedBy("levers-ended");

    [Fact]
    public void A_crisis_is_merged_into_one_that_is_open()
    {
        var merge = new MergeCrisis("CR-2027-0008");
        var given = CrisisCase.Commanded();
        given.When(new MergeCrisis(CrisisCase.Key)).ShouldBeRefusedBy("not-itself");
        given.When(merge).ShouldBeRefusedBy("target-exists");
        given.KnowingStream(Other(CrisisState.Merged) with { MergedInto = "CR-2027-0009" }).When(merge).ShouldBeRefusedBy("target-open");
        given.KnowingStream(Other(CrisisState.StoodDown)).When(merge).ShouldBeRefusedBy("target-open");
        given.KnowingStream(Other(CrisisState.Active) with { Exercise = true }).When(merge).ShouldBeRefusedBy("exercise-apart");
        given.KnowingStream(Other(CrisisState.Active)).When(merge).ShouldBeAccepted();
        (given.State.Stage, given.State.MergedInto, given.State.Commander).ShouldBe((CrisisState.Merged, "CR-2027-0008", null));
        given.State.Deadlines.ShouldBeEmpty();
    }

    [Fact]
    public void Roles_levers_and_alerts_come_first()
    {
        var given = CrisisCase.Alerted().KnowingStream(Other(CrisisState.Proposed))
            .When(new ActivateLever(LeverKind.DedicatedQueue, "XN", TimeSpan.FromHours(1)), CrisisCase.Commander);
        var merge = new MergeCrisis("CR-2027-0008");
        given.When(merge).ShouldBeRefusedBy("alerts-cancelled").When(new CancelAlert(CrisisCase.Alert), CrisisCase.Liaison);
        given.When(merge).ShouldBeRefusedBy("levers-ended").When(new DeactivateLever("LEV-1", "x"), CrisisCase.Commander);
        given.When(merge).ShouldBeRefusedBy("roles-released").When(new ReleaseRole(CommandRole.LiaisonOfficer), CrisisCase.Commander);
        given.When(merge).ShouldBeAccepted();
    }

    [Fact]
    public void A_declaration_in_error_turns_everything_off_and_opens_no_review()
    {
        var given = CrisisCase.Alerted().When(new ActivateLever(LeverKind.DedicatedQueue, "XN", TimeSpan.FromHours(1)), CrisisCase.Commander);
        given.When(new AnnulDeclaration("")).ShouldBeRefusedBy("reason-given");
        given.When(new AnnulDeclaration("an old video")).ShouldBeAccepted();
        given.History[^2].Event.ShouldBeOfType<LeverDeactivated>();
        given.State.Stage.ShouldBe(CrisisState.Annulled);
        given.State.Deadlines.ShouldBeEmpty();
        given.Told().Others[Audience.Executive].Headline.ShouldBe("Declared in error");
        given.When(new OpenReview("spec-04"), Caller.System).ShouldBeRefused(RefusalKind.IllegalTransition);

        // Partners are still to be told.
        given.When(new CancelAlert(CrisisCase.Alert)).ShouldBeAccepted().Told().Others[Audience.Partner].Body.ShouldBe("This alert was declared in error.");

        // And so is the public.
        given.When(new DraftPublicUpdate("We were wrong: there was no attack."), CrisisCase.Press).When(new ApprovePublicUpdate("PD-1")).ShouldBeAccepted();
    }

    private static Crisis Other(CrisisState stage) => new() { Key = "CR-2027-0008", Stage = stage };

    private static CrisisCase Reviewed(CrisisCase given, bool reviewed, bool owned) => given.Knowing(c => c with
    {
        Streams = c.Streams.SetItem("PIR-2027-0007", new Review(reviewed, ["IMP-31"])).SetItem("IMP-31", new Recommendation(owned)),
    });
}
