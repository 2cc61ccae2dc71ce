using CrisisOps.Domain.Elections;
using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Shared;
using Shouldly;

namespace CrisisOps.Domain.Tests.Elections;

/// <summary>EL-XN-2027-01 in Norland (domain §7): its 13 rows, each at its instant, through the decisions.</summary>
public class NorlandEl1Tests
{
    private static readonly (string Time, string Event)[] _rows =
    [
        ("02-15T09:00:00", "ElectionRegistered"), ("03-01T14:00:00", "ElectionRiskAssessed"), ("03-02T10:00:00", "PhaseScheduleSet"), ("04-15T22:00:00", "ElectionPhaseEntered"),
        ("05-14T08:00:00", "PostureChanged"), ("05-14T22:00:00", "ElectionPhaseEntered"), ("05-14T22:00:04", "ElectionMeasureActivated"), ("05-15T16:10:00", "CrisisLinkedToElection"),
        ("05-16T04:00:00", "ElectionPhaseEntered"), ("05-16T18:00:00", "ElectionPhaseEntered"), ("05-18T08:00:00", "PostureChanged"), ("05-23T18:00:00", "ElectionMeasureLifted"),
        ("05-28T10:00:00", "ElectionPhaseEntered"),
    ];

    [Fact]
    public void It_has_13_events_in_order_at_their_times()
    {
        var el1 = Played();
        el1.History.Select(h => (h.Stamp.RecordedAt, h.Event.GetType().Name)).ShouldBe(_rows.Select(r => (At(r.Time), r.Event)));
        (el1.State.Version, el1.State.Stage, el1.State.Posture).ShouldBe((13, ElectionPhase.Certification, ElectionPosture.WindDown));
        el1.History.Select(h => h.Event).OfType<ElectionPhaseEntered>().ShouldBe(
        [
            Entered(ElectionPhase.PreElection, "04-15T22:00:00"), Entered(ElectionPhase.SilencePeriod, "05-14T22:00:00"), Entered(ElectionPhase.Voting, "05-16T04:00:00"),
            Entered(ElectionPhase.Counting, "05-16T18:00:00"), Entered(ElectionPhase.Certification, "05-28T10:00:00"),
        ]);
        el1.State.Deadlines.ShouldHaveSingleItem().ShouldBe(new Deadline("ElectionPhaseDue", "PostElection", 1, At("05-29T10:00:00")));
    }

    [Fact]
    public void Its_payloads_are_those_of_the_scenario()
    {
        var el1 = Played();
        el1.History[0].Event.ShouldBeOfType<ElectionRegistered>().ShouldSatisfyAllConditions(
            e => (e.Region, e.ElectionType, e.Tz, e.Authority, e.ElectionDay).ShouldBe(("XN", ElectionType.Parliamentary, "Europe/Vienna", "Norland Electoral Commission", new DateOnly(2027, 5, 16))));
        el1.History[1].Event.ShouldBeOfType<ElectionRiskAssessed>().ShouldSatisfyAllConditions(
            e => e.Drivers.ShouldBe(["Polarisation", "PriorInterferenceNetwork"]), e => (e.Tier, e.Confidence).ShouldBe((RiskTier.High, Confidence.Moderate)));
        el1.History[4].Event.ShouldBe(new PostureChanged(ElectionPosture.Baseline, ElectionPosture.OperationsCenter, At("05-18T08:00:00")));
        el1.History[6].Event.ShouldBe(new ElectionMeasureActivated("MEA-1", ElectionMeasureKind.PoliticalAdsPause, "XN", At("05-23T18:00:00"), ByPlan: true));
        el1.History[7].Event.ShouldBe(new CrisisLinkedToElection("CR-2027-0007", "postponement rumour"));
        el1.History[10].Event.ShouldBe(new PostureChanged(ElectionPosture.OperationsCenter, ElectionPosture.WindDown, null, Ended: true));
        el1.History[11].Event.ShouldBe(new ElectionMeasureLifted("MEA-1", ElectionMeasureKind.PoliticalAdsPause, "XN", "Expired"));
    }

    [Fact]
    public void Voter_interference_is_at_least_SEV2_from_the_silence_to_the_end_of_the_voting()
    {
        var floors = Played().History.Where(h => h.Before.SeverityFloor != h.After.SeverityFloor).Select(h => (h.Stamp.RecordedAt, h.After.SeverityFloor));
        floors.ShouldBe([(At("05-14T22:00:00"), Severity.SEV2), (At("05-16T18:00:00"), null)]);
    }

    [Fact]
    public void Amending_the_schedule_before_the_voting_makes_the_old_timer_a_no_op()
    {
        var el1 = Played(At("05-15T16:10:00"));
        var old = el1.Of(ElectionDeadlines.ElectionPhaseDue).Single();
        el1.When(new AmendSchedule([.. ElectionCase.Phases.Skip(2).Select(p => p.Phase == ElectionPhase.Voting ? p with { At = "2027-05-16T07:00" } : p)], "an hour later")).ShouldBeAccepted();
        el1.Fire(old).ShouldBeRefusedBy("deadline-current");
        el1.State.Stage.ShouldBe(ElectionPhase.SilencePeriod);
        el1.Fire(el1.Of(ElectionDeadlines.ElectionPhaseDue).Single()).ShouldBeAccepted();
        el1.Recorded<ElectionPhaseEntered>().ShouldBe(new ElectionPhaseEntered(ElectionPhase.Voting, PhaseTrigger.Schedule, 2, At("05-16T05:00:00")));
    }

    /// <summary>The whole story, or up to an instant: people by hand, the timers at their time, the plan four seconds after the silence began.</summary>
    private static ElectionCase Played(DateTimeOffset? until = null)
    {
        var el1 = new ElectionCase();
        foreach (var (time, give) in Steps().TakeWhile(s => until is null || s.Time <= until))
        {
            give(el1.At(time)).ShouldBeAccepted();
        }

        return el1;
    }

    private static IEnumerable<(DateTimeOffset Time, Func<ElectionCase, ElectionCase> Give)> Steps()
    {
        yield return (At("02-15T09:00:00"), c => c.When(ElectionCase.Registration));
        yield return (At("03-01T14:00:00"), c => c.When(new AssessElectionRisk(RiskTier.High, ["Polarisation", "PriorInterferenceNetwork"], Confidence.Moderate)));
        yield return (At("03-02T10:00:00"), c => c.When(new SetSchedule(ElectionCase.Phases)));
        yield return (At("04-15T22:00:00"), Due);
        yield return (At("05-14T08:00:00"), c => c.Staffed().When(new ChangePosture(ElectionPosture.OperationsCenter, At("05-18T08:00:00"))));
        yield return (At("05-14T22:00:00"), Due);
        yield return (At("05-14T22:00:04"), c => c.When(PhaseRules.MeasuresOf(c.State, ElectionPhase.SilencePeriod).ShouldHaveSingleItem(), Caller.System));
        yield return (At("05-15T16:10:00"), c => c.When(new LinkElectionCrisis("CR-2027-0007", "postponement rumour"), ElectionCase.Specialist));
        yield return (At("05-16T04:00:00"), Due);
        yield return (At("05-16T18:00:00"), Due);
        yield return (At("05-18T08:00:00"), Due);
        yield return (At("05-23T18:00:00"), Due);
        yield return (At("05-28T10:00:00"), Due);
    }

    /// <summary>What is due at this very instant, and nothing else is.</summary>
    private static ElectionCase Due(ElectionCase el1) => el1.Fire(el1.State.Deadlines.Where(d => d.DueAt <= el1.Now).ShouldHaveSingleItem());

    private static ElectionPhaseEntered Entered(ElectionPhase phase, string due) => new(phase, PhaseTrigger.Schedule, 1, At(due));

    private static DateTimeOffset At(string time) => DateTimeOffset.ParseExact($"2027-{time}Z", "yyyy-MM-dd'T'HH:mm:ssK", null);
}
