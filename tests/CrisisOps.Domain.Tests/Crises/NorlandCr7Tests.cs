using CrisisOps.Domain.Crises;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Crises;

/// <summary>
/// CR-2027-0007 on the election weekend in Norland (domain §7): its 23 listed rows and the 24 situation reports made by rule, each at
/// its instant, through the decisions.
/// </summary>
public class NorlandCr7Tests
{
    private static readonly Caller _secondCommander = CrisisCase.Person("ic-05", Role.Specialist);

    /// <summary>The whole story, or up to an instant.</summary>
    internal static CrisisCase Played(DateTimeOffset? until = null)
    {
        var cr7 = new CrisisCase();
        foreach (var (time, give) in Steps().OrderBy(s => s.Time).TakeWhile(s => until is null || s.Time <= until))
        {
            give(cr7.At(time)).ShouldBeAccepted();
        }

        return cr7;
    }

    private static IEnumerable<(DateTimeOffset Time, Func<CrisisCase, CrisisCase> Give)> Steps()
    {
        // #15
        yield return (At("15T14:03:01"), c => c.When(CrisisCase.Proposal with { Trigger = CrisisTrigger.ClusterRule }, Caller.System));
        // #16
        yield return (At("15T14:05:30"), c => c.When(new AssessCrisis(4, 3, Certainty.Observed)));
        // #18
        yield return (At("15T14:07:00"), c => c.When(new DeclareCrisis("HARBOUR")));
        // #19, #20, #24
        yield return (At("15T14:07:10"), c => c.When(new AssignRole(CommandRole.IncidentCommander, "ic-01")));
        yield return (At("15T14:07:40"), c => c.When(new AssignRole(CommandRole.LiaisonOfficer, "lo-02"), CrisisCase.Commander));
        yield return (At("15T14:08:30"), c => c.When(new AssignRole(CommandRole.PublicInformationOfficer, "pio-01"), CrisisCase.Commander));
        // #26
        yield return (At("15T14:10:30"), c => c.When(
            new ReferCrisisToLawEnforcement("ThreatToLife", "Norland National Police, DSA Art. 18 fallback route", "LEA-77", ["ESC-2027-000101"]), CrisisCase.Commander));
        // #29
        yield return (At("15T14:12:30"), c => c.When(
            new ActivateLever(LeverKind.LiveStreamRestriction, "XN", TimeSpan.FromHours(24), "lo-02", "Stops the live video; ends by itself."), CrisisCase.Commander));
        // #30
        yield return (At("15T14:14:00"), c => c.When(
            new IssueAlert(["VideoHub Alliance", "OpenHash Exchange", "Norland Civic Watch"], "Live video of an attack", "Please match and remove these hashes."), CrisisCase.Liaison));
        // #32: says a figure that #34 takes back.
        yield return (At("15T14:18:00"), c => c.When(
            new PostCrisisUpdate("Attack in the capital, 11 injured (unconfirmed).", "Live video removed.", "Legal: the order of the authority.", [new(Audience.CrossFunctional)])
            {
                Tlp = Tlp.AmberStrict,
            },
            CrisisCase.Specialist));
        // #34
        yield return (At("15T14:21:00"), c => c.When(
            new CorrectCrisisUpdate("U-1", "casualty figure withdrawn: credibility 3, not 1", "Attack in the capital; the number of injured is not confirmed.", "Live video removed.")
            {
                Tlp = Tlp.AmberStrict,
            },
            CrisisCase.Specialist));
        // #39: the deliveries know that the other two acknowledged at 14:16 and 14:19.
        yield return (At("15T14:34:00"), c => c
            .KnowingFact(MarkPartnerAckOverdue.AckFact, $"{CrisisCase.Alert}/OpenHash Exchange", "14:16").KnowingFact(MarkPartnerAckOverdue.AckFact, $"{CrisisCase.Alert}/Norland Civic Watch", "14:19")
            .When(MarkPartnerAckOverdue.From($"{CrisisCase.Alert}/OpenHash Exchange"), Caller.System).ShouldEmitNothing()
            .When(MarkPartnerAckOverdue.From($"{CrisisCase.Alert}/Norland Civic Watch"), Caller.System).ShouldEmitNothing()
            .When(MarkPartnerAckOverdue.From($"{CrisisCase.Alert}/VideoHub Alliance"), Caller.System));
        // #40
        yield return (At("15T14:36:20"), c => c.When(CrisisCase.Report with { PeriodFrom = At("15T13:52:00"), PeriodTo = At("15T14:35:00") }, CrisisCase.Commander));
        // #42
        yield return (At("15T14:44:00"), c => c.When(
            new PostCrisisUpdate("We are aware of the attack and work with the authorities.", Audiences: [new(Audience.Public)], DraftedBy: "pio-01"), CrisisCase.Commander));
        // Situation reports #2 to #16 by rule.
        for (var due = At("15T15:07:00"); due <= At("15T22:07:00"); due += TimeSpan.FromMinutes(30))
        {
            var by = due < At("15T18:05:00") ? CrisisCase.Commander : _secondCommander;
            yield return (due, c => c.When(CrisisCase.Report, by));
        }

        // #48
        yield return (At("15T15:22:00"), c => c.When(new UpdateAlert(CrisisCase.Alert, "17 hashes", "Please match these 17 hashes.", Indicators: ["EVD-5"]), CrisisCase.Liaison));
        // #58
        yield return (At("15T18:05:00"), c => c.When(new TransferCommand("ic-05", "SitRep #7"), CrisisCase.Commander));
        // #64
        yield return (At("15T22:30:00"), c => c.When(new Stabilize(["re-uploads under 5 an hour for 3 hours"]), _secondCommander));
        // Situation reports #17 to #25 by rule.
        for (var due = At("16T02:30:00"); due <= At("17T10:30:00"); due += TimeSpan.FromHours(4))
        {
            yield return (due, c => c.When(CrisisCase.Report, _secondCommander));
        }

        // #66
        yield return (At("16T14:12:30"), c => c.When(new ExpireLever("LEV-1", 1), Caller.System));
        // #68
        yield return (At("17T13:30:00"), c => c.When(CrisisCase.Report with { Version = SitRepVersion.Final, ResidualRisk = "Low" }, _secondCommander));
        // #69
        yield return (At("17T13:40:00"), c => c.When(new CancelAlert(CrisisCase.Alert), CrisisCase.Liaison));
        // #70
        yield return (At("17T14:00:00"), c => c
            .KnowingStream(CrisisCase.Escalation("ESC-2027-000101", EscalationState.Resolved))
            .KnowingStream(CrisisCase.Escalation("ESC-2027-000102", EscalationState.Resolved, Severity.SEV3))
            .KnowingStream(CrisisCase.Escalation("ESC-2027-000103", EscalationState.Merged))
            .When(new StandDown("nothing new for a day"), _secondCommander));
        // #71
        yield return (At("17T14:00:01"), c => c.When(new OpenReview("spec-04"), Caller.System));
        // #75
        yield return (At("28T15:00:00"), c => c
            .Knowing(k => k with
            {
                Streams = k.Streams.SetItem("PIR-2027-0007", new Review(true, ["IMP-31", "IMP-32", "IMP-33"]))
                    .SetItem("IMP-31", new Recommendation(true)).SetItem("IMP-32", new Recommendation(true)).SetItem("IMP-33", new Recommendation(true)),
            })
            .When(new CloseCrisis("HLD-9 kept", ["IMP-31", "IMP-32", "IMP-33"])));
    }

    [Fact]
    public void It_is_47_events_23_of_them_listed_and_closed_at_the_end()
    {
        var cr7 = Played();

        cr7.History.Count.ShouldBe(47);
        cr7.State.Version.ShouldBe(47);
        cr7.State.Stage.ShouldBe(CrisisState.Closed);
        cr7.History.Where(h => h.Event is not SitRepPublished { Number: > 1 and < 26 }).Select(h => h.Event.GetType().Name).ShouldBe(
        [
            "CrisisProposed", "CrisisAssessed", "CrisisDeclared", "CommandRoleAssigned", "CommandRoleAssigned", "CommandRoleAssigned", "CrisisLawEnforcementReferred",
            "LeverActivated", "PartnerAlertIssued", "CrisisUpdatePosted", "CrisisUpdateCorrected", "PartnerAckOverdue", "SitRepPublished", "CrisisUpdatePosted",
            "PartnerAlertUpdated", "CommandTransferred", "CrisisStabilized", "LeverExpired", "SitRepPublished", "PartnerAlertCancelled", "CrisisStoodDown",
            "CrisisReviewOpened", "CrisisClosed",
        ]);
    }

    [Theory]
    [InlineData("15T14:10:00", 6)]
    [InlineData("15T14:30:00", 11)]
    [InlineData("15T18:10:00", 16 + 7)]
    public void Known_at_an_instant_are_as_many_events_as_the_scenario_says(string time, int events)
    {
        var known = Played(At(time));
        known.State.Version.ShouldBe(events);
        (known.State.Stage, known.State.Level).ShouldBe((CrisisState.Active, CrisisLevel.Level1));
    }

    [Fact]
    public void The_cadence_is_that_of_assertion_14_and_nothing_is_overdue()
    {
        var cr7 = Played();
        var reports = cr7.History.Select(h => h.Event).OfType<SitRepPublished>().ToArray();

        var slots = Enumerable.Range(0, 16).Select(n => At("15T14:37:00").AddMinutes(30 * n)).Concat(Enumerable.Range(0, 9).Select(n => At("16T02:30:00").AddHours(4 * n)));
        reports[..25].Select(r => r.DueAt).ShouldBe(slots.Cast<DateTimeOffset?>());
        reports[0].NextDue.ShouldBe(At("15T15:07:00"));
        reports.Select(r => r.Number).ShouldBe(Enumerable.Range(1, 26));
        reports.Select(r => r.Version).ShouldBe([SitRepVersion.Initial, .. Enumerable.Repeat(SitRepVersion.Update, 24), SitRepVersion.Final]);
        cr7.History.ShouldNotContain(h => h.Event is SitRepOverdue);
        reports.Single(r => r.PeriodTo == At("15T17:37:00")).Number.ShouldBe(7);
    }

    [Fact]
    public void The_times_between_are_those_of_assertion_5()
    {
        var cr7 = Played();
        (Of<CrisisDeclared>(cr7) - Of<CrisisProposed>(cr7)).ShouldBe(new TimeSpan(0, 3, 59));
        (Of<PartnerAlertIssued>(cr7) - Of<CrisisDeclared>(cr7)).ShouldBe(TimeSpan.FromMinutes(7));
        var stoodDown = cr7.History.Select(h => h.Event).OfType<CrisisStoodDown>().Single();
        stoodDown.Duration.ShouldBe(new TimeSpan(47, 53, 0));
        stoodDown.ReviewDueAt.ShouldBe(At("20T14:00:00"));
        cr7.State.ReviewKey.ShouldBe("PIR-2027-0007");
    }

    [Fact]
    public void The_lever_has_an_owner_an_approver_and_ended_at_its_time()
    {
        var lever = Played().State.Levers.ShouldHaveSingleItem();
        (lever.Owner, lever.Approver, lever.ReviewOwed, lever.State, lever.ExpiresAt).ShouldBe(("lo-02", "ic-01", false, LeverState.Expired, At("16T14:12:30")));
    }

    [Fact]
    public void Messages_to_partners_are_numbered_and_reference_all_before_them()
    {
        var alerts = Played().State.Alerts;
        alerts.Select(a => a.AlertId).ShouldBe([CrisisCase.Alert, "crisisops-CR-2027-0007.2", "crisisops-CR-2027-0007.3"]);
        alerts[1].References.ShouldBe([CrisisCase.Alert]);
        alerts[2].References.ShouldBe([CrisisCase.Alert, "crisisops-CR-2027-0007.2"]);
        alerts[0].AckDueAt.ShouldBe(At("15T14:34:00"));
        alerts[0].Overdue.ShouldBe(["VideoHub Alliance"]);
    }

    [Fact]
    public void Outside_core_the_withdrawn_figure_is_replaced_and_the_public_reads_only_the_second_update()
    {
        var cr7 = Played();
        var entries = Enumerable.Range(0, cr7.History.Count).Select(place => cr7.Told(place)).ToArray();

        var correction = entries.Single(e => e.Supersedes is not null);
        cr7.History[(int)correction.Supersedes!.Value - 1].Event.ShouldBeOfType<CrisisUpdatePosted>().UpdateId.ShouldBe("U-1");
        correction.ReplacementText.ShouldBe("U-1r1: Attack in the capital; the number of injured is not confirmed.");
        entries.SelectMany(e => e.Others).Where(o => o.Key == Audience.Public).ShouldHaveSingleItem().Value.Headline
            .ShouldBe("We are aware of the attack and work with the authorities.");
        entries.SelectMany(e => e.Others).Where(o => o.Key == Audience.Partner).Count().ShouldBe(3);
        entries.SelectMany(e => e.Others.Where(o => o.Key is Audience.Partner or Audience.Public)).ShouldAllBe(o => !$"{o.Value.Headline}{o.Value.Body}".Contains("VideoHub"));
        entries.Single(e => e.Kind == EntryKind.Referral).ShouldSatisfyAllConditions(e => e.Tlp.ShouldBe(Tlp.RED), e => e.Others.ShouldBeEmpty());
    }

    [Fact]
    public void It_does_not_stand_down_before_the_all_clear()
    {
        var cr7 = Played(At("17T13:35:00"));
        cr7.When(new StandDown(), _secondCommander).ShouldBeRefusedBy("alerts-cancelled");
    }

    private static DateTimeOffset Of<TEvent>(CrisisCase cr7) => cr7.History.First(h => h.Event is TEvent).Stamp.RecordedAt;

    private static DateTimeOffset At(string time) => DateTimeOffset.ParseExact($"2027-05-{time}Z", "yyyy-MM-ddTHH:mm:ssK", null);
}

/// <summary>A review as the guard sees it.</summary>
internal sealed record Review(bool Reviewed, IReadOnlyList<string> Recommendations) : IReviewFacts;

internal sealed record Recommendation(bool Owned, string? ReviewKey = null) : IRecommendationFacts;
