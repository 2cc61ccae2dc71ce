using CrisisOps.Domain.Escalations;
using CrisisOps.Domain.Reviews.Facts;
using CrisisOps.Domain.Shared;
using CrisisOps.Domain.Tests.Crises;
using CrisisOps.Domain.Tests.Escalations;
using CrisisOps.Domain.Tests.Harness;
using Shouldly;
using Case = CrisisOps.Domain.Tests.Escalations.Case;

namespace CrisisOps.Domain.Tests.Reviews;

/// <summary>Facts of CR-2027-0007 and its first case, each event at the instant of domain §7, to the second.</summary>
public class FactsTests
{
    private const string CR7 = CrisisCase.Key, E101 = Case.Key;
    private static readonly DateTimeOffset _stoodDown = At("17T14:00:00");

    [Fact]
    public void The_times_are_those_of_assertion_5()
    {
        var facts = Facts(_stoodDown);

        Took(facts, Milestone.Proposed).ShouldBe(At("15T14:03:01") - At("15T13:55:10"));
        Took(facts, Milestone.Declared).ShouldBe(new TimeSpan(0, 3, 59));
        Took(facts, Milestone.PartnersAlerted).ShouldBe(TimeSpan.FromMinutes(7));
        Took(facts, Milestone.Removed).ShouldBe(new TimeSpan(0, 16, 50));
        Took(facts, Milestone.StoodDown).ShouldBe(new TimeSpan(47, 53, 0));
        facts.TimeTo.Single(t => t.Milestone == Milestone.Removed).Sources.Select(s => s.Entry).ShouldBe([$"{E101}@1", $"{E101}@9"]);
    }

    [Fact]
    public void A_state_that_goes_on_is_counted_up_to_the_instant_and_what_came_later_is_not_looked_at()
    {
        var then = Facts(At("15T14:10:00"));

        then.Streams.ShouldBe([new StreamRead(CR7, 6), new StreamRead(E101, 7)]);
        In(then, CR7, "Proposed").ShouldBe(new TimeSpan(0, 3, 59));
        In(then, CR7, "Active").ShouldBe(TimeSpan.FromMinutes(3));
        In(then, E101, "DecisionProposed").ShouldBe(TimeSpan.FromMinutes(1));
        then.TimeIn.Single(t => t is { Stream: CR7, Value: "Active" }).Stretches.ShouldHaveSingleItem().To.ShouldBeNull();
        then.TimeTo.ShouldNotContain(t => t.Milestone == Milestone.PartnersAlerted || t.Milestone == Milestone.Removed);
        (then.Alerts.Count, then.Corrections.Count, then.Levers.Count).ShouldBe((0, 0, 0));
    }

    [Fact]
    public void Level1_lasted_from_the_declaration_to_the_stand_down()
    {
        var facts = Facts(_stoodDown.AddHours(5));

        facts.TimeIn.Single(t => t is { Stream: CR7, Of: Band.Level }).ShouldSatisfyAllConditions(
            t => t.Value.ShouldBe("Level1"), t => t.Lasted.ShouldBe(new TimeSpan(47, 53, 0)));
        In(facts, CR7, "Active").ShouldBe(At("15T22:30:00") - At("15T14:07:00"));
        In(facts, CR7, "Stabilizing").ShouldBe(At("17T14:00:00") - At("15T22:30:00"));
        In(facts, CR7, "StoodDown").ShouldBe(TimeSpan.FromSeconds(1));
        In(facts, CR7, "UnderReview").ShouldBe(new TimeSpan(4, 59, 59));
    }

    [Fact]
    public void The_referral_of_the_command_meets_the_clock_of_the_case_1_min_50_before_it_ran_out()
    {
        var clock = Facts(_stoodDown).Clocks.Single(c => c.ClockId == Clock.Referral);

        (clock.DueAt, clock.MetAt, clock.Margin, clock.Result).ShouldBe((At("15T14:12:20"), At("15T14:10:30"), new TimeSpan(0, 1, 50), ClockResult.Met));
        clock.Sources.Select(s => s.Entry).ShouldBe([$"{E101}@3", $"{CR7}@7"]);
    }

    [Fact]
    public void The_wrong_figure_stood_for_three_minutes_and_who_had_got_it_is_known()
    {
        DeliveryRow Told(string id, string? deliveredAt, params string[] covers) => new(
            id, CR7, $"to-{id}", "Email", "Delivered", At("15T14:18:00"), At("15T14:20:00"), deliveredAt is null ? null : At(deliveredAt), null, null, covers);
        var beside = new Beside([Told("early", "15T14:18:05", "10"), Told("later", "15T14:20:40", "9", "10"), Told("never", null, "10"), Told("other", "15T14:18:05", "9")], [], _stoodDown);

        var facts = Facts(_stoodDown, beside);

        var correction = facts.Corrections.ShouldHaveSingleItem();
        (correction.Wrong.Entry, correction.Corrected.Entry, correction.Stood, correction.TakenBack).ShouldBe(($"{CR7}@10", $"{CR7}@11", TimeSpan.FromMinutes(3), false));
        correction.Received!.Select(r => (r.Recipient, r.At)).ShouldBe([("to-early", At("15T14:18:05")), ("to-later", At("15T14:20:40"))]);
        facts.Deliveries!.ShouldSatisfyAllConditions(
            d => (d.Messages, d.Delivered, d.Waiting, d.Failed.Count).ShouldBe((4, 3, 1, 0)),
            d => d.Late.Select(l => (l.Delivery, l.LateBy)).ShouldBe([("later", (TimeSpan?)TimeSpan.FromSeconds(40)), ("never", _stoodDown - At("15T14:20:00"))], ignoreOrder: true));
        Facts(At("15T14:19:00"), beside with { AsOf = At("15T14:19:00") }).Deliveries!.ShouldSatisfyAllConditions(d => (d.Delivered, d.Waiting, d.Late.Count).ShouldBe((2, 2, 0)));
    }

    [Fact]
    public void Two_of_three_partners_answered_and_the_third_was_called_when_its_window_had_passed()
    {
        AckRow Ack(string partner, string at) => new(CrisisCase.Alert, partner, At(at));
        var beside = new Beside(null, [Ack("OpenHash Exchange", "15T14:16:00"), Ack("Norland Civic Watch", "15T14:19:00")], _stoodDown);

        var alert = Facts(_stoodDown, beside).Alerts.Single(a => a.AlertId == CrisisCase.Alert);

        (alert.Asked, alert.Acknowledged, alert.Overdue, alert.AckDueAt).ShouldBe((3, 2, 1, At("15T14:34:00")));
        alert.Partners!.Select(p => (p.Partner, p.After, p.OverdueAt)).ShouldBe(
        [
            ("VideoHub Alliance", null, At("15T14:34:00")), ("OpenHash Exchange", TimeSpan.FromMinutes(2), null), ("Norland Civic Watch", TimeSpan.FromMinutes(5), null),
        ]);
    }

    [Fact]
    public void A_fact_is_given_only_to_who_reads_all_of_its_sources_and_names_only_to_those_who_are_told_them()
    {
        var facts = Facts(_stoodDown);
        var removed = facts.TimeTo.Single(t => t.Milestone == Milestone.Removed);

        var core = facts.For(_ => Audience.Core, _ => true);
        var staff = facts.For(_ => Audience.CrossFunctional, _ => true);
        var executive = facts.For(_ => Audience.Executive, source => source != removed.To);

        FactsHash.Of(core).ShouldBe(FactsHash.Of(facts));
        (core.Handovers[0].From, core.Handovers[0].To).ShouldBe(("ic-01", "ic-05"));
        (staff.Handovers[0].From, staff.Handovers[0].To).ShouldBe((null, "ic-05"));
        (executive.Handovers[0].From, executive.Handovers[0].To).ShouldBe((null, null));
        staff.Clocks.ShouldNotContain(c => c.Kind == ClockKind.ThreatToLifeReferral);
        staff.Clocks.ShouldNotBeEmpty();
        executive.Clocks.ShouldBeEmpty();
        executive.TimeTo.ShouldNotContain(t => t.Milestone == Milestone.Removed);
        executive.TimeTo.ShouldContain(t => t.Milestone == Milestone.Declared);
        executive.Alerts.ShouldAllBe(a => a.Partners == null && a.Asked == 3);
    }

    [Fact]
    public void The_same_record_comes_to_the_same_line_and_another_instant_to_another()
    {
        FactsHash.Of(Facts(_stoodDown)).ShouldBe(FactsHash.Of(Facts(_stoodDown)));
        FactsHash.Of(Facts(_stoodDown)).ShouldNotBe(FactsHash.Of(Facts(_stoodDown.AddSeconds(-1))));
        FactsHash.Of(Facts(_stoodDown)).Length.ShouldBe(64);
    }

    private static IncidentFacts Facts(DateTimeOffset asOf, Beside? beside = null)
    {
        var account = new IncidentAccount(CR7, [], asOf);
        Read(account, CR7, NorlandCr7Tests.Played());
        Read(account, E101, NorlandE101Tests.Played());
        return account.Facts(beside ?? Beside.Nothing(asOf));
    }

    internal static void Read<TState, TSelf>(IncidentAccount account, string stream, Given<TState, TSelf> given)
        where TSelf : Given<TState, TSelf>
    {
        foreach (var (@event, _, _, stamp) in given.History)
        {
            account.Add(stream, @event!, stamp);
        }
    }

    private static TimeSpan Took(IncidentFacts facts, Milestone milestone) => facts.TimeTo.Single(t => t.Stream == CR7 && t.Milestone == milestone).Took;

    private static TimeSpan In(IncidentFacts facts, string stream, string state) => facts.TimeIn.Single(t => t.Stream == stream && t.Of == Band.State && t.Value == state).Lasted;

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse($"2027-05-{time}Z", System.Globalization.CultureInfo.InvariantCulture);
}
